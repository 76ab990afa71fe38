import {describe, expect, test} from "@odoo/hoot";
import {WeekSheet} from "@wcm_mapping/week_grid/week_sheet";

describe.current.tags("headless");

const cell = (values = {}) => ({possible: 70, usual: 35, typed: null, taken: 0, ...values});
const sheetOf = (...cells) => {
    const row = {id: 7, name: "Routing", cells};
    const weeks = cells.map((_cell, number) => `2030-01-0${number + 1}`);
    return [new WeekSheet({weeks, rows: [row]}), row];
};

test("an empty week offers what is usual", () => {
    const [sheet, row] = sheetOf(cell());
    expect(sheet.offered(row, 0)).toBe(35);
    expect(sheet.changes).toEqual([]);
});

test("what is typed is sent with what stood there", () => {
    const [sheet, row] = sheetOf(cell({typed: 20}));
    sheet.type(row, 0, "12,5");
    expect(sheet.changes).toEqual([{capability_id: 7, week: "2030-01-01", hours: 12.5, seen: 20}]);
});

test("a week that is emptied goes back to what is usual", () => {
    const [sheet, row] = sheetOf(cell({typed: 20}));
    sheet.type(row, 0, "");
    expect(sheet.changes[0].hours).toBe(null);
});

test("what cannot be offered is named", () => {
    const [sheet, row] = sheetOf(cell({taken: 12}));
    for (const [text, problem] of [
        ["ten", "number"],
        ["-1", "negative"],
        ["71", "machines"],
        ["11", "taken"],
        ["12", ""],
        ["", ""],
    ]) {
        sheet.type(row, 0, text);
        expect(sheet.problem(row, 0)).toBe(problem);
    }
});

test("a week is copied over those after it, as far as their machines work", () => {
    const [sheet, row] = sheetOf(cell(), cell({typed: 50}), cell(), cell({possible: 28}));
    sheet.copyOver(row, 1);
    expect(sheet.changes.map(({hours}) => hours)).toEqual([50, 28]);
});

test("the week before is copied", () => {
    const [sheet, row] = sheetOf(cell({typed: 0}), cell());
    sheet.copyLast(row, 1);
    expect(sheet.text(row, 1)).toBe("0");
});

test("undo takes back what was typed at a stretch, and copies as one step", () => {
    const [sheet, row] = sheetOf(cell(), cell(), cell());
    sheet.type(row, 0, "4");
    sheet.type(row, 0, "42");
    sheet.copyOver(row, 0);
    sheet.undo();
    expect(sheet.changes.map(({hours}) => hours)).toEqual([42]);
    sheet.undo();
    expect(sheet.changes).toEqual([]);
});

test("what was saved can still be undone", () => {
    const [sheet, row] = sheetOf(cell());
    sheet.type(row, 0, "10");
    sheet.renew({weeks: sheet.weeks, rows: [{...row, cells: [cell({typed: 10})]}]});
    expect(sheet.changes).toEqual([]);
    sheet.undo();
    expect(sheet.changes).toEqual([{capability_id: 7, week: "2030-01-01", hours: null, seen: 10}]);
});

test("what is typed while it is saved stays, to be saved next", () => {
    const [sheet, row] = sheetOf(cell(), cell());
    sheet.type(row, 0, "10");
    const sent = {...sheet.texts};
    sheet.type(row, 1, "12");
    sheet.renew({weeks: sheet.weeks, rows: [{...row, cells: [cell({typed: 10}), cell()]}]}, sent);
    expect(sheet.changes).toEqual([{capability_id: 7, week: "2030-01-02", hours: 12, seen: null}]);
});
