import {Component, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {money, number} from "../plan_pictures/words";

const FIRST_ROWS = 6; // of a breakdown; the rest a tap away
const EMPTY = {grant: 0, build: 0, region: 0, start: "", end: ""};

/** What came of the work: each figure with its unit and meaning; a tap opens the records behind it. */
export class Outcomes extends Component {
    static template = "wcm_network.Outcomes";
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        const {context} = this.props.action;
        const asked = {
            ...EMPTY,
            grant: context.wcm_grant_id || 0,
            start: context.wcm_start || "",
            end: context.wcm_end || "",
        };
        this.state = useState({
            asked: this.props.state?.asked || asked,
            outcomes: null,
            open: {},
            whole: {},
            problem: "",
        });
        onWillStart(() => this.load());
    }

    get asked() {
        const {asked} = this.state;
        return Object.fromEntries(Object.entries(asked).filter(([, value]) => value));
    }

    async load() {
        const {start, end} = this.state.asked;
        this.state.problem = start && end && start > end ? _t("The period ends before it begins.") : "";
        if (!this.state.problem) {
            this.state.outcomes = await this.orm.call("wcm.indicator", "outcomes", [this.asked]);
        }
    }

    get builds() {
        const {grant, region} = this.state.asked;
        const fits = (build) => (!grant || build.grant === grant) && (!region || build.region === region);
        return this.state.outcomes.choices.builds.filter(fits);
    }

    choose(name, value) {
        this.state.asked[name] = Number(value);
        if (name === "grant") {
            const chosen = this.state.outcomes.choices.grants.find(({id}) => id === Number(value));
            Object.assign(this.state.asked, {start: chosen?.start || "", end: chosen?.end || ""});
        }
        if (name !== "build" && !this.builds.some(({id}) => id === this.state.asked.build)) {
            this.state.asked.build = 0;
        }
        return this.load();
    }

    chooseDay(name, value) {
        this.state.asked[name] = value;
        return this.load();
    }

    clear() {
        this.state.asked = {...EMPTY};
        return this.load();
    }

    value({value, withheld, kind}) {
        if (value === null) {
            return withheld ? _t("withheld") : _t("not known");
        }
        if (kind === "money") {
            return money(value, this.state.outcomes.currency_id);
        }
        return kind === "percent" ? `${number(100 * value, 1)} %` : number(value, kind === "whole" ? 0 : 1);
    }

    unit({kind, unit, value}) {
        return value === null || kind === "money" || kind === "percent" ? "" : unit;
    }

    /** The rows of a breakdown that are shown, each with its share (0 to 1) of the longest bar. */
    rows(figure, {field, rows}) {
        const whole = figure.kind === "percent" ? 1 : Math.max(...rows.map(({value}) => value || 0));
        const shown = this.isLong(figure, {field, rows}) ? rows.slice(0, FIRST_ROWS) : rows;
        return shown.map((row) => ({...row, share: whole > 0 ? Math.max(row.value, 0) / whole : 0}));
    }

    isLong(figure, {field, rows}) {
        return rows.length > FIRST_ROWS + 1 && !this.state.whole[`${figure.code} ${field}`];
    }

    showAll(figure, {field}) {
        this.state.whole[`${figure.code} ${field}`] = true;
    }

    toggle(figure) {
        this.state.open[figure.code] = !this.state.open[figure.code];
    }

    async openRecords(figure, condition = null) {
        const action = await this.orm.call("wcm.indicator", "action_open_records", [
            figure.code,
            this.asked,
            condition,
        ]);
        return this.action.doAction(action);
    }
}

registry.category("actions").add("wcm_outcomes", Outcomes);
