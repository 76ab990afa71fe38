"""What waits for an answer, and what went wrong: a first piece, a change, a recall, documents that were changed by hand."""

import math
from datetime import timedelta

import making
import tablets
from deliveries import NEWER_LOT
from people import signed, user


def ask_for_answers(env):
    """A member new to a component has made one, which waits to be accepted; another is asked for a week more."""
    env["ir.config_parameter"].set_param("wcm_network.first_pieces", "True")
    manager = user(env, "manager")
    begin, *others = env["wcm.work.order"].with_user(manager).search(
        [("state", "in", ("accepted", "in_production")), ("first_order_id", "=", False)], order="state, date_due, id",
    )
    _make_a_first_piece(begin.filtered(lambda order: order.state == "accepted"))
    for later in others[:1]:
        later.with_user(user(env, "coordinator")).action_propose_change(
            date_due=str(later.date_due + timedelta(days=7)), reason="The crane comes a week later (illustrative)",
        )
    signed(env)


def _make_a_first_piece(order):
    order.action_release()
    making.send_sheets(order.env)
    first = order.first_order_id or order
    for part in first.part_ids:
        tablets.tell(first.membership_id.user_ids[0], ("made", {"parts": part.ids, "sheets": ", ".join(making.sheets(first))}))


def offer_again(env):
    """What one member declined is accepted by another, who buys the sheets itself and has half of them."""
    declined = env["wcm.work.order"].with_user(user(env, "manager")).search([("state", "=", "declined")], order="date_due, id", limit=1)
    members = env["wcm.work.order"].search([("state", "not in", ("declined", "expired"))], order="id desc").membership_id
    order = declined.create({
        "membership_id": (members - declined.membership_id)[0].id, "build_line_id": declined.build_line_id.id, "bom_id": declined.bom_id.id,
        "quantity": declined.quantity, "price_unit": declined.price_unit + 6, "material_by": "member",
        "date_start": declined.date_start, "date_due": declined.date_due,
    })
    order.price_unit += order.price_material
    order.action_offer()
    buyer = order.with_user(order.membership_id.user_ids[0])
    buyer.action_accept()
    for sheet in order.sudo().sheets_to_buy:
        paper = {"name": "Certificate (illustrative).jpg", "data": making.photo().decode()}
        buyer.action_record_sheets(
            product=sheet["product"], quantity=math.ceil(sheet["needed"] / 2), lot_name="PLY-OWN-1", supplier="Timber merchant (illustrative)", certificate=paper,
        )
    signed(env)


def recall_a_sheet_lot(env):
    """Every part of one lot is held: at the member, on the site and in the home."""
    recall = env["wcm.recall"].with_user(user(env, "quality")).create({
        "reason": "Glue line opens, says the supplier of the sheets (illustrative)",
        "lot_ids": env["stock.lot"].search([("name", "=", NEWER_LOT)]).ids,
    })
    if recall.found_count:
        recall.action_hold()
    signed(env)


def let_documents_differ(env):
    """Somebody changed purchase orders by hand: found as every night, listed under “To mend”."""
    orders = env["wcm.work.order"].search([("state", "in", ("released", "in_production"))], order="date_due, id")
    orders[0].purchase_line_id.price_unit += 5
    orders[-1].purchase_line_id.product_qty += 1
    env["wcm.work.order"]._cron_check_documents()
    signed(env)
