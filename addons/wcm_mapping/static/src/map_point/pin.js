/** Pixels that an arrow key moves a pin; with Shift, further. */
export const STEP = 4;
export const STRIDE = 40;
const ARROWS = {ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0]};

/** Degrees to six places, about ten centimetres. */
export function rounded(degrees) {
    return Math.round(degrees * 1e6) / 1e6;
}

/**
 * Where an arrow key puts a pin, or null when the key is none.
 *
 * @param {L.Map} map
 * @param {L.LatLng} latlng
 * @param {string} key
 * @param {boolean} far
 */
export function moved(map, latlng, key, far) {
    const arrow = ARROWS[key];
    if (!arrow) {
        return null;
    }
    const step = far ? STRIDE : STEP;
    const {x, y} = map.latLngToContainerPoint(latlng);
    return map.containerPointToLatLng([x + arrow[0] * step, y + arrow[1] * step]);
}
