import {describe, expect, test} from "@odoo/hoot";
import {clusterRing} from "@wcm_mapping/map_canvas/cluster_layer";
import {topOf} from "@wcm_mapping/map_canvas/outline_layer";
import {groupPoints, lookOfGroups, NO_GROUP, SCALE_COLORS, shortCodes} from "@wcm_mapping/map_canvas/map_groups";
import {townsToName} from "@wcm_mapping/map_canvas/town_layer";

describe.current.tags("headless");

const KINDS = [
    ["charity", "Charity"],
    ["cooperative", "Co-operative"],
    ["sme", "Small or medium company"],
];

test("two letters tell every group from every other", () => {
    expect(shortCodes(["Charity", "Co-operative", "Small or medium company"])).toEqual(["CH", "CO", "SM"]);
    expect(shortCodes(["Community business", "Cabinet builder", "Cb"])).toEqual(["CB", "CA", "2"]);
});

test("the key lists the groups that occur, in the order of the selection", () => {
    const groups = groupPoints([{group: "sme"}, {group: "charity"}, {group: "sme"}], KINDS);
    expect(groups.map(({value, count}) => [value, count])).toEqual([
        ["charity", 1],
        ["sme", 2],
    ]);
});

test("a group keeps its colour and letters when others are filtered away", () => {
    const all = groupPoints([{group: "charity"}, {group: "sme"}], KINDS);
    const [alone] = groupPoints([{group: "sme"}], KINDS);
    expect([alone.color, alone.code]).toEqual([all[1].color, all[1].code]);
});

test("what has no group comes last, under a colour of its own", () => {
    const groups = groupPoints([{group: false}, {group: "sme"}], KINDS);
    expect(groups.at(-1)).toEqual({...NO_GROUP, count: 1});
});

test("records of a many2one are grouped by name", () => {
    const groups = groupPoints([
        {group: 7, groupLabel: "Dorset"},
        {group: 3, groupLabel: "Bristol"},
    ]);
    expect(groups.map(({label}) => label)).toEqual(["Bristol", "Dorset"]);
});

test("the ring of a cluster shares itself out by group", () => {
    const groups = [
        {value: "a", color: "red"},
        {value: "b", color: "blue"},
        {value: "c", color: "green"},
    ];
    expect(clusterRing({a: 1, c: 3}, groups, 4)).toBe("conic-gradient(red 0.0% 25.0%, green 25.0% 100.0%)");
});

test("no town is named over a marker or over a greater town", () => {
    const towns = [
        ["Bristol", 0, 0, 1],
        ["Bath", 5, 0, 2],
        ["Leeds", 200, 0, 2],
        ["Hull", 400, 0, 2],
    ];
    const named = townsToName(towns, ([x, y]) => ({x, y}), [{x: 400, y: 10}]);
    expect(named.map(([name]) => name)).toEqual(["Bristol", "Leeds"]);
});

test("a scale has its numbers in the pins and colours of its own", () => {
    const groups = lookOfGroups([
        [0, "Under 1 h", 3, "<1"],
        [1, "1 h or more", 2, "1+"],
    ]);
    expect(groups.map(({code, color}) => [code, color])).toEqual([
        ["<1", SCALE_COLORS[0]],
        ["1+", SCALE_COLORS[1]],
    ]);
});

test("an outline is named at its northernmost point", () => {
    const coordinates = [[[0, 50], [1, 52], [2, 51], [0, 50]]]; // prettier-ignore
    expect(topOf({type: "Polygon", coordinates})).toEqual([52, 1]);
    const feature = {type: "Feature", geometry: {type: "MultiPolygon", coordinates: [coordinates]}};
    expect(topOf(feature)).toEqual([52, 1]);
    expect(topOf({type: "FeatureCollection", features: [feature]})).toEqual([52, 1]);
});
