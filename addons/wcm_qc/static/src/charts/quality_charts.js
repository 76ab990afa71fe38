import {Component, markRaw, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {KeepLast} from "@web/core/utils/concurrency";
import {useService} from "@web/core/utils/hooks";
import {useSetupAction} from "@web/search/action_hook";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {ControlChart} from "./control_chart";
import {QualityCounts} from "./quality_counts";

const NOTHING = {plan: 0, checkpoint: "", member: 0, machine: 0, since: "", until: "", size: 1};

/** Control charts, capability, yields and what goes wrong most, of what the reader may see. */
export class QualityCharts extends Component {
    static template = "wcm_qc.QualityCharts";
    static components = {ControlChart, Layout, QualityCounts};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.keepLast = new KeepLast();
        this.display = {controlPanel: {}};
        const {tab = "chart", asked = this.props.action.context.chart} = this.props.state || {};
        this.state = useState({tab, asked: {...NOTHING, ...asked}, choices: null, chart: null});
        useSetupAction({getLocalState: () => ({tab: this.state.tab, asked: {...this.state.asked}})});
        this.openInspections = this.openInspections.bind(this);
        onWillStart(() => this.load());
    }

    get tabs() {
        return [
            ["chart", _t("Control chart")],
            ["counts", _t("Yield, defects and cost")],
        ];
    }

    get sizes() {
        return [
            [1, _t("Single readings")],
            ...[2, 3, 4, 5, 6, 8, 10].map((size) => [size, _t("Groups of %s readings", size)]),
        ];
    }

    get chosen() {
        const {plan, checkpoint} = this.state.asked;
        return this.state.choices.characteristics.findIndex(
            (item) => item.plan === plan && item.checkpoint === checkpoint,
        );
    }

    get download() {
        return `/quality/readings.xlsx?${new URLSearchParams(this.state.asked)}`;
    }

    async load() {
        const {asked} = this.state;
        this.state.choices = markRaw(await this.orm.call("wcm.quality.chart", "choices", [asked.member]));
        if (this.chosen < 0) {
            const {plan, checkpoint} = this.state.choices.characteristics[this.state.choices.first] || {};
            Object.assign(asked, {plan, checkpoint});
        }
        await this.draw();
    }

    async draw() {
        const {asked} = this.state;
        const call = asked.plan ? this.orm.call("wcm.quality.chart", "control_chart", [{...asked}]) : {count: 0};
        this.state.chart = markRaw(await this.keepLast.add(Promise.resolve(call)));
    }

    chooseCharacteristic(ev) {
        const {plan, checkpoint} = this.state.choices.characteristics[Number(ev.target.value)];
        Object.assign(this.state.asked, {plan, checkpoint});
        return this.draw();
    }

    /** Machines are those of the member. */
    chooseMember(ev) {
        Object.assign(this.state.asked, {member: Number(ev.target.value), machine: 0});
        return this.load();
    }

    choose(name, ev) {
        this.state.asked[name] = ["machine", "size"].includes(name) ? Number(ev.target.value) : ev.target.value;
        return this.draw();
    }

    /** The inspection of a single reading, the list of those of a group. */
    openInspections(readings) {
        const ids = readings.map(({inspection}) => inspection);
        const views = ids.length === 1 ? ["form"] : ["list", "form"];
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: _t("Inspections"),
            res_model: "wcm.inspection",
            res_id: ids.length === 1 ? ids[0] : false,
            views: views.map((view) => [false, view]),
            domain: [["id", "in", ids]],
        });
    }
}

registry.category("actions").add("wcm_quality_charts", QualityCharts);
