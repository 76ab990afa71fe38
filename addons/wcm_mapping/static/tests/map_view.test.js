import {expect, test} from "@odoo/hoot";
import {animationFrame, queryAllTexts, waitFor} from "@odoo/hoot-dom";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {
    contains,
    defineModels,
    fields,
    mockService,
    models,
    mountView,
    onRpc,
    preloadBundle,
} from "@web/../tests/web_test_helpers";

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

    _records = [
        {id: 1, name: "Knowle West", lat: 51.42, lng: -2.59, kind: "charity"},
        {id: 2, name: "Kendal", lat: 54.33, lng: -2.74, kind: "sme", rough: true},
        {id: 3, name: "Kendal too", lat: 54.33, lng: -2.74, kind: "sme"},
        {id: 4, name: "Nowhere", lat: 0, lng: 0, kind: "sme"},
    ];

    _views = {
        wcm_map: `
            <wcm_map latitude="lat" longitude="lng" title="name" color="kind" approximate="rough">
                <field name="rough" widget="badge" string="Approximate place" invisible="not rough"/>
                <field name="lat" invisible="1"/>
                <field name="lng" invisible="1"/>
                <field name="name" invisible="1"/>
                <field name="kind"/>
            </wcm_map>`,
        search: `
            <search>
                <filter name="charities" domain="[('kind', '=', 'charity')]"/>
                <filter name="lost" domain="[('name', '=', 'Nowhere')]"/>
                <filter name="none" domain="[('name', '=', 'No such')]"/>
            </search>`,
    };
}

defineMailModels();
defineModels([Space]);
preloadBundle("wcm_mapping.map_assets_lazy");
onRpc("/wcm_mapping/static/lib/coastline/coastline.json", () => null, {pure: true});

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

test("a map that is cut says so", async () => {
    Space._views.wcm_map = Space._views.wcm_map.replace("<wcm_map ", `<wcm_map limit="2" `);
    await mountMap();
    expect(".o_wcm_map_count").toHaveText(/2 of 3 on the map/);
});
