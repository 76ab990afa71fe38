import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {PlanProgress, isUnderWay} from "./plan_progress";

/** How far the search for an order of work is. */
export class WorkSequenceProgress extends PlanProgress {
    static fields = ["solve_state", "solve_progress"];

    phase(data) {
        return isUnderWay(data.solve_state) ? "search" : "";
    }

    get title() {
        if (this.told.stopping) {
            return _t("Stopping: the best so far is kept …");
        }
        return this.told.state === "solving" ? _t("Looking for a better order of work") : _t("Waiting for its turn");
    }

    get hasAnswer() {
        return Boolean(this.told.end);
    }

    get note() {
        return "";
    }

    get figures() {
        return [
            {label: _t("late, all orders together"), text: this.told.late},
            {label: _t("all done, best so far"), text: this.told.end},
        ];
    }

    get chart() {
        return null;
    }
}

export const workSequenceProgress = {
    component: WorkSequenceProgress,
    fieldDependencies: [
        {name: "solve_state", type: "selection"},
        {name: "solve_progress", type: "json"},
    ],
};

registry.category("view_widgets").add("work_sequence_progress", workSequenceProgress);
