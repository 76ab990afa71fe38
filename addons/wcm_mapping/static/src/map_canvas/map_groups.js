/**
 * Colours of groups, each dark enough for white letters (4.5:1). Nothing relies on
 * colour alone: every group has letters of its own too.
 */
export const GROUP_COLORS = [
    "#1b6f8a",
    "#a8450f",
    "#3d7a1f",
    "#7b3f9e",
    "#b3254d",
    "#0b7a6b",
    "#7a5f00",
    "#4f4bb5",
    "#8a4b3a",
    "#3f5573",
];
/** A scale from little to much, as dark; its numbers stand in the pins. */
export const SCALE_COLORS = ["#9b2d1f", "#8a5a00", "#4d7211", "#0b7a6b", "#084f7a", "#2f2a7a"];
export const NO_GROUP = {value: false, code: "•", color: "#5f6b76"};

/** Candidates for the two letters of a name: initials first, then its other letters. */
function codesOf(label) {
    const all = label.toUpperCase().match(/[\p{L}\p{N}]+/gu) || ["?"];
    const words = all.filter((word, index) => !index || word.length > 2); // not "or", "of"
    const letters = words.join("");
    const initials = words.length > 1 ? [words[0][0] + words[1][0]] : [];
    return [...initials, ...[...letters.slice(1)].map((letter) => letters[0] + letter), letters];
}

/**
 * Two letters for each label, no two the same.
 *
 * @param {string[]} labels
 * @returns {string[]}
 */
export function shortCodes(labels) {
    const taken = new Set();
    return labels.map((label, index) => {
        const code = codesOf(label).find((code) => !taken.has(code)) || String(index);
        taken.add(code);
        return code;
    });
}

/**
 * What the key of the map lists: the choices that occur, each with a colour and letters that don't
 * change when a filter hides others of a selection.
 *
 * @param {[any, string, number, string?][]} choices value, label, count and letters of its own, in order
 * @returns {{ value: any, label: string, code: string, color: string, count: number }[]}
 */
export function lookOfGroups(choices) {
    const named = choices.filter(([value, label]) => value !== NO_GROUP.value || label);
    const codes = shortCodes(named.map(([, label]) => label));
    const groups = named.map(([value, label, count, code], index) => ({
        value,
        label,
        code: code || codes[index],
        color: colorAt(index, named.every(([, , , own]) => own) ? SCALE_COLORS : GROUP_COLORS),
        count,
    }));
    const [, , without = 0] = choices.find((choice) => !named.includes(choice)) || [];
    return [...groups, {...NO_GROUP, count: without}].filter(({count}) => count);
}

function colorAt(index, colors) {
    return colors[index % colors.length];
}

/**
 * The same from points: all values of a selection in its own order, or records of a many2one by name.
 *
 * @param {Object[]} points with `group` (a value) and `groupLabel`
 * @param {[any, string][]} [selection] of the field
 */
export function groupPoints(points, selection) {
    const counts = new Map();
    for (const {group} of points) {
        counts.set(group, (counts.get(group) || 0) + 1);
    }
    const choices = [...(selection || choicesOf(points)), [NO_GROUP.value, ""]];
    return lookOfGroups(choices.map(([value, label]) => [value, label, counts.get(value) || 0]));
}

function choicesOf(points) {
    const labels = new Map(points.map(({group, groupLabel}) => [group, groupLabel]));
    labels.delete(false);
    return [...labels].sort(([, a], [, b]) => a.localeCompare(b));
}
