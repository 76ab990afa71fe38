import {Component, onWillStart, onWillUpdateProps, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {KeepLast} from "@web/core/utils/concurrency";
import {formatFloat, formatInteger} from "@web/views/fields/formatters";
import {LIST_PAGE} from "../map_view/map_points";

/** What is in sight, as a list: beside the map, and on a phone under it. */
export class MapSideList extends Component {
    static template = "wcm_mapping.MapSideList";
    static props = {
        byDistance: Boolean,
        groups: Array,
        hidden: Array,
        model: Object,
        onHighlight: Function,
        onOrder: Function,
        onSelect: Function,
        onToggleOpen: Function,
        open: Boolean,
        window: Object,
    };

    setup() {
        this.state = useState({points: [], length: 0, offset: 0});
        this.keepLast = new KeepLast();
        onWillStart(() => this.read(this.props, 0));
        onWillUpdateProps((props) => {
            if (["window", "hidden", "byDistance", "open", "groups"].some((name) => props[name] !== this.props[name])) {
                this.read(props, 0);
            }
        });
    }

    /** The count is read also when the list is closed: it stands on the button that opens it. */
    async read({model, window, hidden, byDistance}, offset) {
        const centre = byDistance ? window.centre : null;
        const {points, length} = await this.keepLast.add(model.readList({box: window.box, centre, hidden, offset}));
        Object.assign(this.state, {points, length, offset});
    }

    get countText() {
        return _t("%s in view", formatInteger(this.state.length));
    }

    get pageText() {
        const {offset, points, length} = this.state;
        return _t("%(first)s to %(last)s of %(length)s", {
            first: formatInteger(offset + 1),
            last: formatInteger(offset + points.length),
            length: formatInteger(length),
        });
    }

    get hasPages() {
        return this.state.length > LIST_PAGE;
    }

    get isLast() {
        return this.state.offset + this.state.points.length >= this.state.length;
    }

    turn(step) {
        this.read(this.props, this.state.offset + step * LIST_PAGE);
    }

    groupOf({group}) {
        return this.props.groups.find(({value}) => value === group);
    }

    distanceText({km}) {
        return km === null ? "" : _t("%s km", formatFloat(km, {digits: [0, km < 10 ? 1 : 0]}));
    }
}
