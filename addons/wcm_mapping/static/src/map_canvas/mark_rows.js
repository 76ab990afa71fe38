/** A row of a point as models/base.py sends it; what a page adds to it comes after. */
export function pointOf([id, latitude, longitude, title, group, approximate]) {
    return {id, latitude, longitude, title, group, approximate};
}

/**
 * A row of a cluster: a place, then counts by the position of the group's value.
 *
 * @param {Array} row
 * @param {Array} values
 * @param {Array} [hidden] values that are not counted
 */
export function clusterOf([latitude, longitude, ...numbers], values, hidden = []) {
    const seen = numbers.map((number, index) => (hidden.includes(values[index]) ? 0 : number));
    const counts = Object.fromEntries(values.map((value, index) => [value, seen[index]]));
    return {latitude, longitude, counts, total: seen.reduce((sum, number) => sum + number, 0)};
}
