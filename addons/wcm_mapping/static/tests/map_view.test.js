import {expect, test} from "@odoo/hoot";
import {advanceTime, animationFrame, press, queryAllTexts, waitFor} from "@odoo/hoot-dom";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {areasOf, areaText, readArea} from "@wcm_mapping/map_draw/area";
import {listPoints} from "@wcm_mapping/map_view/map_points";
import {
    contains,
    defineModels,
    fields,
    makeServerError,
    mockService,
    models,
    mountView,
    onRpc,
    preloadBundle,
    toggleMenuItem,
    toggleSearchBarMenu,
} from "@web/../tests/web_test_helpers";
import {Domain} from "@web/core/domain";

const RECORDS = [
    {id: 1, name: "Knowle West", lat: 51.42, lng: -2.59, kind: "charity"},
    {id: 2, name: "Kendal", lat: 54.33, lng: -2.74, kind: "sme", rough: true},
    {id: 3, name: "Kendal too", lat: 54.33, lng: -2.74, kind: "sme"},
    {id: 4, name: "Nowhere", lat: 0, lng: 0, kind: "sme"},
];

class Space extends models.Model {
    name = fields.Char();
    lat = fields.Float();
    lng = fields.Float();
    kind = fields.Selection({
        selection: [
            ["charity", "Charity"],
            ["sme", "Small company"],
        ],
    });
    rough = fields.Boolean();
    area = fields.Char();

    _records = RECORDS;

    _views = {
        wcm_map: `
            <wcm_map latitude="lat" longitude="lng" title="name" color="kind" area="area" approximate="rough">
                <field name="rough" widget="badge" string="Approximate place" invisible="not rough"/>
                <field name="lat" invisible="1"/>
                <field name="lng" invisible="1"/>
                <field name="name" invisible="1"/>
                <field name="kind"/>
                <layer name="areas" string="Areas" model="space" outline="name" title="name"/>
                <layer name="sites" string="Sites" model="space" latitude="lat" longitude="lng" title="name"/>
                <color name="hours" string="Free hours" model="space" weeks="4"/>
            </wcm_map>`,
        search: `
            <search>
                <filter name="charities" domain="[('kind', '=', 'charity')]"/>
                <filter name="lost" domain="[('name', '=', 'Nowhere')]"/>
                <filter name="none" domain="[('name', '=', 'No such')]"/>
                <filter name="by_rough" string="Rough" context="{'group_by': 'rough'}"/>
            </search>`,
    };
}

defineMailModels();
defineModels([Space]);
preloadBundle("wcm_mapping.map_assets_lazy");
onRpc("/wcm_mapping/static/lib/coastline/coastline.json", () => null, {pure: true});

const KINDS = [
    ["charity", "Charity"],
    ["sme", "Small company"],
];

/** What models/base.py answers, on the records above. */
function found({domain}) {
    return RECORDS.filter((record) => new Domain(domain || []).contains({...record, rough: Boolean(record.rough)}));
}

function open({domain, color}) {
    const records = found({domain});
    const placed = records.filter(({lat, lng}) => lat || lng);
    const choices =
        color === "kind"
            ? KINDS
            : [
                  [true, "Yes"],
                  [false, "No"],
              ];
    return {
        placed: placed.length,
        missing: records.length - placed.length,
        bounds: placed.length ? [51.42, -2.74, 54.33, -2.59] : null,
        groups: choices.map(([value, label]) => [
            value,
            label,
            placed.filter((r) => (r[color] || false) === value).length,
        ]),
        points: placed.map((r) => [r.id, r.lat, r.lng, r.name, r[color] || false, Boolean(r.rough)]),
    };
}

onRpc("space", "wcm_map_open", ({kwargs}) => open(kwargs));
onRpc("res.users.settings", "set_res_users_settings", () => ({}));

function mountMap(context = {}, props = {}) {
    return mountView({type: "wcm_map", resModel: "space", context, ...props});
}

const PIN = ".leaflet-marker-icon .o_wcm_map_pin";
const CLUSTER = ".leaflet-marker-icon .o_wcm_map_cluster";

test("points that stand apart are pins, those that share a place are a counted cluster", async () => {
    await mountMap();
    expect(queryAllTexts(PIN)).toEqual(["CH"]);
    expect(queryAllTexts(CLUSTER)).toEqual(["2"]);
});

test("it says how many are on the map, and lists the others on request", async () => {
    mockService("action", {
        doAction: ({domain}) => expect.step(JSON.stringify(domain)),
    });
    await mountMap();
    expect(".o_wcm_map_count").toHaveText(/3 on the map.*1 without a place/s);
    await contains(".o_wcm_map_missing").click();
    expect.verifySteps([`["&",["lat","=",0],["lng","=",0]]`]);
});

test.tags("desktop");
test("the key names the groups, and hides one when it is clicked", async () => {
    await mountMap();
    expect(queryAllTexts(".o_wcm_map_group .o_wcm_map_pin")).toEqual(["CH", "SC"]);
    await contains(".o_wcm_map_group:contains(Small company)").click();
    await animationFrame();
    expect(CLUSTER).toHaveCount(0);
    expect(".o_wcm_map_group[aria-pressed=false]").toHaveCount(1);
    await contains(".o_wcm_map_group:contains(Small company)").click();
    await animationFrame();
    expect(CLUSTER).toHaveCount(1);
});

test("a filter of the search view filters the map", async () => {
    await mountMap({search_default_charities: 1});
    expect(CLUSTER).toHaveCount(0);
    expect(PIN).toHaveCount(1);
});

test("a pin opens a pop-up, and the pop-up the record", async () => {
    await mountMap({}, {selectRecord: (id) => expect.step(`open ${id}`)});
    await contains(PIN).click();
    await waitFor(".o_wcm_map_popup dd:contains(Charity)");
    expect(".o_wcm_map_popup").toHaveText(/Knowle West/);
    await contains(".o_wcm_map_popup .o_wcm_map_open").click();
    expect.verifySteps(["open 1"]);
});

test("a cluster that no zoom can part lists its records", async () => {
    await mountMap();
    await contains(CLUSTER).click();
    expect(queryAllTexts(".o_wcm_map_list button")).toEqual(["Kendal", "Kendal too"]);
    await contains(".o_wcm_map_list button:contains(Kendal):first").click();
    await waitFor(".o_wcm_map_popup .badge");
    expect(".o_wcm_map_popup .badge").toHaveText("Approximate place");
});

test("nothing found says so, over a map that still stands", async () => {
    await mountMap({search_default_none: 1}, {noContentHelp: "Add a space"});
    expect(".o_view_nocontent").toHaveText("Add a space");
    expect(".o_wcm_map_canvas.leaflet-container").toHaveCount(1);
});

test("when all that was found lacks a place, the count still leads there", async () => {
    await mountMap({search_default_lost: 1});
    expect(".o_view_nocontent").toHaveCount(0);
    expect(".o_wcm_map_missing").toHaveText("1 without a place");
});

test("a group-by of the search colours the pins", async () => {
    await mountMap({search_default_by_rough: 1});
    expect(queryAllTexts(PIN)).toEqual(["NO"]);
});

test.tags("desktop");
test("the list beside the map holds what is in sight, by name or by distance", async () => {
    await mountMap();
    await waitFor(".o_wcm_map_in_view:contains(3 in view)");
    expect(queryAllTexts(".o_wcm_map_row .text-truncate")).toEqual(["Kendal", "Kendal too", "Knowle West"]);
    await contains(".o_wcm_map_sheet select").select("distance");
    expect(queryAllTexts(".o_wcm_map_row .text-muted").every((text) => text.endsWith("km"))).toBe(true);
    await contains(".o_wcm_map_group:contains(Small company)").click();
    await waitFor(".o_wcm_map_in_view:contains(1 in view)");
});

test.tags("desktop");
test("a row of the list points at its pin and opens its pop-up", async () => {
    await mountMap();
    await contains(".o_wcm_map_row:contains(Knowle West)").focus();
    expect(".o_wcm_map_highlight .o_wcm_map_pin").toHaveText("CH");
    await contains(".o_wcm_map_row:contains(Knowle West)").click();
    await waitFor(".o_wcm_map_popup dd:contains(Charity)");
});

test.tags("mobile");
test("on a phone the list is a sheet under the map", async () => {
    await mountMap();
    await waitFor(".o_wcm_map_sheet:contains(3 in view)");
    expect(".o_wcm_map_row").toHaveCount(0);
    await contains(".o_wcm_map_sheet_toggle").click();
    expect(".o_wcm_map_row").toHaveCount(3);
});

test("more than can be sent comes counted, and is asked for by window", async () => {
    onRpc("space", "wcm_map_open", ({kwargs}) => ({...open(kwargs), points: null}));
    onRpc("space", "wcm_map_marks", ({kwargs}) => {
        expect.step(`marks ${kwargs.box.length} ${Number.isInteger(kwargs.zoom)}`);
        return {
            points: [[1, 51.42, -2.59, "Knowle West", "charity", false]],
            clusters: [[54.33, -2.74, 800, 200]],
            values: ["sme", "charity"],
        };
    });
    onRpc("space", "wcm_map_list", () => ({
        length: 1001,
        rows: [[1, 51.42, -2.59, "Knowle West", "charity", false, null]],
    }));
    await mountMap();
    await waitFor(CLUSTER);
    expect(queryAllTexts(CLUSTER)).toEqual(["1000"]);
    expect(queryAllTexts(PIN)).toEqual(["CH"]);
    await waitFor(".o_wcm_map_in_view:contains(1,001 in view)");
    expect.verifySteps(["marks 4 true"]);
});

/** More than can be sent: one place alone, and a cluster that the server has counted. */
function mountMany() {
    onRpc("space", "wcm_map_open", ({kwargs}) => ({...open({...kwargs, color: "kind"}), points: null}));
    onRpc("space", "wcm_map_list", () => ({length: 0, rows: []}));
    return mountMap();
}

const marksOf = (group) => ({
    points: [[1, 51.42, -2.59, "Knowle West", group, false]],
    clusters: [[54.33, -2.74, 800, 200]],
    values: ["sme", "charity"],
});

test("a place that stands alone among counted ones is coloured anew too", async () => {
    onRpc("space", "wcm_map_marks", ({kwargs}) => marksOf(kwargs.color.name ? "sme" : "charity"));
    await mountMany();
    await waitFor(`${PIN}:contains(CH)`);
    await contains(".o_wcm_map_layers button").click();
    await contains(".o_wcm_map_layers label:contains(Free hours) input").click();
    await waitFor(`${PIN}:contains(SC)`);
    expect(queryAllTexts(PIN)).toEqual(["SC"]);
});

test("a window that could not be read is asked for again, and the map does not stay busy", async () => {
    expect.errors(1);
    let works = false;
    onRpc("space", "wcm_map_marks", () => {
        if (!works) {
            throw makeServerError({message: "Try again"});
        }
        return marksOf("charity");
    });
    await mountMany();
    await waitFor(".o_error_dialog");
    await contains(".o_error_dialog button:contains(Close)").click();
    expect(".o_wcm_map_canvas").not.toHaveAttribute("aria-busy");
    works = true;
    await contains(".leaflet-control-zoom-out").click();
    await advanceTime(500); // while the map zooms
    await waitFor(CLUSTER);
    expect.verifyErrors(["RPC_ERROR"]);
});

test.tags("desktop");
test("a pop-up takes the focus, and gives it back when Escape closes it", async () => {
    await mountMap();
    await contains(".o_wcm_map_row:contains(Knowle West)").focus();
    await press("Enter");
    await waitFor(".o_wcm_map_popup dd:contains(Charity)");
    expect(".o_wcm_map_open").toBeFocused();
    await press("Escape");
    expect(".o_wcm_map_row:contains(Knowle West)").toBeFocused();
});

test("a pop-up of a record that was deleted meanwhile says so", async () => {
    onRpc("space", "web_read", () => []);
    await mountMap();
    await contains(PIN).click();
    await waitFor(".o_wcm_map_popup:contains(deleted)");
    expect(".o_wcm_map_open").toHaveCount(0);
});

const AREA = {type: "Polygon", coordinates: [[[-3, 51], [-2, 51], [-2, 52], [-3, 51]]]}; // prettier-ignore

test("layers are switched on and off: outlines with names, places that open", async () => {
    onRpc("space", "wcm_map_layer", ({args: [name]}) =>
        name === "areas" ? [[1, "Avon", AREA]] : [[7, "Hope Rise", 51.46, -2.54]],
    );
    mockService("action", {doAction: ({res_id}) => expect.step(`open ${res_id}`)});
    await mountMap();
    await contains(".o_wcm_map_layers button").click();
    await contains(".o_wcm_map_layers input[name=areas]").click();
    await waitFor(".o_wcm_map_outline_name:contains(Avon)");
    await contains(".o_wcm_map_layers input[name=areas]").click();
    await animationFrame();
    expect(".o_wcm_map_outline_name").toHaveCount(0);
    await contains(".o_wcm_map_layers input[name=sites]").click();
    await waitFor("[role=button][aria-label='Hope Rise (Sites)']");
    await contains(".o_wcm_map_place").click();
    await contains(".o_wcm_map_popup .o_wcm_map_open").click();
    expect.verifySteps(["open 7"]);
});

test("a layer that could not be read is asked for again when it is switched on again", async () => {
    expect.errors(1);
    let works = false;
    onRpc("space", "wcm_map_layer", () => {
        if (!works) {
            throw makeServerError({message: "Try again"});
        }
        return [[1, "Avon", AREA]];
    });
    await mountMap();
    await contains(".o_wcm_map_layers button").click();
    await contains(".o_wcm_map_layers input[name=areas]").click();
    await waitFor(".o_error_dialog");
    await contains(".o_error_dialog button:contains(Close)").click();
    works = true;
    await contains(".o_wcm_map_layers input[name=areas]").click();
    await contains(".o_wcm_map_layers input[name=areas]").click();
    await waitFor(".o_wcm_map_outline_name:contains(Avon)");
    expect.verifyErrors(["RPC_ERROR"]);
});

test.tags("desktop");
test("what is hidden of one colouring hides nothing of another", async () => {
    await mountMap({}, {searchMenuTypes: ["filter", "groupBy"]});
    await contains(".o_wcm_map_group:contains(Charity)").click();
    expect(".o_wcm_map_group[aria-pressed=false]").toHaveCount(1);
    await toggleSearchBarMenu();
    await toggleMenuItem("Rough");
    await animationFrame();
    expect(queryAllTexts(".o_wcm_map_group .o_wcm_map_pin")).toEqual(["YE", "NO"]);
    await contains(".o_wcm_map_group:contains(No)").click();
    await toggleSearchBarMenu();
    await toggleMenuItem("Rough");
    await animationFrame();
    await waitFor(".o_wcm_map_in_view:contains(3 in view)");
});

test("another colouring is asked for with its weeks", async () => {
    const asked = [];
    onRpc("space", "wcm_map_open", ({kwargs}) => {
        asked.push(kwargs.color);
        return open({...kwargs, color: "kind"});
    });
    await mountMap();
    await contains(".o_wcm_map_layers button").click();
    await contains(".o_wcm_map_layers label:contains(Free hours) input").click();
    await contains(".o_wcm_map_layers input[type=number]").edit("8");
    await animationFrame();
    expect(asked.map((color) => color.weeks)).toEqual([undefined, 0, 8]);
    expect(asked.at(-1).name).toBe("hours");
});

function stepDomains() {
    onRpc("space", "wcm_map_open", ({kwargs}) => {
        expect.step(kwargs.domain.flat().filter((word) => /circle|polygon/.test(word)).map((text) => text.replace(/-?\d+\.\d+/g, "#")).join()); // prettier-ignore
        return open({...kwargs, domain: []});
    });
}

test.tags("desktop");
test("a circle is drawn with the keyboard and becomes a facet of the search", async () => {
    stepDomains();
    await mountMap();
    await contains(".o_wcm_map_circle").click();
    await waitFor(".o_wcm_map_drawing");
    await contains(".o_wcm_map_km").edit("35", {confirm: false});
    await contains(".o_wcm_map_select").click();
    await waitFor(".o_facet_values:contains(Within 35 km of)");
    await waitFor(".o_wcm_map_frame:not(.o_wcm_map_drawing)");
    expect(".leaflet-overlay-pane path").toHaveCount(1);
    expect.verifySteps(["", "circle # # 35"]);
});

test.tags("desktop");
test("a polygon takes its last corner back on escape, and needs three", async () => {
    stepDomains();
    await mountMap();
    await contains(".o_wcm_map_polygon").click();
    for (let corner = 0; corner < 3; corner++) {
        await contains(".o_wcm_map_add").click();
    }
    await contains(".o_wcm_map_canvas").focus();
    await press("Escape");
    await animationFrame();
    expect(".o_wcm_map_select").not.toBeEnabled();
    await press("Enter");
    await animationFrame();
    await contains(".o_wcm_map_select").click();
    await waitFor(".o_facet_values:contains(In an area of 3 corners)");
    expect.verifySteps(["", "polygon # # # # # #"]);
});

test("an area reads as it is written", () => {
    const circle = {kind: "circle", centre: [51.45, -2.59], km: 20};
    const polygon = {kind: "polygon", points: [[51, -3], [52, -3], [51, -2.5]]}; // prettier-ignore
    expect(areaText(circle)).toBe("circle 51.45 -2.59 20");
    expect(readArea(areaText(circle))).toEqual(circle);
    expect(readArea(areaText(polygon))).toEqual(polygon);
    expect(areasOf(["&", ["area", "=", areaText(circle)], ["name", "=", "x"]], "area")).toEqual([circle]);
});

test("a long list has pages", () => {
    const points = Array.from({length: 95}, (_, id) => ({
        id,
        title: `Space ${100 + id}`,
        latitude: 50 + id / 100,
        longitude: 0,
    }));
    expect(listPoints(points, null, 40).points.length).toBe(40);
    expect(
        listPoints(points, null, 80)
            .points.map(({id}) => id)
            .at(-1),
    ).toBe(94);
    const [nearest] = listPoints(points, [50.5, 0], 0).points;
    expect([nearest.id, nearest.km]).toEqual([50, 0]);
});
