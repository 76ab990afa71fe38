import {Component, markup, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

const cards = () => [
    {code: "break_even", name: _t("Break-even"), unit: _t("homes a year")},
    {code: "surplus_next", name: _t("Left, or missing, next twelve months"), unit: ""},
    {code: "months_of_reserve", name: _t("Reserve, if nothing came in"), unit: ""},
    {code: "months_until_empty", name: _t("Reserve lasts, as estimated"), unit: ""},
];

/** The platform's own books, for a board: levy against running cost, break-even, reserve, what changes it. */
export class Viability extends Component {
    static template = "wcm_network.Viability";
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.cards = cards();
        this.state = useState({asked: this.props.state?.asked || {region: 0, homes: null}, books: null, problem: ""});
        onWillStart(() => this.load());
    }

    get asked() {
        const {region, homes} = this.state.asked;
        return {...(region ? {region} : {}), ...(homes === null ? {} : {homes})};
    }

    async load() {
        const books = await this.orm.call("wcm.viability", "page", [this.asked]);
        this.state.books = {...books, chart: books.chart ? markup(books.chart) : ""};
    }

    /** What was tried belongs to the books that it was tried with. */
    chooseRegion(value) {
        this.state.asked = {region: Number(value), homes: null};
        this.state.problem = "";
        return this.load();
    }

    tryHomes(value) {
        const homes = value.trim() === "" ? null : Number(value);
        const fits = homes === null || (Number.isInteger(homes) && homes >= 0 && homes <= 10000);
        this.state.problem = fits ? "" : _t("Give a whole number of homes, from 0 to 10,000.");
        if (fits) {
            this.state.asked.homes = homes;
            return this.load();
        }
    }

    figure(code) {
        return this.state.books.figures[code];
    }

    isKnown(code) {
        return this.figure(code).value !== null;
    }

    file(ending) {
        return `/network/viability.${ending}?${new URLSearchParams(this.asked)}`;
    }

    async openRecords(code) {
        const action = await this.orm.call("wcm.viability", "action_open_records", [code, this.asked]);
        return this.action.doAction(action);
    }

    openCost(id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "wcm.running.cost",
            res_id: id,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("wcm_viability", Viability);
