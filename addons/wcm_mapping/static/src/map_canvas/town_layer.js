import {TOWN_ZOOM, TOWNS} from "./towns";

// Generous, in pixels: a name is about this wide for each of its letters, and this high.
const LETTER_WIDTH = 6.5;
const NAME_HEIGHT = 16;
const MARKER_SIZE = 40;

function boxAround({x, y}, width, height) {
    return {left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2};
}

function overlap(a, b) {
    return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/**
 * The towns to name: the greater first, none over a marker or over another name.
 *
 * @param {Array[]} towns [name, latitude, longitude, rank], the greater first
 * @param {(latlng: [number, number]) => { x: number, y: number }} toPoint in pixels
 * @param {{ x: number, y: number }[]} markers in pixels
 */
export function townsToName(towns, toPoint, markers) {
    const taken = markers.map((point) => boxAround(point, MARKER_SIZE, MARKER_SIZE));
    return towns.filter(([name, latitude, longitude]) => {
        const width = name.length * LETTER_WIDTH;
        const box = boxAround(toPoint([latitude, longitude]), width, NAME_HEIGHT);
        const free = !taken.some((other) => overlap(box, other));
        if (free) {
            taken.push(box);
        }
        return free;
    });
}

/** Names of towns, in a pane under the markers that lets clicks through. */
export class TownLayer {
    constructor(map) {
        this.map = map;
        this.markers = [];
        this.shown = new Map();
        const pane = map.createPane("towns");
        pane.style.zIndex = 450;
        pane.setAttribute("aria-hidden", "true");
        map.on("zoomend", () => this.draw());
        map.on("markersdrawn", ({latlngs}) => this.draw((this.markers = latlngs)));
        this.draw();
    }

    draw() {
        const zoom = this.map.getZoom();
        const towns = TOWNS.filter(([, , , rank]) => zoom >= TOWN_ZOOM[rank]);
        const toPoint = (latlng) => this.map.latLngToLayerPoint(latlng);
        const named = new Set(townsToName(towns, toPoint, this.markers.map(toPoint)));
        for (const town of TOWNS) {
            this.toggle(town, named.has(town));
        }
    }

    toggle(town, show) {
        if (show && !this.shown.has(town)) {
            this.shown.set(town, this.nameOf(town).addTo(this.map));
        } else if (!show && this.shown.has(town)) {
            this.shown.get(town).remove();
            this.shown.delete(town);
        }
    }

    nameOf([name, latitude, longitude]) {
        const html = document.createElement("span");
        html.textContent = name;
        const icon = L.divIcon({className: "o_wcm_map_town", html, iconSize: [0, 0]});
        const options = {icon, pane: "towns", interactive: false, keyboard: false};
        return L.marker([latitude, longitude], options);
    }
}
