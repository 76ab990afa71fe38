import {loadBundle} from "@web/core/assets";
import {TownLayer} from "./town_layer";

const COASTLINE_URL = "/wcm_mapping/static/lib/coastline/coastline.json";
const BRITISH_ISLES = [
    [49.9, -10.6],
    [59.4, 1.8],
];
const NATURAL_EARTH = `<a href="https://www.naturalearthdata.com" target="_blank" rel="noopener">Natural Earth</a>`;

let coastline;

/** Leaflet and supercluster, on first use; the coastline follows in its own time. */
export async function loadMapLibraries() {
    fetchCoastline();
    await loadBundle("wcm_mapping.map_assets_lazy");
}

/** The land as GeoJSON, or nothing when it cannot be had: a map without land still works. */
function fetchCoastline() {
    coastline ||= fetch(COASTLINE_URL)
        .then((response) => (response.ok ? response.json() : null))
        .catch(() => null);
    return coastline;
}

/**
 * A Leaflet map with its background; loadMapLibraries() comes first.
 *
 * @param {HTMLElement} el its CSS variables --map-land, --map-neighbour and --map-border colour it
 * @param {Object} [background] `tile_url` and `tile_attribution` of the session
 * @param {Object} [options] of Leaflet
 * @returns {L.Map}
 */
export function createMap(el, background = {}, options = {}) {
    const map = L.map(el, {
        // Without tiles any zoom is sharp, so a step can be as small as the eye likes.
        zoomSnap: background.tile_url ? 1 : 0.25,
        minZoom: 3,
        // Closer than this there is nothing to see between the points of a map without tiles.
        maxZoom: background.tile_url ? 18 : 13,
        zoomControl: false,
        ...options,
    });
    map.attributionControl.setPrefix("");
    L.control.zoom({position: "bottomright"}).addTo(map);
    map.fitBounds(BRITISH_ISLES);
    addBackground(map, background);
    return map;
}

function addBackground(map, background) {
    if (background.tile_url) {
        const attribution = background.tile_attribution || "";
        L.tileLayer(background.tile_url, {attribution, maxZoom: 19}).addTo(map);
    } else {
        map.attributionControl.addAttribution(NATURAL_EARTH);
        new TownLayer(map);
        addCoastline(map);
    }
}

async function addCoastline(map) {
    const land = await fetchCoastline();
    // The person may have left while the file was on its way.
    if (land && map.getPane("mapPane")) {
        const style = landStyle(map.getContainer());
        const renderer = L.canvas({padding: 0.5});
        L.geoJSON(land, {style, renderer, interactive: false}).addTo(map);
    }
}

function landStyle(el) {
    const css = getComputedStyle(el);
    const color = (name) => css.getPropertyValue(name).trim();
    return ({properties}) => ({
        stroke: properties.detail === "home",
        color: color("--map-border"),
        weight: 1,
        fillColor: color(properties.detail === "home" ? "--map-land" : "--map-neighbour"),
        fillOpacity: 1,
    });
}
