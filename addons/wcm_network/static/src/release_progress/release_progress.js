import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useRecordProgress} from "@wcm_mapping/record_progress/record_progress";
import {Component, useState} from "@odoo/owl";

const SECONDS = 1.5;
const FIELDS = ["state", "progress_done", "progress_total", "problem_count"];

/** How far a release of many work orders is, or other work in the background. The form is shown anew when it ends. */
export class ReleaseProgress extends Component {
    static template = "wcm_network.ReleaseProgress";
    static props = {
        ...standardWidgetProps,
        title: {type: String, optional: true},
        what: {type: String, optional: true},
    };
    static defaultProps = {title: _t("Releasing"), what: _t("work orders")};

    setup() {
        this.told = useState({done: 0, total: 0, problems: 0});
        useRecordProgress({
            seconds: SECONDS,
            fields: FIELDS,
            phase: ({state}) => (state === "running" ? state : ""),
            tell: (data) => this.tell(data),
        });
    }

    get percent() {
        return this.told.total ? Math.floor((100 * this.told.done) / this.told.total) : 0;
    }

    get text() {
        const {done, total, problems} = this.told;
        const {what} = this.props;
        return problems
            ? _t("%(done)s of %(total)s %(what)s, %(problems)s with a problem", {done, total, what, problems})
            : _t("%(done)s of %(total)s %(what)s", {done, total, what});
    }

    tell(data) {
        this.told.done = data.progress_done;
        this.told.total = data.progress_total;
        this.told.problems = data.problem_count;
    }
}

export const releaseProgress = {
    component: ReleaseProgress,
    extractProps: ({options}) => ({title: options.title, what: options.what}),
    fieldDependencies: [
        {name: "state", type: "selection"},
        {name: "progress_done", type: "integer"},
        {name: "progress_total", type: "integer"},
        {name: "problem_count", type: "integer"},
    ],
};

registry.category("view_widgets").add("release_progress", releaseProgress);
