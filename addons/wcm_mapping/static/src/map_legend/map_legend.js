import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {formatInteger} from "@web/views/fields/formatters";

/**
 * The key of a map: how many points, how many records have none, and the groups with their
 * colours and letters, each of which hides and shows its points.
 */
export class MapLegend extends Component {
    static template = "wcm_mapping.MapLegend";
    static props = {
        approximate: Boolean,
        groups: Array,
        hidden: Array,
        missing: Number,
        onMissing: Function,
        onToggle: Function,
        onToggleOpen: Function,
        open: Boolean,
        placed: Number,
    };

    get countText() {
        const text = _t("%s on the map", formatInteger(this.props.placed));
        return this.props.missing ? `${text}, ` : text;
    }

    get missingText() {
        return _t("%s without a place", formatInteger(this.props.missing));
    }

    formatCount(count) {
        return formatInteger(count);
    }

    titleOf(group) {
        return this.isShown(group) ? _t("Hide on the map") : _t("Show on the map");
    }

    isShown(group) {
        return !this.props.hidden.includes(group.value);
    }
}
