const LEFT = 8;
/** For the names of the lines. */
const RIGHT = 92;
const EDGE = 14;

/**
 * Points from left to right, lines at middle and limits, all in pixels.
 *
 * @param {(Number|null)[]} values null where there is no point
 * @param {?{center: Number, lower: Number, upper: Number}} limits
 * @param {Set<Number>} broken numbers of the points that break a rule
 * @param {Number} room width of the screen; many points are wider and scroll
 */
export function layOut(values, limits, broken, room, height) {
    const step = Math.max(12, Math.min(44, (room - LEFT - RIGHT - 2 * EDGE) / Math.max(1, values.length - 1)));
    const shown = [...values.filter((value) => value !== null), ...(limits ? Object.values(limits) : [])];
    const [least, most] = [Math.min(...shown), Math.max(...shown)];
    const scale = (height - 2 * EDGE) / (most - least || 1);
    const y = (value) => height - EDGE - (value - least) * scale;
    const right = Math.max(room - RIGHT, LEFT + 2 * EDGE + step * (values.length - 1));
    const points = values
        .map((value, number) => ({number, value, x: LEFT + EDGE + step * number, isBroken: broken.has(number)}))
        .filter(({value}) => value !== null)
        .map((point) => ({...point, y: y(point.value)}));
    return {
        height,
        right,
        width: right + RIGHT,
        points,
        path: points.map(({x, y: top}) => `${x},${top}`).join(" "),
        lines: limits
            ? apart(["upper", "center", "lower"].map((name) => ({name, value: limits[name], y: y(limits[name])})))
            : [],
    };
}

/** Names of lines that lie close together are written below each other. */
function apart(lines) {
    let last = -Infinity;
    return lines.map((line) => {
        last = Math.max(line.y, last + 13);
        return {...line, textY: last};
    });
}
