import {whenReady} from "@odoo/owl";
import {translatedTerms, translationLoaded} from "@web/core/l10n/translation";
import {ClusterLayer} from "../map_canvas/cluster_layer";
import {createMap, loadMapLibraries} from "../map_canvas/map_canvas";
import {lookOfGroups} from "../map_canvas/map_groups";
import {clusterOf, pointOf} from "../map_canvas/mark_rows";
import {outlineLayer} from "../map_canvas/outline_layer";
import {followPopups} from "../map_canvas/popup_focus";
import {ListFollower} from "./list_follower";

const LARGEST_ZOOM = 11;

/** A row of /spaces/points.json as the map draws it. */
function readPoint(row) {
    return {...pointOf(row), town: row[6]};
}

/** What lies in a window, counted where there are too many to send. */
async function readMarks(address, box, zoom) {
    const south = Math.max(box[0], -90);
    const north = Math.min(box[2], 90);
    const [west, east] = [Math.max(box[1], -180), Math.min(box[3], 180)];
    const words = `box=${[south, west, north, east].map((degrees) => degrees.toFixed(4))}&zoom=${zoom}`;
    const answer = await fetch(`${address}&${words}`);
    const {points, clusters, values} = await answer.json();
    return [...points.map(readPoint), ...clusters.map((row) => clusterOf(row, values))];
}

function tag(name, attributes = {}, children = []) {
    const el = Object.assign(document.createElement(name), attributes);
    el.append(...children);
    return el;
}

function linkOf({id, title}, target) {
    return tag("a", {href: `/spaces/${id}`, textContent: title, ...(target ? {target, rel: "noopener"} : {})});
}

function popup(points, groups, target) {
    if (!points.length) {
        return tag("div", {}, [tag("a", {href: "#list", textContent: "Many spaces at one place: see the list"})]);
    }
    if (points.length > 1) {
        return tag(
            "ul",
            {},
            points.map((point) => tag("li", {}, [linkOf(point, target)])),
        );
    }
    const {town, group, approximate} = points[0];
    const where = [town, groups.find(({value}) => value === group)?.label].filter(Boolean).join(" · ");
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

/** Where the page says; else everything that was found. */
function lookAt(map, box, bounds) {
    if (box) {
        const [south, west, north, east] = box.split(",").map(Number);
        const asked = L.latLngBounds([south, west], [north, east]);
        // A little less, so that rounding doesn't cost a step of zoom.
        map.fitBounds(asked.pad(-0.005), {animate: false});
    } else if (bounds) {
        const [south, west, north, east] = bounds;
        const found = L.latLngBounds([south, west], [north, east]);
        map.fitBounds(found, {padding: [30, 30], maxZoom: LARGEST_ZOOM, animate: false});
    }
}

async function start(el) {
    const background = JSON.parse(el.dataset.background);
    const [answer] = await Promise.all([fetch(el.dataset.points), loadMapLibraries()]);
    const {points, bounds, regions, ...content} = await answer.json();
    const groups = lookOfGroups(content.groups);
    // The wheel scrolls the page, as everywhere else on it.
    const map = createMap(el, background, {scrollWheelZoom: false});
    const layer = new ClusterLayer(map, (chosen, latlng) =>
        L.popup({offset: [0, -8]})
            .setLatLng(latlng)
            .setContent(popup(chosen, groups, el.dataset.target))
            .openOn(map),
    );
    followPopups(map);
    lookAt(map, el.dataset.box, bounds);
    if (points) {
        layer.setPoints(points.map(readPoint), groups);
    } else {
        await layer.setSource((box, zoom) => readMarks(el.dataset.points, box, zoom), groups);
    }
    outlineLayer(map, regions).addTo(map);
    showKey(el.parentElement.querySelector(".wcm_key"), groups);
    const follower = new ListFollower(map, el.dataset);
    if (el.dataset.box) {
        // The same place in a window of another shape shows more.
        await follower.follow();
    }
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
