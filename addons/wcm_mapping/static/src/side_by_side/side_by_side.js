import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/**
 * Two records beside each other, field by field; which value wins is a click.
 *
 * The field holds what to draw (see wcm_facility_duplicate_comparison.py). What is clicked goes into the record's
 * `choices`, {row key: "ours" | "theirs" | "both"}; the server then says the comparison anew.
 */
export class SideBySide extends Component {
    static template = "wcm_mapping.SideBySide";
    static props = {...standardFieldProps};

    get comparison() {
        return this.props.record.data[this.props.name] || {sides: [], rows: [], related: [], blockers: []};
    }

    get editable() {
        return this.comparison.editable;
    }

    get different() {
        return this.comparison.rows.filter((row) => !row.same);
    }

    get same() {
        return this.comparison.rows.filter((row) => row.same);
    }

    get sides() {
        const [ours, theirs] = this.comparison.sides;
        return [
            {key: "ours", ...ours},
            {key: "theirs", ...theirs},
        ];
    }

    isChosen(row, side) {
        return row.choice === side || row.choice === "both";
    }

    sayOf(row, side) {
        return this.isChosen(row, side) ? _t("%s: this one stays", row.label) : _t("%s: take this one", row.label);
    }

    choose(row, choice) {
        const choices = {...this.props.record.data.choices, [row.key]: choice};
        return this.props.record.update({choices});
    }
}

registry.category("fields").add("wcm_side_by_side", {component: SideBySide, supportedTypes: ["json"]});
