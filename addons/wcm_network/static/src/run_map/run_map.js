import {Component, onWillUnmount, useEffect, useRef, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {session} from "@web/session";
import {createMap, loadMapLibraries} from "@wcm_mapping/map_canvas/map_canvas";

const LINE = {color: "#0b6fa4", weight: 4, opacity: 0.7};
const DOT = {radius: 8, weight: 2, color: "#ffffff", fillOpacity: 1};
const COLORS = {start: "#555555", load: "#0b3f63", unload: "#1e5b3c"};

/** A vehicle's way: from its start by the stops and back, in straight lines. The list below says the same in words. */
export class RunMap extends Component {
    static template = "wcm_network.RunMap";
    static props = {...standardFieldProps};

    setup() {
        this.mapRef = useRef("map");
        this.state = useState({ready: false});
        loadMapLibraries().then(() => (this.state.ready = true));
        useEffect(
            (el, points) => el && this.draw(el, points),
            () => [this.mapRef.el, this.points],
        );
        onWillUnmount(() => this.map?.remove());
    }

    get points() {
        return this.props.record.data[this.props.name] || [];
    }

    draw(el, points) {
        this.map?.remove();
        this.map = createMap(el, session.wcm_map, {scrollWheelZoom: false, dragging: !L.Browser.mobile});
        const places = points.map(({place}) => place);
        L.polyline([...places, places[0]], LINE).addTo(this.map);
        for (const {place, name, kind} of points) {
            const dot = L.circleMarker(place, {...DOT, fillColor: COLORS[kind], interactive: false}).addTo(this.map);
            dot.bindTooltip(name, {permanent: true, direction: "right", offset: [8, 0]});
        }
        this.map.fitBounds(places, {padding: [40, 40], maxZoom: 12, animate: false});
    }
}

registry.category("fields").add("wcm_run_map", {component: RunMap, supportedTypes: ["json"]});
