import {Component, onWillUnmount, useEffect, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {KeepLast} from "@web/core/utils/concurrency";
import {useService} from "@web/core/utils/hooks";
import {session} from "@web/session";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {createMap, loadMapLibraries} from "../map_canvas/map_canvas";
import {moved} from "../map_point/pin";
import {
    cornerCount,
    midway,
    MOST_CORNERS,
    nearestSide,
    polygonsOf,
    textOf,
    withCornerAfter,
    withCornerMoved,
    withoutCorner,
} from "./rings";

const MOST_SPACES = 2000;

/** The outline of a region on a map, with the spaces around; its corners move by hand and from the keyboard. */
export class OutlineField extends Component {
    static template = "wcm_mapping.OutlineField";
    static props = {...standardFieldProps};

    setup() {
        this.orm = useService("orm");
        this.keepLast = new KeepLast();
        this.mapRef = useRef("map");
        // `drawn` while a person draws: only what they have finished goes into the form.
        this.state = useState({ready: false, drawn: null, fresh: false, before: []});
        loadMapLibraries().then(() => (this.state.ready = true));
        useEffect(
            (el) => el && this.start(el),
            () => [this.mapRef.el],
        );
        useEffect(
            () => this.map && this.draw(),
            () => [this.mapRef.el, this.value, this.state.drawn],
        );
        useEffect(
            () => this.map && this.fit(),
            () => [this.mapRef.el, this.props.record.resId, this.value],
        );
        onWillUnmount(() => this.map?.remove());
    }

    get value() {
        return this.props.record.data[this.props.name] || "";
    }

    get polygons() {
        return this.state.drawn || polygonsOf(this.value);
    }

    get corners() {
        return cornerCount(this.polygons);
    }

    get canMoveCorners() {
        return this.corners <= MOST_CORNERS;
    }

    get label() {
        return this.corners ? _t("Outline with %s corners", this.corners) : _t("No outline yet");
    }

    start(el) {
        this.map?.remove();
        const still = {scrollWheelZoom: false, dragging: !L.Browser.mobile, keyboard: false};
        this.map = createMap(el, session.wcm_map, still);
        this.spaces = L.layerGroup().addTo(this.map);
        this.outline = L.layerGroup().addTo(this.map);
        this.handles = L.layerGroup().addTo(this.map);
        this.map.on("click", ({latlng}) => this.state.drawn && this.addCorner([latlng.lat, latlng.lng]));
        this.map.on("moveend", () => this.showSpaces());
    }

    fit() {
        const corners = this.polygons.flat(2);
        if (corners.length && !this.state.drawn) {
            this.map.fitBounds(corners, {animate: false, padding: [16, 16]});
        }
    }

    draw() {
        this.outline.clearLayers();
        this.handles.clearLayers();
        const style = {color: "#71639e", weight: 2, fillOpacity: 0.12, interactive: false};
        for (const rings of this.polygons) {
            const shape = rings[0].length > 2 ? L.polygon(rings, style) : L.polyline(rings, style);
            this.outline.addLayer(shape);
        }
        if (this.state.drawn && this.canMoveCorners) {
            this.polygons.forEach((rings, p) =>
                rings.forEach((ring, r) => ring.forEach((corner, c) => this.addHandle(corner, [p, r, c]))),
            );
            this.focusHandle();
        }
    }

    addHandle(latlng, at) {
        const html = `<div class="o_wcm_outline_corner"></div>`;
        const icon = L.divIcon({className: "o_wcm_outline_handle", html, iconSize: [24, 24]});
        const handle = L.marker(latlng, {icon, draggable: true, keyboard: false}).addTo(this.handles);
        handle.on("dragend", () => this.moveCorner(at, handle.getLatLng()));
        const el = handle.getElement();
        el.setAttribute("tabindex", "0");
        el.setAttribute("role", "button");
        el.dataset.at = at.join();
        el.setAttribute(
            "aria-label",
            _t("Corner %s: move it with the arrow keys, Insert adds one after it, Delete takes it away", at[2] + 1),
        );
        el.onkeydown = (event) => this.onKeydown(event, at, handle);
    }

    /** Handles are made anew with every change; the focus stays on the same corner. */
    focusHandle() {
        const at = this.focused?.join();
        this.focused = null;
        if (at) {
            this.mapRef.el.querySelector(`[data-at="${at}"]`)?.focus({preventScroll: true});
        }
    }

    onKeydown(event, at, handle) {
        const latlng = moved(this.map, handle.getLatLng(), event.key, event.shiftKey);
        const change =
            (latlng && (() => this.moveCorner(at, latlng))) ||
            {
                Insert: () => this.change(withCornerAfter(this.polygons, at, midway(this.polygons, at))),
                Delete: () => this.change(withoutCorner(this.polygons, at)),
                Backspace: () => this.change(withoutCorner(this.polygons, at)),
            }[event.key];
        if (change) {
            event.preventDefault();
            event.stopPropagation();
            this.focused = event.key === "Insert" ? [at[0], at[1], at[2] + 1] : at;
            change();
        }
    }

    change(polygons) {
        this.state.before.push(this.state.drawn);
        this.state.drawn = polygons;
    }

    moveCorner(at, {lat, lng}) {
        this.change(withCornerMoved(this.polygons, at, [lat, lng]));
    }

    /** A new outline grows corner by corner; a finished one takes a corner into its nearest side. */
    addCorner(point) {
        const ring = this.polygons[0]?.[0] || [];
        if (this.state.fresh) {
            this.change([[[...ring, point]]]);
        } else if (this.canMoveCorners) {
            this.change(withCornerAfter(this.polygons, nearestSide(this.polygons, point), point));
        }
    }

    begin(fresh) {
        Object.assign(this.state, {drawn: fresh ? [] : polygonsOf(this.value), fresh, before: []});
        if (L.Browser.mobile) {
            this.map.dragging.enable();
        }
        this.map.scrollWheelZoom.enable();
    }

    onUndo() {
        this.state.drawn = this.state.before.pop();
    }

    end() {
        Object.assign(this.state, {drawn: null, fresh: false, before: []});
        this.map.scrollWheelZoom.disable();
        if (L.Browser.mobile) {
            this.map.dragging.disable();
        }
    }

    async onDone() {
        const text = textOf(this.state.drawn);
        this.end();
        if (text !== this.value) {
            await this.props.record.update({[this.props.name]: text || false});
        }
    }

    /** The spaces in the picture, so that a person sees which are within; an answer that a later move overtook is dropped. */
    async showSpaces() {
        const bounds = this.map.getBounds();
        const domain = [
            ["latitude", ">=", bounds.getSouth()],
            ["latitude", "<=", bounds.getNorth()],
            ["longitude", ">=", bounds.getWest()],
            ["longitude", "<=", bounds.getEast()],
        ];
        const fields = ["name", "latitude", "longitude"];
        const asked = this.orm.silent.searchRead("wcm.facility", domain, fields, {limit: MOST_SPACES});
        const found = await this.keepLast.add(asked);
        if (!this.map.getPane("mapPane")) {
            return;
        }
        this.spaces.clearLayers();
        for (const {name, latitude, longitude} of found) {
            const dot = L.circleMarker([latitude, longitude], {
                radius: 4,
                weight: 1,
                color: "#fff",
                fillColor: "#1b6f8a",
                fillOpacity: 1,
            });
            // A string would be read as HTML, and anybody may have written the name.
            dot.bindTooltip(document.createTextNode(name)).addTo(this.spaces);
        }
    }
}

export const outlineField = {
    component: OutlineField,
    displayName: _t("Outline on a map"),
    supportedTypes: ["text"],
};

registry.category("fields").add("wcm_outline", outlineField);
