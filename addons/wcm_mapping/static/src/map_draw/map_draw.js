import {Component, useEffect, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {formatFloat} from "@web/views/fields/formatters";
import {areaText, shapeOf} from "./area";

const STYLE = {color: "#b3254d", weight: 3, fillOpacity: 0.08, interactive: false};

/**
 * Draw a circle or a polygon to search by. The cross in the middle of the map is the pen for whoever has no
 * pointer: arrows move the map under it. A click or a tap does the same where it falls.
 */
export class MapDraw extends Component {
    static template = "wcm_mapping.MapDraw";
    static props = {
        map: Object,
        onArea: Function,
        onDrawing: Function,
    };

    setup() {
        this.state = useState({kind: null, km: 20, centre: null, points: []});
        useEffect(
            () => this.preview(),
            () => [this.state.kind, this.state.km, this.state.centre, this.state.points],
        );
        useEffect(
            (kind) => this.listen(kind),
            () => [this.state.kind],
        );
    }

    toggle(kind) {
        if (this.state.kind === kind) {
            this.stop();
        } else {
            this.start(kind);
        }
    }

    start(kind) {
        Object.assign(this.state, {kind, centre: this.cross, points: []});
        this.props.map.getContainer().focus({preventScroll: true});
    }

    stop() {
        this.state.kind = null;
    }

    get cross() {
        const {lat, lng} = this.props.map.getCenter();
        return [lat, lng];
    }

    /** While it is drawn, the map's own clicks and keys are the pen's. */
    listen(kind) {
        this.props.onDrawing(Boolean(kind));
        if (!kind) {
            return;
        }
        const {map} = this.props;
        const onClick = ({latlng: {lat, lng}}) => this.point([lat, lng]);
        const onMove = () => (this.state.centre = this.cross);
        const onKey = (event) => this.onKey(event);
        map.on("click", onClick).on("move", onMove);
        map.getContainer().addEventListener("keydown", onKey, true);
        return () => {
            map.off("click", onClick).off("move", onMove);
            map.getContainer().removeEventListener("keydown", onKey, true);
        };
    }

    point(latlng) {
        if (this.state.kind === "circle") {
            this.props.map.panTo(latlng);
        } else {
            this.state.points = [...this.state.points, latlng];
        }
    }

    undo() {
        if (this.state.points.length) {
            this.state.points = this.state.points.slice(0, -1);
        } else {
            this.stop();
        }
    }

    onKey(event) {
        const act = {Escape: () => this.undo(), Enter: () => this.onEnter()}[event.key];
        if (act && event.target === this.props.map.getContainer()) {
            event.preventDefault();
            event.stopPropagation();
            act();
        }
    }

    onEnter() {
        if (this.state.kind === "circle") {
            this.finish();
        } else {
            this.point(this.cross);
        }
    }

    preview() {
        this.shape?.remove();
        this.shape = this.state.kind ? shapeOf(this.area, STYLE).addTo(this.props.map) : null;
        return () => this.shape?.remove();
    }

    get area() {
        const {kind, centre, km, points} = this.state;
        return {kind, centre, km, points};
    }

    get isComplete() {
        const {kind, km, points} = this.state;
        return kind === "circle" ? km > 0 && km <= 20000 : points.length > 2;
    }

    get progress() {
        return _t("%s points", this.state.points.length);
    }

    setKm(value) {
        this.state.km = Number(value) || 0;
    }

    finish() {
        if (this.isComplete) {
            const {area} = this;
            this.stop();
            this.props.onArea(areaText(area), this.nameOf(area));
        }
    }

    nameOf({kind, centre, km, points}) {
        const degrees = (value) => formatFloat(value, {digits: [0, 2]});
        return kind === "circle"
            ? _t("Within %(km)s km of %(place)s", {km, place: centre.map(degrees).join(", ")})
            : _t("In an area of %s corners", points.length);
    }
}
