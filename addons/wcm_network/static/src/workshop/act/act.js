import {AlertDialog, ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {RPCError} from "@web/core/network/rpc";
import {registry} from "@web/core/registry";
import {delay} from "@web/core/utils/concurrency";
import {useService} from "@web/core/utils/hooks";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {Component, useState} from "@odoo/owl";
import {AskDialog} from "../ask_dialog/ask_dialog";
import {questions} from "../ask_dialog/questions";

// Somebody else is at the same thing for a moment: nothing was done, so asking again is safe.
const PATIENCE = {tries: 6, pauseMs: 400};

// What was said about the step before would cover the next one on a phone.
let closeLastMessage = () => {};

/**
 * <widget name="wcm_act" method="action_decline" ask="decline" label="Decline" tone="secondary" icon="fa-times"/>
 *
 * A big button that calls a method of the record, after asking for its arguments
 * (`ask`, see questions.js) or for a yes (`sure`), and then shows what changed.
 * With `on="part_ids" where="made"` it calls the parts in that state, and hides while there are none.
 */
export class Act extends Component {
    static template = "wcm_network.Act";
    static props = {
        ...standardWidgetProps,
        method: String,
        label: String,
        ask: {type: String, optional: true},
        sure: {type: String, optional: true},
        tone: {type: String, optional: true},
        icon: {type: String, optional: true},
        done: {type: String, optional: true},
        on: {type: String, optional: true},
        where: {type: String, optional: true},
    };
    static defaultProps = {tone: "primary"};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.state = useState({busy: false});
    }

    async onClick() {
        closeLastMessage();
        if (!(await this.explain(() => this.savePage()))) {
            return;
        }
        const call = async () => {
            await this.explain(() => this.call({}));
        };
        if (this.props.ask) {
            this.ask();
        } else if (this.props.sure) {
            this.dialog.add(ConfirmationDialog, {
                body: this.props.sure,
                confirmLabel: this.props.label,
                confirm: call,
                cancel: () => {},
            });
        } else {
            await call();
        }
    }

    /** A card within a form is kept with the form. */
    savePage() {
        const {root} = this.props.record.model;
        return (root.save ? root : this.props.record).save();
    }

    /** What the server refuses, it refuses in words for the person. */
    async explain(step) {
        try {
            return await step();
        } catch (error) {
            if (!(error instanceof RPCError)) {
                throw error;
            }
            this.dialog.add(AlertDialog, {title: this.props.label, body: error.data.message});
            return false;
        }
    }

    ask() {
        this.dialog.add(AskDialog, {
            question: questions.get(this.props.ask),
            data: this.props.record.data,
            confirm: (values) => this.call(values),
        });
    }

    /** The record itself, or those of its field `on` that are in state `where` and not held. */
    get target() {
        const {record, on, where} = this.props;
        if (!on) {
            return {resModel: record.resModel, resIds: [record.resId]};
        }
        const list = record.data[on];
        return {
            resModel: list.resModel,
            resIds: list.records
                .filter((line) => line.data.state === where && !line.data.is_held)
                .map((line) => line.resId),
        };
    }

    async call(values) {
        const {resModel, resIds} = this.target;
        this.state.busy = true;
        try {
            const result = await this.insist(() => this.orm.call(resModel, this.props.method, [resIds], values));
            await this.show(result);
            return result;
        } finally {
            this.state.busy = false;
        }
    }

    async insist(step) {
        for (let tries = 1; ; tries++) {
            try {
                return await step();
            } catch (error) {
                if (tries === PATIENCE.tries || error.exceptionName !== "odoo.exceptions.LockError") {
                    throw error;
                }
                await delay(PATIENCE.pauseMs * (0.5 + Math.random()));
            }
        }
    }

    /** A dialog that asks again and again says itself what was done. */
    async show(result) {
        if (result?.type) {
            return this.action.doAction(result, {onClose: () => this.reload()});
        }
        if (this.props.done) {
            closeLastMessage = this.notification.add(this.props.done, {type: "success"});
        }
        await this.reload();
    }

    /** The whole page: the state of other records may have changed with this one. */
    reload() {
        return this.props.record.model.load();
    }
}

const TEXTS = ["method", "label", "ask", "sure", "tone", "icon", "done", "on", "where"];

registry.category("view_widgets").add("wcm_act", {
    component: Act,
    extractProps: ({attrs}) =>
        Object.fromEntries(TEXTS.filter((name) => attrs[name]).map((name) => [name, attrs[name]])),
});
