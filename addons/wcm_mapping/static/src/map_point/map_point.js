import {Component, onWillUnmount, useEffect, useRef, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {session} from "@web/session";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {createMap, loadMapLibraries} from "../map_canvas/map_canvas";

/** How near to look: with nothing but coastline, far enough to see a town or the sea. */
const zoomOf = (background) => (background?.tile_url ? 13 : 8);

/** Where one record is: `<widget name="wcm_map_point" latitude="…" longitude="…"/>`. */
export class MapPoint extends Component {
    static template = "wcm_mapping.MapPoint";
    static props = {
        ...standardWidgetProps,
        latitude: {type: String, optional: true},
        longitude: {type: String, optional: true},
    };
    static defaultProps = {latitude: "latitude", longitude: "longitude"};

    setup() {
        this.mapRef = useRef("map");
        // The form shows at once; the map follows when its library is there.
        this.state = useState({ready: false});
        loadMapLibraries().then(() => (this.state.ready = true));
        useEffect(
            (el, latitude, longitude) => el && this.show(el, latitude, longitude),
            () => [this.mapRef.el, ...this.place],
        );
        onWillUnmount(() => this.map?.remove());
    }

    get place() {
        const {data} = this.props.record;
        return [data[this.props.latitude], data[this.props.longitude]];
    }

    get hasPlace() {
        return this.place.some(Boolean);
    }

    show(el, latitude, longitude) {
        if (this.map?.getContainer() !== el) {
            this.start(el);
        }
        this.marker.setLatLng([latitude, longitude]);
        this.map.setView([latitude, longitude], zoomOf(session.wcm_map), {animate: false});
    }

    start(el) {
        this.map?.remove();
        // Scrolling or swiping over the map moves the form, as it does everywhere else on it.
        const still = {scrollWheelZoom: false, dragging: !L.Browser.mobile};
        this.map = createMap(el, session.wcm_map, still);
        const html = `<div class="o_wcm_map_dot"></div>`;
        const icon = L.divIcon({className: "", html, iconSize: [22, 22]});
        this.marker = L.marker([0, 0], {icon, interactive: false, keyboard: false});
        this.marker.addTo(this.map);
    }
}

export const mapPoint = {
    component: MapPoint,
    extractProps: ({attrs: {latitude, longitude}}) => ({latitude, longitude}),
    fieldDependencies: ({attrs: {latitude, longitude}}) => [
        {name: latitude || "latitude", type: "float", readonly: true},
        {name: longitude || "longitude", type: "float", readonly: true},
    ],
};

registry.category("view_widgets").add("wcm_map_point", mapPoint);
