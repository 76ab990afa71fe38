import {Component} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useMap} from "@wcm_mapping/map_component/use_map";

const LINE = {color: "#0b6fa4", weight: 4, opacity: 0.7};
const DOT = {radius: 8, weight: 2, color: "#ffffff", fillOpacity: 1};
const COLORS = {start: "#555555", load: "#0b3f63", unload: "#1e5b3c"};

/** A vehicle's way: from its start by the stops and back, in straight lines. The list below says the same in words. */
export class RunMap extends Component {
    static template = "wcm_network.RunMap";
    static props = {...standardFieldProps};

    setup() {
        this.state = useMap(() => this.points, this.draw.bind(this));
    }

    get points() {
        return this.props.record.data[this.props.name] || [];
    }

    draw(map, points) {
        const places = points.map(({place}) => place);
        L.polyline([...places, places[0]], LINE).addTo(map);
        for (const {place, name, kind} of points) {
            const dot = L.circleMarker(place, {...DOT, fillColor: COLORS[kind], interactive: false}).addTo(map);
            // The start is often near a stop: its name stands on the other side.
            const [direction, offset] = kind === "start" ? ["left", [-8, 0]] : ["right", [8, 0]];
            dot.bindTooltip(name, {permanent: true, direction, offset});
        }
        map.fitBounds(places, {padding: [40, 40], maxZoom: 12, animate: false});
    }
}

registry.category("fields").add("wcm_run_map", {component: RunMap, supportedTypes: ["json"]});
