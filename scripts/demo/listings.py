"""What waits for the coordinator of Bristol: a list that changed, places to fix, and what people wrote.

Everything here is made up and says so in its name; nothing of it is shown to anybody but coordinators.
"""

import base64
from datetime import timedelta

from people import signed, user
from tables import DATA
from werkzeug.datastructures import MultiDict

from odoo.addons.wcm_mapping.suggestion_form import read_form

HOST = "list.example.org"
PERSON = {"suggester_name": "Robin Reader", "suggester_email": "robin@example.org", "consent": "yes"}
NEW_SPACE = {
    **PERSON, "name": "Example Boat Shed (illustrative)", "organisation_type": "community_business", "street": "9 Example Street",
    "city": "Bristol", "zip": "BS1 6XN", "processes": ["assembly", "cnc_routing"], "kit": "A flatbed router, a planer",
    "message": "They open on Saturdays. I am a volunteer there.",
}
CORRECTION = {**PERSON, "opening_hours": "Mo-Fr 10:00-17:00 (illustrative)", "message": "They close earlier now."}


def follow_a_list(env):
    """A list of others: taken over once, changed there and here since; what would change waits to be looked at."""
    env = env(user=user(env, "coordinator"))
    source = env["wcm.facility.source"].create({
        "name": "Example list (illustrative)", "kind": "csv", "source_host": HOST, "licence": "CC BY 4.0",
        "attribution": "Nobody: it is made up", "region_id": env.ref("wcm_mapping.region_bristol").id,
        "interval": "weekly", **_file("list_before"),
    })
    _take_over(source)
    _of(env, "1").website = "https://joinery.example.org/contact"
    source.write(_file("list_now"))
    source.action_fetch()
    env["wcm.facility.duplicate"].action_look()
    signed(env)


def _file(name):
    content = (DATA / "demo" / f"{name}.csv").read_bytes()
    return {"file": base64.b64encode(content), "filename": f"{name}.csv"}


def _take_over(source):
    """Every row, also the one that looks like another; then hidden, as these spaces do not exist."""
    run = source._fetch(again=True)
    run.line_ids.filtered(lambda line: line.outcome == "duplicate").choice = "create"
    run.action_apply()
    spaces = run.line_ids.facility_id
    spaces.write({"visibility": "private", "is_illustrative": True})


def _of(env, external_id):
    return env["wcm.facility"].search([("source_host", "=", HOST), ("external_id", "=", external_id)])


def hear_from_people(env):
    """A new space and a correction are suggested, a listing is claimed, kit is proposed, a question is answered."""
    space, other = _listed(env)
    _suggest(env, NEW_SPACE)
    _suggest(env, CORRECTION, other)
    claim = env["wcm.facility.claim"]._start(
        other, {"facility_id": other.id, "name": "Alex Example", "email": "alex@example.org", "reason": "I run it (illustrative)."}, "demonstration"
    )
    claim._confirm()
    _propose(env, space)
    _ask(env, space, other)
    signed(env)


def _listed(env):
    """Two listed spaces of Bristol; the first has a member's person."""
    region = env.ref("wcm_mapping.region_bristol")
    spaces = env["wcm.membership"].search([("facility_id.region_id", "=", region.id)], order="code").facility_id
    return spaces.sorted("id")[:2]


def _suggest(env, said, facility=None):
    suggestions = env["wcm.facility.suggestion"]
    present = suggestions._present(facility._public_values()[0]) if facility else None
    posted = {name: value if isinstance(value, list) else [value] for name, value in said.items()}
    before = {name: value if isinstance(value, list) else [value] for name, value in (present or {}).items() if value}
    form = read_form({**before, **posted}, suggestions._vocabulary(), present)
    suggestions._submit(form, facility or env["wcm.facility"])._confirm()


def _propose(env, space):
    member = env["wcm.membership"].search([("facility_id", "=", space.id)]).user_ids[0]
    process = env.ref("wcm_mapping.process_laser_cutting")
    space.with_user(member).sudo()._operator_propose(MultiDict({
        "process_id": str(process.id), "envelope_x_mm": "900", "envelope_y_mm": "600", "note": "Bought in spring (illustrative)",
    }))


def _ask(env, *spaces):
    """Both were asked whether their listing is right; one answered."""
    questions = env["wcm.facility.confirmation"].create([{"facility_id": space.id, "email": "office@example.org"} for space in spaces])
    questions[0]._answer_changed("New opening hours from next month (illustrative).")


def ask_and_plan(env):
    """The coordinator keeps a question; a member is closed for a week and can give more in another."""
    env = env(user=user(env, "coordinator"))
    question = env["wcm.capability.search"].create({
        "name": "18 mm plywood near Knowle West", "process_id": env.ref("wcm_mapping.process_cnc_routing").id,
        "material_id": env.ref("wcm_mapping.material_spruce_plywood").id, "size_x_mm": 2440, "size_y_mm": 1220, "size_z_mm": 18,
        "tolerance_mm": 0.5, "evidence_level": "audited", "zip": "BS4 1DQ", "radius_km": 60, "hours_needed": 20, "alert": True,
    })
    question.action_find()
    _change_hours(_listed(env)[0])
    signed(env)


def _change_hours(space):
    capability = space.capability_ids[:1].with_user(space.env.uid)
    monday = capability._this_monday()
    capability.write_weeks(
        [
            {"capability_id": capability.id, "week": str(monday + timedelta(weeks=week)), "hours": hours, "seen": None}
            for week, hours in ((3, 0.0), (4, 6.0))
        ],
        confirmed=True,
    )
