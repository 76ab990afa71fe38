import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {Component, onWillStart, onWillUpdateProps, useState} from "@odoo/owl";

/** <widget name="wcm_messages"/>: what member and coordinator write to each other about this order. */
export class Messages extends Component {
    static template = "wcm_network.Messages";
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.state = useState({messages: [], text: "", problem: "", busy: false});
        onWillStart(() => this.load(this.props.record));
        onWillUpdateProps((next) => next.record.resId !== this.props.record.resId && this.load(next.record));
    }

    async load(record) {
        this.state.messages = await this.orm.call(record.resModel, "workshop_messages", [record.resId]);
    }

    async send() {
        Object.assign(this.state, {busy: true, problem: ""});
        const {record} = this.props;
        try {
            await this.orm.call(record.resModel, "action_send_message", [record.resId], {text: this.state.text});
            this.state.text = "";
            await this.load(record);
        } catch (error) {
            this.state.problem = error.data?.message || error.message;
        } finally {
            this.state.busy = false;
        }
    }
}

registry.category("view_widgets").add("wcm_messages", {component: Messages});
