"""Company, regions, the 37 spaces, and the illustrative kit of the members."""

from tables import DATA, rows

from odoo import Command

ORGANISATION = "organisation_type"
REGIONS = {"bristol": "Bristol", "cumbria": "Cumbria", "dorset": "Dorset"}
CAPABILITY_COLUMNS = ("envelope_x_mm", "envelope_y_mm", "envelope_z_mm", "tolerance_mm", "minutes_per_hour")


def set_up_company(env):
    """A company in Bristol that counts in pounds and writes dates the British way."""
    env["res.lang"]._activate_lang("en_GB")
    env["res.users"].with_context(active_test=False).search([]).lang = "en_GB"
    env["ir.default"].set("res.partner", "lang", "en_GB")  # public pages, and whoever joins later
    pounds = env.ref("base.GBP")
    pounds.active = True
    env.company.write({
        "name": "WeCanMake (demonstration)",
        "street": "Filwood Green Business Park",
        "city": "Bristol",
        "country_id": env.ref("base.uk").id,
        "currency_id": pounds.id,
    })


def import_spaces(env):
    """The published facilities, through the import that a coordinator uses."""
    env["wcm.facility.import"]._import_bytes(
        (DATA / "okw" / "iopa_facilities_GB_37.json").read_bytes(),
        kind="okw",
        source_host="internetofproduction.org",
        licence="CC-BY-4.0",
        attribution="Internet of Production Alliance",
        apply=True,
    )


def facility(env, external_id):
    return env["wcm.facility"].search([("external_id", "=", external_id)])


def add_kit(env):
    """Operators, regions, kit and capability of the eight spaces that play the members."""
    capability = rows("capability")
    for member in rows("members"):
        space = facility(env, member["external_id"])
        space.write(_space_values(env, space, member))
        lines = [line for line in capability if line["code"] == member["code"]]
        env["maintenance.equipment"].create([_equipment_values(env, space, line) for line in lines])
        env["wcm.capability"].create([_capability_values(env, space, line) for line in lines])


def _space_values(env, space, member):
    return {
        "operator_id": env["res.partner"].create({
            "name": space.name, "is_company": True, "city": space.city, "zip": space.zip, "country_id": space.country_id.id,
        }).id,
        ORGANISATION: member[ORGANISATION],
        "region_id": env.ref(f"wcm_mapping.region_{member['region']}").id,
        "visibility": member["visibility"],
        "is_illustrative": True,
    }


def _equipment_values(env, space, line):
    return {
        "name": f"{line['model']} ({line['make'].lower()})",
        "facility_id": space.id,
        "process_id": _process(env, line).id,
        "make": line["make"],
        "model": line["model"],
        "quantity": int(line["machines"]),
        "condition": "good",
        "material_ids": [Command.set(env.ref("wcm_mapping.material_spruce_plywood").ids)],
        **{name: float(line[name]) for name in CAPABILITY_COLUMNS[:4]},
    }


def _capability_values(env, space, line):
    return {
        "facility_id": space.id,
        "process_id": _process(env, line).id,
        "cost_per_hour": float(line["cost_per_hour_gbp"]),
        "machine_count": int(line["machines"]),
        "share_offered": float(line["share_offered"]),
        **{name: float(line[name]) for name in CAPABILITY_COLUMNS},
    }


def _process(env, line):
    return env.ref(f"wcm_mapping.process_{line['process']}")
