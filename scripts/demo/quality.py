"""What quality's screens live from: a series that is measured block by block, samples, decisions of several kinds, corrective actions."""

from datetime import timedelta

import making
from people import signed, user
from programme import monday

from odoo import Command, fields

# Widths of the series in mm, in the order of making: steady, then one that its limits do not explain.
WIDTHS = (
    599.9, 600.1, 600.0, 600.2, 599.8, 600.0, 600.1, 599.9, 600.0, 600.2, 600.1, 599.9, 600.0,
    600.1, 599.8, 600.0, 600.1, 600.0, 599.9, 600.2, 600.0, 600.1, 599.9, 600.0, 600.9, 600.1,
)
SERIES, SAMPLED = "W-O-S-1", "G-S-42-1"


def make_a_series(env):
    """A second home's walls at one member, every block measured; its gables at two, of which a sample is."""
    manager = user(env, "manager")
    env["ir.config_parameter"].set_param("wcm_network.first_pieces", "False")
    _approve_sampling(env)
    _more_sheets(env)
    build = _second_home(env, manager)
    walls, gables, few = (place_order(env, build, *what) for what in ((SERIES, "BRS", len(WIDTHS)), (SAMPLED, "ESL", 16), (SAMPLED, "BRS", 5)))
    making.send_sheets(env, walls | gables | few)
    for order, quantity in ((walls, walls.quantity), (few, few.quantity), (gables, 12)):
        make(order, quantity)
    _measure(walls)
    making.check(few)
    making.check(gables, parts=gables.sample_ids.drawn_part_ids[:2])
    env["wcm.quality.signal"]._cron_find_signals()
    env["ir.config_parameter"].set_param("wcm_network.first_pieces", "True")
    signed(env)


def _approve_sampling(env):
    quality = user(env, "quality")
    gable = env["product.product"].search([("default_code", "=", SAMPLED)])
    first = env["wcm.control.plan"].with_user(quality).search([("state", "=", "approved")], limit=1)
    plan = first.copy({"name": "Gable block, final check by sample (illustrative limits)", "categ_id": False, "product_ids": gable.ids})
    plan.write({"sampling": "iso", "sampling_level": "II", "sampling_aql": "4.0"})
    plan.action_approve()
    first.action_new_version()


def _more_sheets(env):
    """What the hub had is nearly used up, or recalled."""
    lot = env["stock.lot"].create({"name": "PLY-2611-C", "product_id": env["product.product"].search([("default_code", "=", "PLY-18")]).id})
    env["stock.quant"]._update_available_quantity(lot.product_id, env.ref("stock.warehouse0").lot_stock_id, 90, lot_id=lot)


def _second_home(env, manager):
    product = {code: env["product.product"].search([("default_code", "=", code)]) for code in (SERIES, SAMPLED)}
    build = env["wcm.build"].with_user(manager).create({
        "name": "Show house, Knowle West (illustrative)", "site_id": env["wcm.site"].search([("code", "=", "KW")]).id, "date_required": monday(9),
    })
    env["wcm.build.line"].with_user(manager).create([
        {"build_id": build.id, "product_id": product[code].id, "quantity": quantity, "stage": stage, "date_required": build._stage_date(stage)}
        for code, quantity, stage in ((SERIES, 40, "walls"), (SAMPLED, 24, "roof"))
    ])
    return build


def place_order(env, build, code, member, quantity):
    """Offered, accepted by the member itself, and released."""
    line = build.line_ids.filtered(lambda line: line.product_id.default_code == code)
    order = build.env["wcm.work.order"].create({
        "membership_id": build.env["wcm.membership"].search([("code", "=", member)]).id, "build_line_id": line.id,
        "bom_id": build.env["wcm.plan"]._boms(line.product_id)[line.product_id].id, "quantity": quantity, "price_unit": 64,
        "date_start": monday(), "date_due": monday(4), "offer_expires_on": monday(1),
    })
    order.action_offer()
    order.with_user(order.sudo().membership_id.user_ids[0]).action_accept()
    order.action_release()
    signed(env)
    return env["wcm.work.order"].browse(order.id)


def make(order, quantity):
    """Of the hub's sheets; the member keeps some of its own for another order."""
    maker = order.membership_id.user_ids[0]
    for part in order.part_ids[:quantity].with_user(maker):
        part.action_mark_made([name for name in making.sheets(order) if "OWN" not in name])
    signed(order.env)


def _measure(order):
    """By somebody who made none of them."""
    inspections = order.env["wcm.inspection"].search([("part_id", "in", order.part_ids.ids), ("state", "=", "open")], order="id")
    for inspection, width in zip(inspections.with_user(user(order.env, "quality")), WIDTHS, strict=True):
        making.fill_in(inspection, str(width))
        inspection.action_close()
    signed(order.env)


def decide_several_ways(env):
    """Of the series some blocks are wrong: reworked, repaired, used as they are for a month, scrapped; one a customer complains of."""
    order = env["wcm.part"].search([("product_id.default_code", "=", SERIES), ("state", "=", "made"), ("build_id.name", "like", "Show house")]).work_order_id
    reworked, repaired, used, scrapped, complained = (order.part_ids[number] for number in (2, 5, 8, 11, 14))
    member, manager, quality = order.membership_id.user_ids[0], user(env, "manager"), user(env, "quality")
    first = _told(reworked, member, "Edge torn by a blunt cutter", "machine", "rework", "Plane the edge, keep 600 mm", steps="Plane\nOil")
    first.with_user(member).action_rework_done("Planed and oiled (illustrative)")
    first.with_user(quality).action_set_cost("member", 45, "The cutter is changed every 40 sheets, by the terms (illustrative)")
    first.with_user(member).action_refuse_cost("It was changed the day before (illustrative)")
    second = _told(repaired, member, "Rib split at a screw", "method", "repair", "Glue and clamp", steps="Open the split\nGlue, clamp for 4 hours")
    second.with_user(quality).action_set_cost("member", 30, "Drilled without a pilot hole (illustrative)")
    third = _told(used, member, "Glue mark on the inner face", "people", "use_as_is", "The lining hides it", until=str(fields.Date.today() + timedelta(days=20)))
    _told(scrapped, member, "Warped by 6 mm", "material", "scrap", "Cannot be used", replacement="same")
    _complaint(complained, manager)
    signed(env)
    _correct(env, first, second, third)


def _told(part, member, title, cause, kind, reason, **terms):
    """Told by the member with a photo, decided by a quality lead."""
    title = f"{title} (illustrative)"
    nonconformity = part.with_user(member).action_report(title, photo=making.photo()).with_user(user(part.env, "quality"))
    nonconformity.cause_category = cause
    nonconformity.action_decide(kind, reason, **terms)
    signed(part.env)
    return nonconformity


def _complaint(part, manager):
    part.env["wcm.nonconformity"].with_user(manager).create({
        "title": "Draughty joint beside this block (illustrative)", "part_ids": [Command.link(part.id)], "source": "customer",
        "customer_name": "Alex Resident (made up)", "customer_channel": "phone", "photo": making.photo(),
    })


def _correct(env, first, second, third):
    """One to do, one late, one done and to be looked at, one that helped, one that did not."""
    today, quality, member = fields.Date.today(), user(env, "quality"), first.membership_id.user_ids[0]
    coordinator = user(env, "coordinator")
    values = (
        (first, "Change the cutter every 30 sheets", member, 10), (second, "Pilot holes in the cutting file", coordinator, -3),
        (third, "A tray for wet brushes at the bench", coordinator, 2), (first, "Check the cutter with a lens each morning", coordinator, 1),
        (second, "Drill stop at 12 mm", coordinator, 4),
    )
    actions = env["wcm.corrective.action"].with_user(quality).create([
        {"name": f"{name} (illustrative)", "nonconformity_id": about.id, "owner_id": owner.id, "due_on": today + timedelta(days=days), "check_from": today}
        for about, name, owner, days in values
    ])
    for action in actions[2:]:
        action.with_user(coordinator).action_done("Done as said (illustrative)")
    signed(env)
    actions[3].action_effective("Forty blocks since, none torn (illustrative)")
    actions[4].action_ineffective("Two ribs split again (illustrative)")
    signed(env)
