import {describe, expect, test} from "@odoo/hoot";
import {
    cornerCount,
    midway,
    nearestSide,
    polygonsOf,
    textOf,
    withCornerAfter,
    withCornerMoved,
    withoutCorner,
} from "@wcm_mapping/outline_field/rings";

describe.current.tags("headless");

const SQUARE = [
    [51, -3],
    [51, -2],
    [52, -2],
    [52, -3],
];
const TEXT = '{"type":"MultiPolygon","coordinates":[[[[-3,51],[-2,51],[-2,52],[-3,52],[-3,51]]]]}';

test("GeoJSON is drawn with latitude first and open rings, and goes back as it came", () => {
    expect(polygonsOf(TEXT)).toEqual([[SQUARE]]);
    expect(textOf(polygonsOf(TEXT))).toBe(TEXT);
});

test("a polygon and a feature are outlines too; what is none is empty", () => {
    const coordinates = JSON.parse(TEXT).coordinates[0];
    const geometry = {type: "Polygon", coordinates};
    expect(polygonsOf(JSON.stringify(geometry))).toEqual([[SQUARE]]);
    expect(polygonsOf(JSON.stringify({type: "Feature", geometry}))).toEqual([[SQUARE]]);
    expect(polygonsOf("{")).toEqual([]);
    expect(polygonsOf(false)).toEqual([]);
});

test("two corners are no outline yet", () => {
    expect(textOf([[SQUARE.slice(0, 2)]])).toBe("");
});

test("a corner moves, comes and goes without changing what was there", () => {
    const before = [[SQUARE]];
    expect(withCornerMoved(before, [0, 0, 1], [51.5, -1.5])[0][0][1]).toEqual([51.5, -1.5]);
    expect(cornerCount(withCornerAfter(before, [0, 0, 3], [51.5, -3.2]))).toBe(5);
    expect(cornerCount(withoutCorner(before, [0, 0, 0]))).toBe(3);
    expect(before).toEqual([[SQUARE]]);
});

test("a ring keeps three corners", () => {
    expect(cornerCount(withoutCorner([[SQUARE.slice(1)]], [0, 0, 0]))).toBe(3);
});

test("a new corner goes into the side that it is nearest to", () => {
    expect(nearestSide([[SQUARE]], [51.5, -1.9])).toEqual([0, 0, 1]);
    expect(nearestSide([[SQUARE]], [51.5, -3.2])).toEqual([0, 0, 3]);
    expect(midway([[SQUARE]], [0, 0, 3])).toEqual([51.5, -3]);
});
