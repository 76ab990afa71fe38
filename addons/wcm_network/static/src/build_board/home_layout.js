import {sum} from "../plan_pictures/words";

/** Cells of a home as it stands: the roof on the walls on the floor; what has no stage lies beside. */
const TOP_DOWN = ["roof", "walls", "floor", "other"];
export const CELL = 28;
const LABEL = 22;
/** Few blocks are drawn larger, up to so much, and to so many pixels across. */
const LARGEST = 1.6;
const WIDEST = 1000;
/** Of the width: the ridge of the roof. */
const RIDGE = 0.4;

/**
 * @param {Object[]} stages as `wcm.build.board` gives them
 * @param {Number} most columns that the screen has room for
 * @returns {{width: Number, height: Number, scale: Number, shapes: Object[]}} in pixels; each shape holds its `cells`
 */
export function layOut(stages, most) {
    const shown = TOP_DOWN.map((name) => stages.find(({stage}) => stage === name)).filter(Boolean);
    const total = Math.max(...shown.map((stage) => blocksOf(stage).length), 1);
    const columns = Math.min(most, Math.max(8, Math.ceil(Math.sqrt(total * 2))));
    const shapes = [];
    let [top, row] = [0, 0];
    for (const stage of shown) {
        const shape = shapeOf(stage, columns, top + LABEL, row);
        shapes.push(shape);
        top = shape.bottom;
        row += shape.rows;
    }
    return {
        width: columns * CELL,
        height: top + 4,
        shapes,
        scale: Math.max(1, Math.min(LARGEST, WIDEST / (columns * CELL))),
    };
}

function blocksOf({lines}) {
    return lines.flatMap((line) => line.blocks.map((block) => ({block, line})));
}

function shapeOf(stage, columns, top, firstRow) {
    const blocks = blocksOf(stage);
    const widths = stage.stage === "roof" ? roofRows(blocks.length, columns) : plainRows(blocks.length, columns);
    let taken = 0;
    const cells = widths.flatMap((width, row) => {
        const own = blocks.slice(taken, (taken += width));
        const left = stage.stage === "roof" ? (columns - own.length) / 2 : 0;
        return own.map((item, column) => ({
            ...item,
            x: (left + column) * CELL,
            y: top + row * CELL,
            row: firstRow + row,
            column: Math.round(left + column),
        }));
    });
    const {stage: name, label} = stage;
    return {name, label, top, cells, rows: widths.length, bottom: top + widths.length * CELL};
}

/** What there is too much room for is left out at the top. */
function fromTheGround(widths, count) {
    let spare = sum(widths) - count;
    const left = widths.map((width) => {
        const less = Math.min(width, spare);
        spare -= less;
        return width - less;
    });
    return left.filter((width) => width);
}

function plainRows(count, columns) {
    return fromTheGround(
        Array.from({length: Math.ceil(count / columns)}, () => columns),
        count,
    );
}

/** Rows from ridge to eaves, each wider than the one above, as few as hold all of them. */
function roofRows(count, columns) {
    const ridge = Math.max(2, Math.round(columns * RIDGE));
    for (let rows = 1; rows <= count; rows++) {
        const step = (columns - ridge) / Math.max(1, rows - 1);
        const widths = Array.from({length: rows}, (_, row) => Math.round(ridge + row * step));
        if (sum(widths) >= count) {
            return fromTheGround(widths, count);
        }
    }
    return [count];
}
