import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {formatMonetary} from "@web/views/fields/formatters";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {Component} from "@odoo/owl";

/** What is paid against what the same would cost by a reference; more or less, in words and as a bar. */
export class PriceValue extends Component {
    static template = "wcm_network.PriceValue";
    static props = {...standardFieldProps};

    get value() {
        return this.props.record.data[this.props.name];
    }

    money(amount) {
        return formatMonetary(amount, {currencyId: this.value.currency_id});
    }

    get rows() {
        const most = Math.max(...this.value.rows.map(({paid, reference}) => Math.max(paid, reference)), 0.01);
        return this.value.rows.map((row, index) => ({
            ...row,
            key: index,
            words: this.words(row),
            paidWidth: (100 * row.paid) / most,
            referenceWidth: (100 * row.reference) / most,
        }));
    }

    words({saved, share}) {
        if (Math.abs(saved) < 0.005) {
            return _t("the same");
        }
        const values = {by: this.money(Math.abs(saved)), share: Math.round(100 * Math.abs(share))};
        return saved > 0 ? _t("%(by)s less (%(share)s %)", values) : _t("%(by)s more (%(share)s %)", values);
    }
}

registry.category("fields").add("wcm_price_value", {component: PriceValue, supportedTypes: ["json"]});
