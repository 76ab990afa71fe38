import {Component, markRaw, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {router} from "@web/core/browser/router";
import {registry} from "@web/core/registry";
import {KeepLast} from "@web/core/utils/concurrency";
import {useService} from "@web/core/utils/hooks";
import {useSetupAction} from "@web/search/action_hook";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {allocationTable} from "./allocation";
import {CellTable} from "./cell_table";
import {CostSplit} from "./cost_split";
import {FlowMap} from "./flow_map";
import {dearest, loadKey, loadTable} from "./load";
import {quartersOf} from "./periods";
import {timelineTable} from "./timeline";

/** More rows than this nobody reads at once: one process, or one home, is shown first. */
const MOST_ROWS = 80;
const TABLES = {allocation: allocationTable, load: loadTable, timeline: timelineTable};

/** A solved plan in pictures; what is clicked opens the lines behind it. */
export class PlanPictures extends Component {
    static template = "wcm_network.PlanPictures";
    static components = {CellTable, CostSplit, FlowMap, Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.keepLast = new KeepLast();
        this.display = {controlPanel: {}};
        // The way back by the breadcrumb, by the browser, or neither.
        const {tab = "allocation", choice, quarter} = this.props.state || this.addressed;
        this.state = useState({tab, choice, quarter, picture: null, table: null});
        useSetupAction({getLocalState: () => this.address});
        onWillStart(() => this.show(tab, choice, quarter));
    }

    get planId() {
        return this.props.action.context.active_id;
    }

    get tabs() {
        return [
            ["allocation", _t("Who makes what")],
            ["load", _t("Load")],
            ["timeline", _t("Timeline")],
            ["flows", _t("Map")],
            ["costs", _t("Cost")],
        ];
    }

    get addressed() {
        const {tab, choice, quarter} = router.current;
        return this.tabs.some(([name]) => name === tab) ? {tab, choice, quarter} : {};
    }

    get address() {
        const {tab, choice, quarter} = this.state;
        return {tab, choice, quarter};
    }

    async show(tab, choice, quarter) {
        const picture = await this.keepLast.add(this.orm.call("wcm.plan", "picture", [this.planId, tab]));
        this.env.config.setDisplayName(_t("Pictures of %s", picture.name));
        Object.assign(this.state, {tab, picture: markRaw(picture)});
        this.choose(choice ?? this.firstChoice, quarter);
    }

    choose(choice, quarter) {
        const weeks = this.quarters.find(({id}) => id === quarter)?.weeks;
        const table = this.tableOf({...this.state.picture, ...(weeks && {weeks})}, choice);
        Object.assign(this.state, {choice, quarter: weeks && quarter, table: table && markRaw(table)});
        this.props.updateActionState?.(this.address);
    }

    tableOf(picture, choice) {
        return TABLES[this.state.tab]?.(picture, choice);
    }

    onChoice(ev) {
        this.choose(Number(ev.target.value), this.state.quarter);
    }

    onQuarter(ev) {
        this.choose(this.state.choice, ev.target.value);
    }

    /** Where months are shown, the quarters that can be looked at by weeks. */
    get quarters() {
        return quartersOf(this.state.picture.weeks || []);
    }

    /** What one can look at alone: a process of the load, a home of the timeline. */
    get choices() {
        const {tab, picture} = this.state;
        const homes = () => picture.demands.map(({home_id: id, home: name}) => [id, {id, name}]);
        return {load: () => picture.processes, timeline: () => [...new Map(homes()).values()]}[tab]?.() || [];
    }

    get firstChoice() {
        const rows = this.tableOf(this.state.picture, 0)?.rows.length || 0;
        return rows > MOST_ROWS && this.choices.length ? this.choices[0].id : 0;
    }

    get allChoices() {
        return this.state.tab === "load" ? _t("All processes") : _t("All homes");
    }

    /** Whatever the picture, its first rows are there when there is something to show. */
    get isEmpty() {
        const {components, cells, demands, flows, types} = this.state.picture;
        return !(components || cells || demands || flows || types).length;
    }

    get key() {
        return loadKey();
    }

    get dearest() {
        return dearest(this.state.picture);
    }

    openLines({label, domain}) {
        return this.openRows("wcm.plan.line", label, ["list"], domain);
    }

    openLoads() {
        return this.openRows("wcm.plan.load", _t("Load and capacity"), ["pivot", "list"], []);
    }

    openRows(model, name, views, domain) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name,
            res_model: model,
            views: views.map((view) => [false, view]),
            domain: [["plan_id", "=", this.planId], ...domain],
        });
    }
}

registry.category("actions").add("wcm_plan_pictures", PlanPictures);
