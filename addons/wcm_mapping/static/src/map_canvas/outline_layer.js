const PANE = "outlines";

/** [longitude, latitude] of every corner in GeoJSON of any kind. */
function cornersOf({features, geometries, geometry, coordinates}) {
    const parts = features || geometries || (geometry ? [geometry] : null);
    return parts ? parts.flatMap(cornersOf) : pairsIn(coordinates);
}

function pairsIn(coordinates) {
    return typeof coordinates[0] === "number" ? [coordinates] : coordinates.flatMap(pairsIn);
}

/** The northernmost point of an outline: there a name is least in the way of what lies inside. */
export function topOf(outline) {
    const [longitude, latitude] = cornersOf(outline).reduce((top, corner) => (corner[1] > top[1] ? corner : top));
    return [latitude, longitude];
}

function nameAt(title, latlng) {
    const html = document.createElement("span");
    html.textContent = title;
    const icon = L.divIcon({className: "o_wcm_map_outline_name", html, iconSize: [0, 0]});
    return L.marker(latlng, {icon, pane: PANE, interactive: false, keyboard: false});
}

/**
 * Outlines with their names, between the land and the markers; clicks go through them.
 *
 * @param {L.Map} map
 * @param {[number, string, Object][]} rows id, title and GeoJSON geometry
 * @returns {L.LayerGroup}
 */
export function outlineLayer(map, rows) {
    if (!map.getPane(PANE)) {
        map.createPane(PANE).classList.add("o_wcm_map_outlines");
    }
    const color = getComputedStyle(map.getContainer()).getPropertyValue("--map-outline").trim();
    const style = {color, weight: 2, dashArray: "6 4", fill: false};
    const outlines = rows.map(([, , geometry]) => L.geoJSON(geometry, {style, pane: PANE, interactive: false}));
    const names = rows.map(([, title, geometry]) => nameAt(title, topOf(geometry)));
    return L.layerGroup([...outlines, ...names]);
}
