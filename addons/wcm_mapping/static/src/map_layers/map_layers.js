import {Component, onWillStart, onWillUpdateProps, useState} from "@odoo/owl";
import {useService} from "@web/core/utils/hooks";

const MOST_CHOICES = 200;

/** What a reader switches on: layers around the points, and what the points are coloured by. */
export class MapLayers extends Component {
    static template = "wcm_mapping.MapLayers";
    static props = {
        choices: Object,
        colors: Array,
        defaultColor: [String, Boolean],
        fields: Object,
        layers: Array,
        onChange: Function,
        onToggleOpen: Function,
        open: Boolean,
    };

    setup() {
        this.orm = useService("orm");
        this.state = useState({options: []});
        onWillStart(() => this.readOptions(this.props));
        onWillUpdateProps((props) => this.readOptions(props));
    }

    get color() {
        return this.props.colors.find(({name}) => name === this.props.choices.color);
    }

    /** What can be chosen of a many2many, once it is asked for. */
    async readOptions({choices, colors, open, fields}) {
        const {field} = colors.find(({name}) => name === choices.color) || {};
        if (open && field && this.optionsOf !== field) {
            this.optionsOf = field;
            const limit = {limit: MOST_CHOICES};
            this.state.options = await this.orm.searchRead(fields[field].relation, [], ["display_name"], limit);
        }
    }

    toggleLayer(name) {
        this.props.onChange({layers: toggled(this.props.choices.layers, name)});
    }

    toggleChosen(id) {
        this.props.onChange({chosen: toggled(this.props.choices.chosen, id)});
    }

    setWeeks(value) {
        const weeks = Math.min(Math.max(Math.round(Number(value)) || 1, 1), 52);
        this.props.onChange({weeks});
    }
}

function toggled(values, value) {
    return values.includes(value) ? values.filter((other) => other !== value) : [...values, value];
}
