import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {formatMonetary, formatPercentage} from "@web/views/fields/formatters";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useRecordProgress} from "@wcm_mapping/record_progress/record_progress";
import {Component, useState} from "@odoo/owl";

const SECONDS = 1;
const UNDER_WAY = ["waiting", "solving"];
const WIDTH = 300;
const HEIGHT = 60;

export const isUnderWay = (state) => UNDER_WAY.includes(state);

/** How far the planner is. The form is shown anew when a plan has come or cannot come. */
export class PlanProgress extends Component {
    static template = "wcm_network.PlanProgress";
    static props = {...standardWidgetProps};
    static fields = ["solve_state", "solve_progress", "effects_under_way"];

    setup() {
        this.told = useState({});
        useRecordProgress({
            seconds: SECONDS,
            fields: this.constructor.fields,
            phase: (data) => this.phase(data),
            tell: (data) => this.tell(data.solve_progress),
        });
    }

    /** The plan, or so many plans without one of its rules, are waited for. */
    phase(data) {
        return [isUnderWay(data.solve_state) && "plan", data.effects_under_way].filter(Boolean).join();
    }

    get isUnderWay() {
        return isUnderWay(this.props.record.data.solve_state);
    }

    get title() {
        if (this.told.stopping) {
            return _t("Stopping: the best plan so far is kept …");
        }
        return this.told.state === "solving" ? _t("Solving") : _t("Waiting for its turn");
    }

    get seconds() {
        const {state, seconds, limit} = this.told;
        return state === "solving" ? _t("%(seconds)s of at most %(limit)s s", {seconds, limit}) : "";
    }

    /** Per cent of the time to think. */
    get percent() {
        return this.told.limit ? Math.min(100, Math.floor((100 * this.told.seconds) / this.told.limit)) : 0;
    }

    get hasAnswer() {
        return typeof this.told.best === "number";
    }

    get note() {
        return this.hasAnswer ? _t("Blocks that have no place yet count with a high penalty.") : "";
    }

    get figures() {
        const {best, bound, gap} = this.told;
        return [
            {label: _t("best so far"), text: this.money(best)},
            {label: _t("proven lower bound"), text: this.money(bound)},
            {label: _t("could still be saved at most"), text: formatPercentage(gap, {digits: [16, 1]})},
        ];
    }

    money(amount) {
        return formatMonetary(amount, {currencyId: this.props.record.data.currency_id.id});
    }

    /** Two lines that come together: the best cost from above and the bound from below. */
    get chart() {
        const points = this.told.points || [];
        if (points.length < 2) {
            return null;
        }
        const start = points[0][0];
        const width = points.at(-1)[0] - start || 1;
        const low = Math.min(...points.map((point) => point[2]));
        const height = Math.max(...points.map((point) => point[1])) - low || 1;
        const line = (index) =>
            points
                .map((point) => [
                    ((point[0] - start) / width) * WIDTH,
                    HEIGHT - ((point[index] - low) / height) * HEIGHT,
                ])
                .map((place) => place.map((number) => number.toFixed(1)).join(","))
                .join(" ");
        return {best: line(1), bound: line(2), box: `-2 -2 ${WIDTH + 4} ${HEIGHT + 4}`};
    }

    tell(progress) {
        Object.assign(this.told, progress || {});
    }
}

export const planProgress = {
    component: PlanProgress,
    fieldDependencies: [
        {name: "solve_state", type: "selection"},
        {name: "solve_progress", type: "json"},
        {name: "effects_under_way", type: "integer"},
        {name: "currency_id", type: "many2one"},
    ],
};

registry.category("view_widgets").add("plan_progress", planProgress);
