import {registry} from "@web/core/registry";
import {useRecordObserver} from "@web/model/relational_model/utils";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {Component, xml} from "@odoo/owl";

/**
 * <widget name="wcm_save_at_once"/>
 *
 * Each change is saved when it is made: rows whose times follow from their neighbours' show them only when saved,
 * and each change can be taken back for itself.
 */
export class SaveAtOnce extends Component {
    static template = xml``;
    static props = {...standardWidgetProps};

    setup() {
        useRecordObserver((record) => {
            if (record.dirty) {
                // Not waited for: what is being changed has to end first.
                record.save();
            }
        });
    }
}

registry.category("view_widgets").add("wcm_save_at_once", {component: SaveAtOnce});
