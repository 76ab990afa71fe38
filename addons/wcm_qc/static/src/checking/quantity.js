const QUANTITY = /^([+-]?\d{1,9}(?:[.,]\d{1,6})?)\s*(.*)$/;
export const SEPARATOR = ";";

/** So many texts, empty where a reading is still to come. */
export function readingsOf(text, count) {
    const typed = (text || "").split(SEPARATOR).map((one) => one.trim());
    return Array.from({length: count}, (_, at) => typed[at] || "");
}

/** As the server reads it: parted, without what is still to come at the end. */
export function joined(readings) {
    const last = readings.findLastIndex((one) => one.trim());
    return readings
        .slice(0, last + 1)
        .map((one) => one.trim())
        .join(`${SEPARATOR} `);
}

/**
 * What is typed, in the unit of the checkpoint: null where nothing is, NaN where it is no quantity in it.
 * `units` says how many of that unit each holds; the server, which says it again, does so exactly.
 */
export function quantity(text, units = {"": 1}) {
    if (!text.trim()) {
        return null;
    }
    const [, number, unit] = text.trim().match(QUANTITY) || [];
    const holds = number && units[unit.trim().normalize("NFKC").toLowerCase()];
    return holds ? Number((Number(number.replace(",", ".")) * holds).toPrecision(12)) : NaN;
}

/** Of "17.5 – 18.5 mm". */
export function limitsOf(words) {
    return words.split(" – ").map((limit) => parseFloat(limit));
}
