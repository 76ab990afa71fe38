const DIGITS = 5; // a metre

const round = (degrees) => Number(degrees.toFixed(DIGITS));

/** As the server reads it, see geo.py: `circle 51.45 -2.59 20` or `polygon` and its points. */
export function areaText({kind, centre, km, points}) {
    return kind === "circle"
        ? `circle ${centre.map(round).join(" ")} ${km}`
        : `polygon ${points.map((point) => point.map(round).join(" ")).join(" ")}`;
}

/** @returns {{kind: string, centre?: number[], km?: number, points?: number[][]}} */
export function readArea(text) {
    const [kind, ...words] = text.split(" ");
    const numbers = words.map(Number);
    if (kind === "circle") {
        return {kind, centre: numbers.slice(0, 2), km: numbers[2]};
    }
    const points = [];
    for (let index = 0; index < numbers.length; index += 2) {
        points.push(numbers.slice(index, index + 2));
    }
    return {kind, points};
}

/** The areas that a search asks for. */
export function areasOf(domain, field) {
    return domain
        .filter((leaf) => Array.isArray(leaf) && leaf[0] === field && leaf[1] === "=" && typeof leaf[2] === "string")
        .map(([, , text]) => readArea(text));
}

/** An area as Leaflet draws it; of a polygon that is not finished yet, its line. */
export function shapeOf({kind, centre, km, points}, style) {
    if (kind === "circle") {
        return L.circle(centre, {...style, radius: km * 1000});
    }
    return points.length > 2 ? L.polygon(points, style) : L.polyline(points, style);
}
