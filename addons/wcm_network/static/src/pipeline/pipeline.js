import {Component, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {day, money, number, percent} from "../plan_pictures/words";

const KINDS = ["promised", "expected", "finished"];

/** Homes by month against the promise, and what would make it. The table says all that the picture shows. */
export class Pipeline extends Component {
    static template = "wcm_network.Pipeline";
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({pipeline: null});
        Object.assign(this, {percent, number});
        onWillStart(async () => {
            this.state.pipeline = await this.orm.call("wcm.build", "pipeline", []);
        });
    }

    get kinds() {
        return [
            {key: "promised", label: _t("Promised")},
            {key: "expected", label: _t("By the plans")},
            {key: "finished", label: _t("Finished")},
        ];
    }

    get most() {
        return Math.max(1, ...this.state.pipeline.months.flatMap((row) => KINDS.map((kind) => row.until[kind])));
    }

    /** Homes so far, a step at each month; what is finished ends today. */
    line(kind) {
        const {months} = this.state.pipeline;
        const today = luxon.DateTime.now().toFormat("yyyy-LL-01");
        const shown = kind === "finished" ? months.filter(({month}) => month <= today) : months;
        const heights = shown.map((row) => this.most - row.until[kind]);
        return heights.map((height, index) => `${index ? "V" : "M0 "}${height} H${index + 1}`).join(" ");
    }

    get years() {
        const {months} = this.state.pipeline;
        return [...Map.groupBy(months, ({month}) => month.slice(0, 4))].map(([year, rows]) => [year, rows.length]);
    }

    month(date) {
        return date ? day(date, "LLL yyyy") : "–";
    }

    date(value) {
        return day(value, "d LLL yyyy");
    }

    money(amount) {
        return money(amount, this.state.pipeline.currency_id);
    }

    openHome(id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "wcm.build",
            res_id: id,
            views: [[false, "form"]],
        });
    }

    openLoad({process, region, domain}) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: _t("%(process)s in %(region)s", {process, region}),
            res_model: "wcm.plan.load",
            views: [
                [false, "list"],
                [false, "pivot"],
            ],
            domain: [["plan_id", "in", this.state.pipeline.plan_ids], ...domain],
        });
    }

    openImport() {
        return this.action.doAction("wcm_network.action_pipeline_import");
    }
}

registry.category("actions").add("wcm_pipeline", Pipeline);
