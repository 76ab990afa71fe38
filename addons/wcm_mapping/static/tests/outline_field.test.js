import {expect, test} from "@odoo/hoot";
import {advanceTime, animationFrame, Deferred, hover, queryOne, waitFor} from "@odoo/hoot-dom";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {defineModels, fields, models, mountView, onRpc, preloadBundle} from "@web/../tests/web_test_helpers";

class Region extends models.Model {
    boundary = fields.Text();
    _records = [{id: 1, boundary: '{"type": "Polygon", "coordinates": [[[-3, 51], [-2, 51], [-2, 52], [-3, 51]]]}'}];
}

class Facility extends models.Model {
    _name = "wcm.facility";
    name = fields.Char();
    latitude = fields.Float();
    longitude = fields.Float();
    _records = [{id: 1, name: "<b>Oak</b> & Son", latitude: 51.4, longitude: -2.4}];
}

defineMailModels();
defineModels([Region, Facility]);
preloadBundle("wcm_mapping.map_assets_lazy");
onRpc("/wcm_mapping/static/lib/coastline/coastline.json", () => null, {pure: true});

test.tags("desktop");
test("the name of a space is text, whatever somebody wrote into it", async () => {
    const arch = `<form><field name="boundary" widget="wcm_outline"/></form>`;
    await mountView({type: "form", resModel: "region", resId: 1, arch});
    await waitFor("path[fill='#1b6f8a']");
    await hover("path[fill='#1b6f8a']");
    await waitFor(".leaflet-tooltip");
    expect(".leaflet-tooltip").toHaveText("<b>Oak</b> & Son");
});

test.tags("desktop");
test("a slow answer does not bring back the spaces of where the map was before", async () => {
    const answers = [];
    onRpc("wcm.facility", "search_read", () => {
        answers.push(new Deferred());
        return answers.at(-1);
    });
    const arch = `<form><field name="boundary" widget="wcm_outline"/></form>`;
    await mountView({type: "form", resModel: "region", resId: 1, arch});
    await waitFor(".leaflet-container");
    await animationFrame();
    const asked = answers.length;
    queryOne(".leaflet-control-zoom-in").click();
    await advanceTime(1000);
    expect(answers.length).toBeGreaterThan(asked);
    const there = [{id: 2, name: "There", latitude: 51.4, longitude: -2.4}];
    answers.at(-1).resolve(there);
    await waitFor("path[fill='#1b6f8a']");
    answers.slice(0, -1).forEach((answer) => answer.resolve([]));
    await animationFrame();
    expect("path[fill='#1b6f8a']").toHaveCount(1);
});
