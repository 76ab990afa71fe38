import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {Component, useState} from "@odoo/owl";
import {useRecordProgress} from "../record_progress/record_progress";

const FIELDS = ["state", "progress_done", "progress_total"];
const SECONDS = 1.5;

/** How far a long import is. It asks by itself, and shows the whole form anew when the import goes on or ends. */
export class ImportProgress extends Component {
    static template = "wcm_mapping.ImportProgress";
    static props = {...standardWidgetProps};

    setup() {
        this.notification = useService("notification");
        this.told = useState({done: 0, total: 0});
        useRecordProgress({
            seconds: SECONDS,
            fields: FIELDS,
            phase: ({state}) => (this.isUnderWay(state) ? state : ""),
            tell: (data) => this.tell(data),
            onGone: () => this.notification.add(_t("The list says nothing new."), {type: "info"}),
        });
    }

    isUnderWay(state) {
        return ["reading", "applying"].includes(state);
    }

    get title() {
        return this.props.record.data.state === "reading" ? _t("Reading the file") : _t("Importing");
    }

    /** Per cent; none as long as nobody has counted the rows. */
    get percent() {
        return this.told.total ? Math.floor((100 * this.told.done) / this.told.total) : 0;
    }

    get text() {
        const {done, total} = this.told;
        return total ? _t("%(done)s of %(total)s rows", {done, total}) : _t("It begins in a moment …");
    }

    tell(data) {
        this.told.done = data.progress_done;
        this.told.total = data.progress_total;
    }
}

export const importProgress = {
    component: ImportProgress,
    fieldDependencies: [
        {name: "state", type: "selection"},
        {name: "progress_done", type: "integer"},
        {name: "progress_total", type: "integer"},
    ],
};

registry.category("view_widgets").add("import_progress", importProgress);
