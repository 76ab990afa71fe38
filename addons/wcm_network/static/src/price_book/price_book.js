import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {formatMonetary} from "@web/views/fields/formatters";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {Component} from "@odoo/owl";

const kindNames = () => ({
    machine: _t("Machine"),
    hands_on: _t("Hands-on work"),
    setup: _t("Set-up, shared"),
    overhead: _t("Overhead"),
    material: _t("Sheets, bought by the member"),
    sheets: _t("Sheets, sent by the network"),
    transport: _t("Transport to the site"),
});

/** What one block costs by the member's own rates, line by line, beside what is offered or agreed. */
export class PriceBook extends Component {
    static template = "wcm_network.PriceBook";
    static props = {...standardFieldProps, whose: {type: String, optional: true}};
    static defaultProps = {whose: "ours"};

    get book() {
        return this.props.record.data[this.props.name];
    }

    money(amount) {
        return formatMonetary(Number(amount), {currencyId: this.book.currency_id});
    }

    get rows() {
        const {parts, price} = this.book;
        return parts.map((part, index) => ({
            ...part,
            key: index,
            label: [kindNames()[part.kind], part.name].filter(Boolean).join(": "),
            how: this.how(part),
            share: Number(price) ? (100 * Number(part.amount)) / Number(price) : 0,
        }));
    }

    how({kind, hours, rate}) {
        if (kind === "overhead") {
            return rate ? _t("%s % on top", Number(rate)) : "";
        }
        if (kind === "setup") {
            return _t("%(hours)s h shared by %(count)s blocks", {
                hours: this.number(hours * this.book.quantity),
                count: this.book.quantity,
            });
        }
        return hours ? _t("%(hours)s h at %(rate)s", {hours: this.number(hours), rate: this.money(rate)}) : "";
    }

    number(value) {
        return Number(value).toLocaleString(undefined, {maximumFractionDigits: 2});
    }

    get difference() {
        return Number(this.book.offered) - Number(this.book.price);
    }

    /** The figure that matters, in a sentence. */
    get words() {
        const values = {rates: this.money(this.book.price), offered: this.money(this.book.offered)};
        const ours = this.props.whose === "ours";
        if (Math.abs(this.difference) < 0.005) {
            return ours
                ? _t("Your rates give %(rates)s; the price is the same.", values)
                : _t("The member's rates give %(rates)s; the price is the same.", values);
        }
        values.by = this.money(Math.abs(this.difference));
        if (this.difference > 0) {
            return ours
                ? _t("Your rates give %(rates)s; the price is %(offered)s, %(by)s more.", values)
                : _t("The member's rates give %(rates)s; the price is %(offered)s, %(by)s more.", values);
        }
        return ours
            ? _t("Your rates give %(rates)s; the price is %(offered)s, %(by)s less.", values)
            : _t("The member's rates give %(rates)s; the price is %(offered)s, %(by)s less.", values);
    }

    get isBelow() {
        return this.book.price && this.difference < -0.005;
    }

    get beside() {
        return this.book.beside.map((row) => ({...row, label: kindNames()[row.kind]}));
    }

    get hasLevy() {
        return Number(this.book.levy) > 0;
    }

    get kept() {
        return this.money(Number(this.book.offered) - Number(this.book.levy));
    }
}

export const priceBook = {
    component: PriceBook,
    supportedTypes: ["json"],
    extractProps: ({options}) => ({whose: options.whose}),
};

registry.category("fields").add("wcm_price_book", priceBook);
