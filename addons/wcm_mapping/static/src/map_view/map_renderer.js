import {Component, onWillUnmount, useEffect, useRef, useState} from "@odoo/owl";
import {renderToElement} from "@web/core/utils/render";
import {useSetupAction} from "@web/search/action_hook";
import {session} from "@web/session";
import {ClusterLayer} from "../map_canvas/cluster_layer";
import {createMap} from "../map_canvas/map_canvas";
import {NO_GROUP} from "../map_canvas/map_groups";
import {outlineLayer} from "../map_canvas/outline_layer";
import {placeLayer} from "../map_canvas/place_layer";
import {followPopups, renewPopup} from "../map_canvas/popup_focus";
import {areasOf, shapeOf} from "../map_draw/area";
import {MapDraw} from "../map_draw/map_draw";
import {MapLayers} from "../map_layers/map_layers";
import {MapLegend} from "../map_legend/map_legend";
import {MapSideList} from "../map_side_list/map_side_list";
import {popupContent} from "./map_popup";

/** A lone point is shown with its surroundings, not from as near as possible. */
const LONE_POINT_ZOOM = 9;

/** Pixels between the outermost points and the edge. */
const EDGE = 48;

/** Pixels around a pop-up. */
const GAP = 16;

/** An area that the search asks for. */
const AREA_STYLE = {color: "#b3254d", weight: 2, fill: false, interactive: false};

export class MapRenderer extends Component {
    static template = "wcm_mapping.MapRenderer";
    static components = {MapDraw, MapLayers, MapLegend, MapSideList};
    static props = {
        archInfo: Object,
        data: Object,
        model: Object,
        onArea: Function,
        openMissing: Function,
        openOther: Function,
        openRecord: Function,
        state: {type: Object, optional: true},
    };

    setup() {
        this.mapRef = useRef("map");
        this.sideRef = useRef("side");
        this.state = useState({
            hidden: this.props.state?.hidden || [],
            // On a phone key and list would cover the map that they explain.
            keyOpen: !this.env.isSmall,
            listOpen: this.props.state?.listOpen ?? !this.env.isSmall,
            layersOpen: false,
            drawing: false,
            byDistance: this.props.state?.byDistance || false,
            window: null,
        });
        this.restoredView = this.props.state?.view;
        this.shownLayers = {};
        useEffect(
            () => this.startMap(),
            () => [],
        );
        useEffect(
            () => this.showPoints(),
            () => [this.props.data, this.state.hidden],
        );
        useEffect(
            () => this.showLayers(),
            () => [this.props.model.choices.layers],
        );
        useSetupAction({getLocalState: () => this.exportState()});
        onWillUnmount(() => this.observer?.disconnect());
    }

    /** Where the map stood, for the way back from a form. */
    exportState() {
        const {lat, lng} = this.map.getCenter();
        const {hidden, listOpen, byDistance} = this.state;
        return {hidden: [...hidden], listOpen, byDistance, view: [[lat, lng], this.map.getZoom()]};
    }

    startMap() {
        this.map = createMap(this.mapRef.el, session.wcm_map);
        this.layer = new ClusterLayer(this.map, this.onSelect.bind(this));
        followPopups(this.map);
        this.map.on("moveend", () => this.noteWindow());
        this.observer = new ResizeObserver(() => this.map.invalidateSize({pan: false}));
        this.observer.observe(this.mapRef.el);
        return () => this.map.remove();
    }

    /** What of the map is in sight: the list beside it holds the same. */
    noteWindow() {
        const bounds = this.map.getBounds();
        const {lat, lng} = this.map.getCenter();
        const box = [bounds.getSouth(), bounds.getWest(), bounds.getNorth(), bounds.getEast()];
        this.state.window = {box, centre: [lat, lng]};
    }

    showPoints() {
        const {points, groups} = this.props.data;
        if (this.shownData !== this.props.data) {
            this.map.closePopup();
            this.lookAtPoints();
            this.shownData = this.props.data;
            this.showAreas();
            this.searchShown = this.props.model.searchParams;
            this.forgetHidden();
        }
        const hidden = [...this.state.hidden];
        if (points) {
            this.layer.setPoints(
                points.filter(({group}) => !hidden.includes(group)),
                groups,
            );
        } else {
            this.layer.setSource((box, zoom) => this.props.model.readMarks(box, zoom, hidden), groups);
        }
    }

    /** Adds the layers that were switched on and removes the others. */
    showLayers() {
        const {layers} = this.props.model.choices;
        for (const layer of this.props.archInfo.layers) {
            const on = layers.includes(layer.name);
            if (on && !this.shownLayers[layer.name]) {
                this.shownLayers[layer.name] = this.makeLayer(layer).catch((error) => {
                    delete this.shownLayers[layer.name];
                    throw error;
                });
            }
            this.toggleLayer(layer.name, on);
        }
    }

    async makeLayer({name, label, model, outline}) {
        const rows = await this.props.model.readLayer(name);
        const select = (id, title, latlng) => this.openPlace({id, title, label, model}, latlng);
        return outline ? outlineLayer(this.map, rows) : placeLayer(rows, label, select);
    }

    /** The rows may come after the reader has thought again, or has left. */
    async toggleLayer(name, on) {
        const layer = await this.shownLayers[name];
        if (layer && this.map.getPane("mapPane")) {
            const still = this.props.model.choices.layers.includes(name);
            if (on && still) {
                layer.addTo(this.map);
            } else if (!still) {
                layer.remove();
            }
        }
    }

    openPlace({id, title, label, model}, latlng) {
        const el = renderToElement("wcm_mapping.MapPlace", {title, label});
        el.querySelector(".o_wcm_map_open").addEventListener("click", () => this.props.openOther(model, id));
        this.newPopup(latlng).setContent(el).openOn(this.map);
    }

    showAreas() {
        this.areas?.remove();
        const {archInfo, model} = this.props;
        const areas = archInfo.area ? areasOf(model.searchParams.domain, archInfo.area) : [];
        this.areas = L.layerGroup(areas.map((area) => shapeOf(area, AREA_STYLE))).addTo(this.map);
    }

    /** Groups of other colours are others: none of them is hidden yet. */
    forgetHidden() {
        const color = JSON.stringify(this.props.model.color);
        if (this.colorShown && color !== this.colorShown) {
            this.state.hidden = [];
        }
        this.colorShown = color;
    }

    get defaultColor() {
        return this.props.model.fields[this.props.archInfo.color]?.string || false;
    }

    get hasChoices() {
        const {layers, colors} = this.props.archInfo;
        return Boolean(layers.length || colors.length);
    }

    /** Other colours on the same search leave the map where it is. */
    get isRecoloured() {
        return Boolean(this.shownData) && this.searchShown === this.props.model.searchParams;
    }

    /** Everything that was found, or the place that the person came back to. */
    lookAtPoints() {
        const {bounds} = this.props.data;
        if (this.restoredView) {
            this.map.setView(...this.restoredView, {animate: false});
            this.restoredView = null;
        } else if (bounds && !this.isRecoloured) {
            const [south, west, north, east] = bounds;
            const options = {...this.padding, maxZoom: LONE_POINT_ZOOM, animate: false};
            const box = [
                [south, west],
                [north, east],
            ];
            this.map.fitBounds(box, options);
        }
        this.noteWindow();
    }

    /** Top and left, in pixels, of what the key leaves free: beside it, or under it. */
    get freeCorner() {
        const {offsetWidth: width, offsetHeight: height} = this.sideRef.el;
        return width < this.mapRef.el.offsetWidth / 3 ? [width, 0] : [0, Math.min(height, 56)];
    }

    get padding() {
        const [left, top] = this.freeCorner;
        return {paddingTopLeft: [left + EDGE, top + EDGE], paddingBottomRight: [EDGE, EDGE]};
    }

    toggleGroup(value) {
        const {hidden} = this.state;
        this.state.hidden = hidden.includes(value) ? hidden.filter((other) => other !== value) : [...hidden, value];
    }

    /** From the list: the pop-up, on a phone over a map that is free to be seen. */
    onListed(point) {
        this.state.listOpen = this.state.listOpen && !this.env.isSmall;
        this.openPopup(point, [point.latitude, point.longitude]);
    }

    onSelect(points, latlng) {
        if (!points.length) {
            // More than the server sends one by one, all in one place: the list has pages.
            this.state.listOpen = true;
        } else if (points.length === 1) {
            this.openPopup(points[0], latlng);
        } else {
            this.openList(points, latlng);
        }
    }

    /** At once with what is known, then with the rest. */
    async openPopup(point, latlng) {
        const popup = this.newPopup(latlng);
        const empty = {badges: [], rows: []};
        popup.setContent(this.popupElement(point, {...empty, loading: true})).openOn(this.map);
        const record = await this.props.model.readDetails(point.id);
        if (popup.isOpen()) {
            const {popupFields} = this.props.archInfo;
            const content = record
                ? popupContent(record, popupFields, this.props.model.fields)
                : {...empty, gone: true};
            renewPopup(popup, this.popupElement(point, {...content, loading: false}));
        }
    }

    popupElement(point, content) {
        const {groups} = this.props.data;
        const group = groups.find(({value}) => value === point.group && value !== NO_GROUP.value);
        const el = renderToElement("wcm_mapping.MapPopup", {point, group, ...content});
        const open = el.querySelector(".o_wcm_map_open");
        open?.addEventListener("click", () => this.props.openRecord(point.id));
        return el;
    }

    openList(points, latlng) {
        const el = renderToElement("wcm_mapping.MapPlaceList", {points});
        el.addEventListener("click", ({target}) => {
            const {index} = target.closest("[data-index]")?.dataset || {};
            if (index) {
                this.openPopup(points[index], latlng);
            }
        });
        this.newPopup(latlng).setContent(el).openOn(this.map);
    }

    newPopup(latlng) {
        if (this.env.isSmall) {
            this.state.keyOpen = false;
        }
        const [left, top] = this.freeCorner;
        return L.popup({
            maxWidth: 300,
            minWidth: 240,
            offset: [0, -8],
            autoPanPadding: [GAP, GAP],
            autoPanPaddingTopLeft: [left + GAP, top + GAP],
        }).setLatLng(latlng);
    }
}
