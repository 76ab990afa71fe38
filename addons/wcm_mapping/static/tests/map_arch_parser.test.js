import {describe, expect, test} from "@odoo/hoot";
import {MapArchParser} from "@wcm_mapping/map_view/map_arch_parser";
import {popupContent} from "@wcm_mapping/map_view/map_popup";
import {parseXML} from "@web/core/utils/xml";

describe.current.tags("headless");

const FIELDS = {
    lat: {name: "lat", type: "float", string: "Latitude"},
    lng: {name: "lng", type: "float", string: "Longitude"},
    name: {name: "name", type: "char", string: "Name"},
    kind: {name: "kind", type: "selection", string: "Kind", selection: [["a", "Alpha"]]},
    precision: {name: "precision", type: "char", string: "Precision"},
    tag_ids: {name: "tag_ids", type: "many2many", string: "Tags"},
};

function parse(arch) {
    return new MapArchParser().parse(parseXML(arch), FIELDS);
}

test("a map needs no more than its two place fields", () => {
    const archInfo = parse(`<wcm_map latitude="lat" longitude="lng"/>`);
    expect([archInfo.latitude, archInfo.longitude, archInfo.title]).toEqual(["lat", "lng", "display_name"]);
    expect(archInfo.popupFields).toEqual([]);
});

test("a place field that is no float is refused by name", () => {
    expect(() => parse(`<wcm_map latitude="name" longitude="lng"/>`)).toThrow(/latitude.*"name"/);
    expect(() => parse(`<wcm_map latitude="lat"/>`)).toThrow(/longitude/);
});

test("a pop-up shows badges, rows and tags, and leaves out what is empty or invisible", () => {
    const {popupFields} = parse(
        `<wcm_map latitude="lat" longitude="lng">
            <field name="precision" widget="badge" string="Approximate" invisible="precision == 'exact'"/>
            <field name="kind"/>
            <field name="name" string="Place"/>
            <field name="tag_ids"/>
        </wcm_map>`,
    );
    const record = {precision: "town", kind: "a", name: false, tag_ids: [{display_name: "CNC"}]};
    const {badges, rows} = popupContent(record, popupFields, FIELDS);
    expect(badges).toEqual(["Approximate"]);
    expect(rows.map(({label, texts, tags}) => [label, texts, tags])).toEqual([
        ["Kind", ["Alpha"], false],
        ["Tags", ["CNC"], true],
    ]);
    const exact = popupContent({...record, precision: "exact"}, popupFields, FIELDS);
    expect(exact.badges).toEqual([]);
});
