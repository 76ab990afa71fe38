import {Component, onWillUnmount, useEffect, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {evaluateBooleanExpr} from "@web/core/py_js/py";
import {registry} from "@web/core/registry";
import {session} from "@web/session";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {createMap, loadMapLibraries} from "../map_canvas/map_canvas";
import {moved, rounded} from "./pin";

/** How near to look: with nothing but coastline, far enough to see a town or the sea. */
const zoomOf = (background) => (background?.tile_url ? 13 : 8);
/** Where to begin when nobody has said where it is. */
const NOWHERE = {center: [54.2, -3.4], zoom: 5};

/**
 * Where one record is, and a pin to put it elsewhere:
 * `<widget name="wcm_map_point" latitude="…" longitude="…" precision="…" readonly="…"/>`.
 *
 * The pin moves by dragging, by a tap on the map and from the keyboard; every move can be taken back until
 * the form is saved.
 */
export class MapPoint extends Component {
    static template = "wcm_mapping.MapPoint";
    static props = {
        ...standardWidgetProps,
        latitude: {type: String, optional: true},
        longitude: {type: String, optional: true},
        fixed: {type: String, optional: true},
    };
    static defaultProps = {latitude: "latitude", longitude: "longitude", fixed: "True"};

    setup() {
        this.mapRef = useRef("map");
        // The form shows at once; the map follows when its library is there.
        this.state = useState({ready: false, moving: false, before: []});
        loadMapLibraries().then(() => (this.state.ready = true));
        useEffect(
            (el, latitude, longitude) => el && this.show(el, latitude, longitude),
            () => [this.mapRef.el, ...this.place],
        );
        // The map is larger while the pin moves.
        useEffect(
            () => {
                this.map?.invalidateSize({animate: false});
            },
            () => [this.state.moving],
        );
        // Another record, or the same one saved or discarded: there is nothing left to undo.
        useEffect(
            (resId, dirty) => {
                if (!dirty) {
                    this.state.before = [];
                }
            },
            () => [this.props.record.resId, this.props.record.dirty],
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

    get canMove() {
        const {record, readonly, fixed} = this.props;
        return !readonly && !evaluateBooleanExpr(fixed, record.evalContextWithVirtualIds);
    }

    get label() {
        if (!this.hasPlace) {
            return _t("Not on the map yet");
        }
        const [latitude, longitude] = this.place.map((degrees) => degrees.toFixed(5));
        return _t("At latitude %(latitude)s, longitude %(longitude)s", {latitude, longitude});
    }

    show(el, latitude, longitude) {
        if (this.map?.getContainer() !== el) {
            this.start(el);
        }
        if (!this.hasPlace) {
            this.marker.remove();
            this.map.setView(NOWHERE.center, NOWHERE.zoom, {animate: false});
            return;
        }
        this.marker.setLatLng([latitude, longitude]).addTo(this.map);
        this.dressMarker();
        // A person who moves the pin looks where it goes; the map follows only when it leaves the picture.
        if (!this.state.moving || !this.map.getBounds().contains([latitude, longitude])) {
            const zoom = this.state.moving
                ? Math.max(this.map.getZoom(), zoomOf(session.wcm_map))
                : zoomOf(session.wcm_map);
            this.map.setView([latitude, longitude], zoom, {animate: false});
        }
    }

    start(el) {
        this.map?.remove();
        // Scrolling or swiping over the map moves the form, as it does everywhere else on it.
        const still = {scrollWheelZoom: false, dragging: !L.Browser.mobile, keyboard: false};
        this.map = createMap(el, session.wcm_map, still);
        const html = `<div class="o_wcm_map_dot"></div>`;
        const icon = L.divIcon({className: "o_wcm_map_pin_icon", html, iconSize: [22, 22]});
        this.marker = L.marker([0, 0], {icon, keyboard: false, draggable: false, autoPan: true});
        this.marker.on("dragend", () => this.moveTo(this.marker.getLatLng()));
        this.map.on("click", ({latlng}) => this.state.moving && this.moveTo(latlng));
        this.setMoving(this.state.moving);
    }

    /** The pin takes the focus and the arrow keys while it may move. */
    dressMarker() {
        const el = this.marker.getElement();
        if (!el) {
            return;
        }
        el.classList.toggle("o_wcm_map_moving", this.state.moving);
        if (this.state.moving) {
            this.marker.dragging?.enable();
            el.setAttribute("tabindex", "0");
            el.setAttribute("role", "button");
            el.setAttribute("aria-label", _t("Pin: move it with the arrow keys, further with Shift"));
            el.onkeydown = (event) => this.onKeydown(event);
        } else {
            this.marker.dragging?.disable();
            el.removeAttribute("tabindex");
            el.removeAttribute("role");
            el.removeAttribute("aria-label");
            el.onkeydown = null;
        }
    }

    setMoving(moving) {
        this.state.moving = moving;
        if (!this.map) {
            return;
        }
        if (L.Browser.mobile) {
            this.map.dragging[moving ? "enable" : "disable"]();
        }
        this.map.scrollWheelZoom[moving ? "enable" : "disable"]();
        this.dressMarker();
    }

    onToggle() {
        this.setMoving(!this.state.moving);
        if (this.state.moving && this.hasPlace) {
            this.marker?.getElement()?.focus({preventScroll: true});
        }
    }

    onKeydown(event) {
        const latlng = moved(this.map, this.marker.getLatLng(), event.key, event.shiftKey);
        if (latlng) {
            event.preventDefault();
            event.stopPropagation();
            this.moveTo(latlng).then(() => this.marker?.getElement()?.focus({preventScroll: true}));
        }
    }

    moveTo({lat, lng}) {
        this.state.before.push(this.place);
        return this.write(rounded(lat), rounded(lng));
    }

    onUndo() {
        return this.write(...this.state.before.pop());
    }

    async write(latitude, longitude) {
        await this.props.record.update({[this.props.latitude]: latitude, [this.props.longitude]: longitude});
    }
}

export const mapPoint = {
    component: MapPoint,
    extractProps: ({attrs: {latitude, longitude, fixed}}) => ({latitude, longitude, fixed}),
    fieldDependencies: ({attrs: {latitude, longitude}}) => [
        {name: latitude || "latitude", type: "float"},
        {name: longitude || "longitude", type: "float"},
    ],
};

registry.category("view_widgets").add("wcm_map_point", mapPoint);
