import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { Component, useState } from "@odoo/owl";
import { AskDialog } from "../ask_dialog/ask_dialog";
import { questions } from "../ask_dialog/questions";

/**
 * <widget name="wcm_act" method="action_decline" ask="decline" label="Decline" tone="secondary" icon="fa-times"/>
 *
 * A big button that calls a method of the record, after asking for its arguments
 * (`ask`, see questions.js) or for a yes (`sure`), and then shows what changed.
 */
export class Act extends Component {
    static template = "wcm_network.Act";
    static props = {
        ...standardWidgetProps,
        method: String,
        label: String,
        ask: { type: String, optional: true },
        sure: { type: String, optional: true },
        tone: { type: String, optional: true },
        icon: { type: String, optional: true },
        done: { type: String, optional: true },
    };
    static defaultProps = { tone: "primary" };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.state = useState({ busy: false });
    }

    async onClick() {
        if (!(await this.props.record.save())) {
            return;
        }
        if (this.props.ask) {
            this.ask();
        } else if (this.props.sure) {
            this.dialog.add(ConfirmationDialog, { body: this.props.sure, confirmLabel: this.props.label, confirm: () => this.call({}), cancel: () => {} });
        } else {
            await this.call({});
        }
    }

    ask() {
        this.dialog.add(AskDialog, {
            question: questions.get(this.props.ask),
            data: this.props.record.data,
            confirm: (values) => this.call(values),
        });
    }

    async call(values) {
        const { resModel, resId } = this.props.record;
        this.state.busy = true;
        try {
            const action = await this.orm.call(resModel, this.props.method, [[resId]], values);
            await this.show(action);
        } finally {
            this.state.busy = false;
        }
    }

    async show(action) {
        if (action?.type) {
            return this.action.doAction(action, { onClose: () => this.reload() });
        }
        this.notification.add(this.props.done || _t("Done: %s", this.props.label), { type: "success" });
        await this.reload();
    }

    /** The whole page: the state of other records may have changed with this one. */
    reload() {
        return this.props.record.model.load();
    }
}

const TEXTS = ["method", "label", "ask", "sure", "tone", "icon", "done"];

registry.category("view_widgets").add("wcm_act", {
    component: Act,
    extractProps: ({ attrs }) => Object.fromEntries(TEXTS.filter((name) => attrs[name]).map((name) => [name, attrs[name]])),
});
