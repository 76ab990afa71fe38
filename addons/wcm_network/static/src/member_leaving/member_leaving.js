import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {Component, onWillStart, useState} from "@odoo/owl";

// Where a member's own pages show what a row is about.
const OWN = {
    "wcm.work.order": "wcm_network.workshop_work_order_action",
    "wcm.shipment": "wcm_network.workshop_shipment_action",
    "wcm.part": "wcm_network.workshop_part_action",
};

/** Leaving the network: said, worked off and taken back; for a member's owners and for its coordinators. */
export class MemberLeaving extends Component {
    static template = "wcm_network.MemberLeaving";
    static props = {...standardActionServiceProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.state = useState({members: [], asked: {}, isSending: false});
        onWillStart(() => this.load());
    }

    /** Of one member for a coordinator; otherwise of the reader's own. */
    get memberId() {
        return this.props.action.context?.active_id || false;
    }

    async load() {
        const members = await this.orm.call("wcm.membership", "member_leaving", [this.memberId]);
        this.state.members = members;
        for (const member of members) {
            this.state.asked[member.id] = {reason: member.reason, day: member.date};
        }
    }

    open(rows, blocks) {
        return rows.filter((row) => row.names && row.blocks === blocks);
    }

    done(rows) {
        return rows.filter((row) => !row.names);
    }

    async call(method, args) {
        this.state.isSending = true;
        try {
            await this.orm.call("wcm.membership", method, args);
        } finally {
            this.state.isSending = false;
        }
        await this.load();
    }

    leave(member) {
        const {reason, day} = this.state.asked[member.id];
        return this.call("action_leave", [member.id, reason, day]);
    }

    stay(member) {
        return this.call("action_stay", [member.id]);
    }

    mayOpen(row) {
        return row.ids.length && (this.memberId || OWN[row.model]);
    }

    async openRow(member, row) {
        if (this.memberId) {
            const args = [member.id, row.key];
            return this.action.doAction(await this.orm.call("wcm.membership", "action_open_leaving_row", args));
        }
        const one = row.ids.length === 1 ? {viewType: "form", props: {resId: row.ids[0]}} : {};
        return this.action.doAction(OWN[row.model], one);
    }

    end(member) {
        return this.action.doAction("wcm_network.action_membership_decision", {
            additionalContext: {
                default_membership_id: member.id,
                default_decision: "end",
                default_reason: member.reason,
            },
            onClose: () => this.load(),
        });
    }
}

registry.category("actions").add("wcm_member_leaving", MemberLeaving);
