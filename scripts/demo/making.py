"""Release, making, checking, a failed block, a delivery."""

import base64
import io

from people import signed, user
from PIL import Image

# Widths in mm that are as they should be.
STEADY = ("600.2", "599.9", "600.1", "599.8", "600.0")


def release(env):
    """The accepted orders that are due first become Odoo's own documents.

    In this story members know the components: who is new to one makes a single block first.
    """
    env["ir.config_parameter"].set_param("wcm_network.first_pieces", "False")
    env = env(user=user(env, "manager"))
    accepted = env["wcm.work.order"].search([("state", "=", "accepted")], order="date_due, id")
    accepted[: max(4, len(accepted) * 2 // 3)].action_release()
    send_sheets(env)


def send_sheets(env, orders=None):
    """The hub hands over the sheet material that the orders asked for; all of them, or these."""
    domain = [("product_id.default_code", "=", "PLY-18"), ("state", "not in", ("done", "cancel"))]
    moves = env["stock.move"].search(domain + ([("wcm_work_order_id", "in", orders.ids)] if orders else []))
    for picking in moves.filtered("picking_id").picking_id.filtered(lambda picking: picking.picking_type_code == "internal"):
        picking.action_assign()
        picking.move_ids.picked = True
        picking.with_context(skip_backorder=True, picking_ids_not_to_backorder=[]).button_validate()


def released(env):
    return env["wcm.work.order"].search([("state", "in", ("released", "in_production"))], order="date_due, id")


def make_and_check(env):
    """The first three orders are made; every block is checked; one is too wide."""
    for number, order in enumerate(released(env)[:3]):
        make(order)
        check(order, too_wide=number == 1)


def make(order):
    maker = order.membership_id.user_ids[0]
    for part in order.with_user(maker).part_ids:
        part.action_mark_made(sheets(order))
    signed(order.env)


def sheets(order):
    """The sheet lots that stand with this member, the oldest first."""
    place = order.sudo().membership_id.subcontract_location_id
    quants = order.env["stock.quant"].sudo().search([("location_id", "=", place.id), ("lot_id.product_id.default_code", "=", "PLY-18"), ("quantity", ">", 0)])
    return sorted(quants.lot_id.mapped("name"))


def check(order, too_wide=False, parts=None):
    """By somebody who made none of them; of all blocks of the order, or of these."""
    which = order.part_ids if parts is None else parts
    inspections = order.env["wcm.inspection"].search([("part_id", "in", which.ids), ("state", "=", "open")])
    for number, inspection in enumerate(inspections.with_user(user(order.env, "quality"))):
        fill_in(inspection, "601.8" if too_wide and not number else STEADY[number % len(STEADY)])
        inspection.action_close()
    signed(order.env)


def fill_in(inspection, width):
    """Write a reading, a photo or a pass on each line."""
    answers = {"measurement": {"reading": width}, "photo": {"photo": photo()}, "pass_fail": {"passed_by_hand": "pass"}}
    for line in inspection.line_ids:
        line.write(answers[line.kind])


def photo():
    """A plain picture that says by its colour that nobody took it."""
    picture = io.BytesIO()
    Image.new("RGB", (320, 240), (193, 154, 107)).save(picture, "JPEG")
    return base64.b64encode(picture.getvalue())


def ship_and_receive(env):
    """The first finished order is scanned in on site; the second is on its way."""
    finished = env["wcm.work.order"].search([("state", "=", "ready"), ("part_ids.is_held", "=", False)], order="id")
    whole = finished.filtered(lambda order: not any(order.part_ids.mapped("is_held")))
    receive(env, dispatch(whole[0]))
    dispatch(whole[1])


def dispatch(order):
    """Packed and sent by the member."""
    maker = order.membership_id.user_ids[0]
    order.part_ids.with_user(maker).action_pack()
    shipment = order.part_ids.shipment_id
    shipment.with_user(maker).action_dispatch()
    signed(order.env)
    return shipment


def receive(env, shipment):
    """Scanned at the site, block by block."""
    shipment = shipment.with_user(user(env, "manager"))
    for part in shipment.part_ids:
        shipment.action_receive_scan(part.name)
    shipment.action_receive()
    signed(env)


def leave_something_for_everybody(env):
    """One order is started; the others wait for their members. The README says what each role finds."""
    order = env["wcm.work.order"].search([("state", "=", "released")], order="date_due, id", limit=1)
    order.with_user(order.membership_id.user_ids[0]).action_start()
