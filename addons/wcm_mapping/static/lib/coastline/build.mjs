/**
 * Cuts the background of the map out of Natural Earth: the British Isles in fine
 * detail, their neighbours in coarse detail, as one GeoJSON file.
 *
 *   npm install --no-save world-atlas@2.0.2 topojson-client@3.1.0 topojson-simplify@3.0.3
 *   node build.mjs
 *
 * Bends smaller than `area` (square degrees, after Visvalingam) are straightened on
 * the topology, so that shared borders keep fitting; coordinates are rounded to 0.001
 * degrees (about 100 m) for the British Isles and 0.01 (about 1 km) for the neighbours.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { feature } = require("topojson-client");
const { presimplify, simplify } = require("topojson-simplify");

// Country codes of ISO 3166-1 numeric, which is how world-atlas names them.
const HOME = ["826", "372", "833", "832", "831"]; // GB, IE, IM, JE, GG
const NEIGHBOURS = [
    ...["250", "056", "528", "442", "276", "208", "578", "752", "724", "620"], // FR BE NL LU DE DK NO SE ES PT
    ...["756", "040", "380", "203", "616", "705", "191", "234", "352"], // CH AT IT CZ PL SI HR FO IS
];
const WINDOW = { west: -25, south: 40, east: 20, north: 67 };

const SIDES = [
    { inside: ([x]) => x >= WINDOW.west, cut: (a, b) => crossing(a, b, 0, WINDOW.west) },
    { inside: ([x]) => x <= WINDOW.east, cut: (a, b) => crossing(a, b, 0, WINDOW.east) },
    { inside: ([, y]) => y >= WINDOW.south, cut: (a, b) => crossing(a, b, 1, WINDOW.south) },
    { inside: ([, y]) => y <= WINDOW.north, cut: (a, b) => crossing(a, b, 1, WINDOW.north) },
];

/** The point where the line a-b meets the side `axis = value` of the window. */
function crossing(a, b, axis, value) {
    const share = (value - a[axis]) / (b[axis] - a[axis]);
    const point = [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])];
    point[axis] = value;
    return point;
}

/** One side of Sutherland-Hodgman clipping. */
function clipSide(ring, { inside, cut }) {
    return ring.flatMap((point, i) => {
        const before = ring.at(i - 1);
        const kept = inside(point) ? [point] : [];
        return inside(point) === inside(before) ? kept : [cut(before, point), ...kept];
    });
}

function roundRing(ring, decimals) {
    const rounded = ring.map((point) => point.map((n) => Number(n.toFixed(decimals))));
    return rounded.filter((point, i) => String(point) !== String(rounded.at(i - 1)));
}

function cutRing(ring, decimals) {
    const open = ring.slice(0, -1);
    const kept = roundRing(SIDES.reduce(clipSide, open), decimals);
    return kept.length > 2 ? [...kept, kept[0]] : null;
}

function cutPolygons({ type, coordinates }, decimals) {
    const polygons = type === "Polygon" ? [coordinates] : coordinates;
    return polygons
        .map((rings) => rings.map((ring) => cutRing(ring, decimals)).filter(Boolean))
        .filter((rings) => rings.length);
}

function land({ file, codes, detail, area, decimals }) {
    const world = JSON.parse(readFileSync(require.resolve(`world-atlas/${file}`)));
    const atlas = simplify(presimplify(world), area);
    const countries = feature(atlas, atlas.objects.countries).features;
    const coordinates = countries
        .filter(({ id }) => codes.includes(id))
        .flatMap(({ geometry }) => cutPolygons(geometry, decimals));
    return {
        type: "Feature",
        properties: { detail },
        geometry: { type: "MultiPolygon", coordinates },
    };
}

const collection = {
    type: "FeatureCollection",
    source: "Natural Earth 4.1 (public domain) by way of world-atlas 2.0.2",
    features: [
        land({
            file: "countries-50m.json",
            codes: NEIGHBOURS,
            detail: "neighbour",
            area: 0.003,
            decimals: 2,
        }),
        land({
            file: "countries-10m.json",
            codes: HOME,
            detail: "home",
            area: 0.00006,
            decimals: 3,
        }),
    ],
};
writeFileSync(new URL("coastline.json", import.meta.url), JSON.stringify(collection) + "\n");
