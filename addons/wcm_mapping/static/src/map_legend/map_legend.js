import {Component} from "@odoo/owl";

/**
 * The key of a map: how many points, how many records have none, and the groups with their
 * colours and letters, each of which hides and shows its points.
 */
export class MapLegend extends Component {
    static template = "wcm_mapping.MapLegend";
    static props = {
        approximate: Number,
        groups: Array,
        hidden: Array,
        missing: Number,
        onMissing: Function,
        onToggle: Function,
        onToggleOpen: Function,
        open: Boolean,
        placed: Number,
        read: Number,
    };

    get isCut() {
        return this.props.read < this.props.placed;
    }

    isShown(group) {
        return !this.props.hidden.includes(group.value);
    }
}
