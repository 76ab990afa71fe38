import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {money, number, percent, sum} from "./words";

const kindNames = () => ({
    making: _t("Making"),
    setup: _t("Set-up"),
    transport: _t("Transport"),
    carbon: _t("Carbon"),
    other: _t("Other"),
});

/** Where the money goes: by kind of cost, type of organisation and region. */
export class CostSplit extends Component {
    static template = "wcm_network.CostSplit";
    static props = {picture: Object};

    /** Tables of rows with a name, figures and a share. */
    get tables() {
        const {kinds, types, regions} = this.props.picture;
        const whole = sum(kinds.map(({amount}) => amount));
        const rows = kinds.map(({kind, amount}) => ({
            name: kindNames()[kind],
            amount: this.money(amount),
            share: amount / whole,
        }));
        const shares = (found) =>
            found.map((row) => ({...row, amount: this.money(row.cost), blocks: number(row.quantity)}));
        return [
            {title: _t("Cost by kind"), shareTitle: _t("Share of the cost"), rows},
            {title: _t("By type of organisation"), shareTitle: _t("Share of the making cost"), rows: shares(types)},
            {title: _t("By region"), shareTitle: _t("Share of the making cost"), rows: shares(regions)},
        ];
    }

    money(amount) {
        return money(amount, this.props.picture.currency_id);
    }

    percent(share) {
        return percent(share);
    }
}
