/** Rows of one page of the list beside the map; the server's LIST_PAGE. */
export const LIST_PAGE = 40;

const KM_PER_DEGREE = 111.195;

export function inBox({latitude, longitude}, [south, west, north, east]) {
    return south <= latitude && latitude <= north && west <= longitude && longitude <= east;
}

/** Great-circle distance as on a plane: right to a percent over the width of a country. */
export function distanceKm({latitude, longitude}, [north, east]) {
    const squeeze = Math.cos((((latitude + north) / 2) * Math.PI) / 180);
    return KM_PER_DEGREE * Math.hypot(latitude - north, (longitude - east) * squeeze);
}

/**
 * One page of points by name, or by distance where a centre is given.
 *
 * @returns {{ length: number, points: Object[] }}
 */
export function listPoints(points, centre, offset) {
    const measured = points.map((point) => ({...point, km: centre ? distanceKm(point, centre) : null}));
    const order = centre
        ? (a, b) => a.km - b.km
        : (a, b) => a.title.localeCompare(b.title, undefined, {numeric: true}) || a.id - b.id;
    return {length: points.length, points: measured.sort(order).slice(offset, offset + LIST_PAGE)};
}
