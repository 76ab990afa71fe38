const STEPS = {ArrowUp: ["column", -1], ArrowDown: ["column", 1], ArrowLeft: ["row", -1], ArrowRight: ["row", 1]};

/**
 * Arrow keys go from cell to cell, over what is empty in between.
 *
 * @param {HTMLElement} root holds cells with `data-row` and `data-column`
 * @param {KeyboardEvent} ev
 * @returns {HTMLElement|undefined} the cell that has the focus now
 */
export function moveFocus(root, ev) {
    const cell = ev.target.closest("[data-row][data-column]");
    const [kept, step] = STEPS[ev.key] || [];
    if (!step || !cell) {
        return;
    }
    ev.preventDefault();
    const line = [...root.querySelectorAll(`[data-row][data-column][data-${kept}="${cell.dataset[kept]}"]`)];
    const next = line[line.indexOf(cell) + step];
    next?.focus();
    return next;
}
