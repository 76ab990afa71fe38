"""The site: two deliveries are unloaded with a phone, the floor is built, two blocks of it are no good."""

import making
import tablets
from people import signed, user
from programme import monday

BAYS = ("bay A1", "bay A2", "bay B1")


def unload(env):
    """One delivery is as it should be. Of the other a block is damaged, one is missing, and a pallet belongs to nobody."""
    site, receiver = env["wcm.site"].search([("code", "=", "KW")]), user(env, "site")
    worse, whole = env["wcm.shipment"].search([("state", "=", "dispatched"), ("run_id", "=", False)], order="id")[:2]
    tablets.tell(receiver, *_scanned(whole.part_ids), ("unloaded", {"shipment": whole.id, "short": []}))
    damaged, missing, here = worse.part_ids[:1], worse.part_ids[1:2], worse.part_ids[2:]
    tablets.tell(
        receiver, *_scanned(here),
        ("damaged", {"parts": damaged.ids, "note": "Corner crushed, strap was too tight (illustrative)", "photo": making.photo().decode()}),
        ("strange", {"site": site.id, "code": "5000112637922", "note": "A grey pallet, no label (illustrative)"}),
        ("unloaded", {"shipment": worse.id, "short": missing.ids}),
    )


def _scanned(parts):
    return [("arrived", {"parts": [part.id]}) for part in parts]


def bring_the_lift_forward(env):
    """The crane comes on Monday for the floor; walls and roof stay on their days."""
    build = env["wcm.build"].search([("kind", "=", "demonstration")]).with_user(user(env, "coordinator"))
    earlier = (build.date_required - monday()).days
    build.write({
        "date_required": monday(), "walls_after_days": build.walls_after_days + earlier, "roof_after_days": build.roof_after_days + earlier,
    })
    signed(env)


def build_the_floor(env):
    """Three blocks stand in the home; one goes back to be repaired, one cannot be mended."""
    here = env["wcm.part"].search([("state", "=", "received"), ("is_held", "=", False)]).with_user(user(env, "coordinator"))
    first = here.sorted(lambda part: (part.work_order_id.build_line_id.date_required, -part.id))
    for part, bay in zip(first, BAYS, strict=False):
        part.action_install(f"{part.work_order_id.build_line_id.stage.capitalize()}, {bay}")
    back, spoiled = first[len(BAYS) :][:1], first[len(BAYS) + 1 :][:1]
    back.action_return("repair", "Tongue broken off when it was lifted (illustrative)")
    spoiled.action_scrap("Fell from the forks (illustrative)")
    signed(env)
