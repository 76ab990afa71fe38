/**
 * The corners of an outline, as they are drawn: polygons of rings of [latitude, longitude], each ring open (its
 * first corner is not said again at its end). Nothing here changes what it is given.
 */

/** More corners than a hand can move. */
export const MOST_CORNERS = 400;

/** @returns {number[][][][]} none when the text is no outline */
export function polygonsOf(text) {
    try {
        const {type, coordinates} = geometryOf(JSON.parse(text));
        const polygons = type === "Polygon" ? [coordinates] : coordinates;
        return polygons.map((rings) => rings.map((ring) => ring.slice(0, -1).map(([x, y]) => [y, x])));
    } catch {
        return [];
    }
}

/** A feature's geometry, or what is one already. */
function geometryOf(found) {
    return found.geometry || found;
}

/** GeoJSON; empty when nothing with three corners is left. */
export function textOf(polygons) {
    const coordinates = polygons
        .map((rings) => rings.filter((ring) => ring.length > 2).map(closed))
        .filter((rings) => rings.length);
    return coordinates.length ? JSON.stringify({type: "MultiPolygon", coordinates}) : "";
}

function closed(ring) {
    const corners = ring.map(([y, x]) => [Number(x.toFixed(6)), Number(y.toFixed(6))]);
    return [...corners, corners[0]];
}

export function cornerCount(polygons) {
    return polygons.flat(2).length;
}

function changed(polygons, [polygon, ring], change) {
    return polygons.map((rings, p) => rings.map((r, i) => (p === polygon && i === ring ? change(r) : r)));
}

/** @param {[number, number, number]} at polygon, ring and corner */
export function withCornerMoved(polygons, at, latlng) {
    return changed(polygons, at, (ring) => ring.with(at[2], latlng));
}

export function withCornerAfter(polygons, at, latlng) {
    return changed(polygons, at, (ring) => ring.toSpliced(at[2] + 1, 0, latlng));
}

/** A ring keeps three corners. */
export function withoutCorner(polygons, at) {
    return changed(polygons, at, (ring) => (ring.length > 3 ? ring.toSpliced(at[2], 1) : ring));
}

/** Half way to the next corner. */
export function midway(polygons, [polygon, ring, corner]) {
    const corners = polygons[polygon][ring];
    const [a, b] = [corners[corner], corners[(corner + 1) % corners.length]];
    return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
}

/** The side that a point is nearest to, by the corner that it begins at: [polygon, ring, corner]. */
export function nearestSide(polygons, point) {
    let best = null;
    polygons.forEach((rings, p) =>
        rings.forEach((ring, r) =>
            ring.forEach((corner, c) => {
                const gap = distance(point, corner, ring[(c + 1) % ring.length]);
                best = !best || gap < best.gap ? {gap, at: [p, r, c]} : best;
            }),
        ),
    );
    return best?.at;
}

/** To a side, in degrees of latitude; flat, which is enough to choose. */
function distance([y, x], [y1, x1], [y2, x2]) {
    const shrink = Math.cos((y * Math.PI) / 180);
    const [dx, dy] = [(x2 - x1) * shrink, y2 - y1];
    const [px, py] = [(x - x1) * shrink, y - y1];
    const along = Math.max(0, Math.min(1, (px * dx + py * dy) / (dx * dx + dy * dy || 1)));
    return Math.hypot(px - along * dx, py - along * dy);
}
