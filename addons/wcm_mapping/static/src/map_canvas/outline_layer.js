const PANE = "outlines";

/** The northernmost point of an outline: there a name is least in the way of what lies inside. */
export function topOf(geometry) {
    const points = (geometry.geometry || geometry).coordinates.flat(Infinity);
    let top = [-Infinity, 0];
    for (let index = 0; index < points.length; index += 2) {
        if (points[index + 1] > top[0]) {
            top = [points[index + 1], points[index]];
        }
    }
    return top;
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
