import {whenReady} from "@odoo/owl";
import {translatedTerms, translationLoaded} from "@web/core/l10n/translation";
import {ClusterLayer} from "../map_canvas/cluster_layer";
import {createMap, loadMapLibraries} from "../map_canvas/map_canvas";
import {groupPoints} from "../map_canvas/map_groups";
import {outlineLayer} from "../map_canvas/outline_layer";

const LARGEST_ZOOM = 11;

/** Rows of /spaces/points.json as the map draws them. */
function readPoints({groups, points}) {
    const labels = new Map(groups);
    return points.map(([id, title, latitude, longitude, group, approximate, path, town]) => ({
        ...{id, title, latitude, longitude, group, approximate, path, town},
        groupLabel: labels.get(group),
    }));
}

function tag(name, attributes = {}, children = []) {
    const el = Object.assign(document.createElement(name), attributes);
    el.append(...children);
    return el;
}

function linkOf({path, title}, target) {
    return tag("a", {href: path, textContent: title, ...(target ? {target, rel: "noopener"} : {})});
}

function popup(points, target) {
    if (points.length > 1) {
        return tag(
            "ul",
            {},
            points.map((point) => tag("li", {}, [linkOf(point, target)])),
        );
    }
    const {town, groupLabel, approximate} = points[0];
    const where = [town, groupLabel].filter(Boolean).join(" · ");
    const lines = [where, approximate && "Shown to about a kilometre"].filter(Boolean);
    return tag("div", {}, [linkOf(points[0], target), ...lines.map((textContent) => tag("div", {textContent}))]);
}

function showKey(el, groups) {
    el.replaceChildren(
        ...groups.map(({code, color, label}) => {
            const pin = tag("span", {className: "o_wcm_map_pin", textContent: code, ariaHidden: "true"});
            pin.style.setProperty("--pin-color", color);
            return tag("li", {}, [pin, label || "Not known"]);
        }),
    );
}

async function start(el) {
    const background = JSON.parse(el.dataset.background);
    const [answer] = await Promise.all([fetch(el.dataset.points), loadMapLibraries()]);
    const content = await answer.json();
    const points = readPoints(content);
    // The wheel scrolls the page, as everywhere else on it.
    const map = createMap(el, background, {scrollWheelZoom: false});
    const layer = new ClusterLayer(map, (chosen, latlng) =>
        L.popup({offset: [0, -8]})
            .setLatLng(latlng)
            .setContent(popup(chosen, el.dataset.target))
            .openOn(map),
    );
    map.on("popupopen", ({popup}) => popup.getElement().querySelector("a[href^='/']").focus({preventScroll: true}));
    if (points.length) {
        const bounds = points.map(({latitude, longitude}) => [latitude, longitude]);
        map.fitBounds(bounds, {padding: [30, 30], maxZoom: LARGEST_ZOOM});
    }
    const groups = groupPoints(points, content.groups);
    layer.setPoints(points, groups);
    outlineLayer(map, content.regions).addTo(map);
    showKey(el.parentElement.querySelector(".wcm_key"), groups);
    el.dataset.ready = "yes";
}

whenReady(() => {
    // These pages load no translations: texts are as the source has them.
    translatedTerms[translationLoaded] = true;
    const el = document.querySelector(".wcm_map");
    if (el) {
        start(el);
    }
});
