import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {Component} from "@odoo/owl";

/** <widget name="wcm_file" path="labels.pdf" label="Print labels" icon="fa-print"/>: a file of this work order. */
export class FileLink extends Component {
    static template = "wcm_network.FileLink";
    static props = {...standardWidgetProps, path: String, label: String, icon: {type: String, optional: true}};

    get url() {
        return `/network/work-order/${this.props.record.resId}/${this.props.path}`;
    }
}

registry.category("view_widgets").add("wcm_file", {
    component: FileLink,
    extractProps: ({attrs}) => ({path: attrs.path, label: attrs.label, icon: attrs.icon}),
});
