import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {Component, onWillStart, useState} from "@odoo/owl";

/** What is counted of a member's work: for the member itself, and for the coordinators of its region. */
export class MemberRecord extends Component {
    static template = "wcm_network.MemberRecord";
    static props = {...standardActionServiceProps};

    setup() {
        this.action = useService("action");
        this.notification = useService("notification");
        this.orm = useService("orm");
        this.state = useState({members: [], open: {}, asking: null, reason: "", isSending: false});
        onWillStart(() => this.load());
    }

    /** Of one member for a coordinator; otherwise of the reader's own. */
    get memberId() {
        return this.props.action.context?.active_id || false;
    }

    key(member, figure) {
        return `${member.id} ${figure.key}`;
    }

    async load() {
        this.state.members = await this.orm.call("wcm.membership", "member_record", [this.memberId]);
    }

    /** Shows the records behind a figure, or the next of them. */
    async showRows(member, figure, offset = 0) {
        const args = [member.id, figure.key, offset];
        const {rows, more} = await this.orm.call("wcm.membership", "member_record_rows", args);
        const shown = offset ? this.state.open[this.key(member, figure)].rows : [];
        this.state.open[this.key(member, figure)] = {rows: [...shown, ...rows], more};
    }

    toggle(member, figure) {
        const key = this.key(member, figure);
        if (this.state.open[key]) {
            delete this.state.open[key];
            return null;
        }
        return this.showRows(member, figure);
    }

    mayContest(member, row) {
        return member.may_contest && !row.contests.some((contest) => contest.state !== "refused");
    }

    ask(member, figure, row) {
        Object.assign(this.state, {asking: `${this.key(member, figure)} ${row.id}`, reason: ""});
    }

    isAsking(member, figure, row) {
        return this.state.asking === `${this.key(member, figure)} ${row.id}`;
    }

    async send(member, figure, row) {
        this.state.isSending = true;
        try {
            const args = [member.id, figure.key, row.id, this.state.reason];
            await this.orm.call("wcm.membership", "action_contest", args);
        } finally {
            this.state.isSending = false;
        }
        this.state.asking = null;
        this.notification.add("Sent to your coordinator, who answers you here.", {type: "success"});
        await this.load();
        await this.showRows(member, figure);
    }

    /** The record itself: on a member's pages with its own view, in the web client with the usual one. */
    openRecord(row) {
        const own = {
            "wcm.work.order": "wcm_network.workshop_work_order_action",
            "wcm.part": "wcm_network.workshop_part_action",
        };
        if (!this.memberId) {
            return this.action.doAction(own[row.model], {viewType: "form", props: {resId: row.record}});
        }
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: row.model,
            res_id: row.record,
            views: [[false, "form"]],
        });
    }

    answer(contest) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "wcm.record.contest",
            res_id: contest.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("wcm_member_record", MemberRecord);
