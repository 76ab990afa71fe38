"""Blocks in every state of making, and vehicles that fetch them from several members."""

import math
from datetime import timedelta

import making
import tablets
from catalogue import blocks
from people import signed, user

from odoo import fields

NEWER_LOT = "PLY-2611-B"
KG_PER_M3 = 120  # of a box of plywood with air in it; made up, for the floor that it takes on a vehicle
IN_BRISTOL = {"latitude": 51.44, "longitude": -2.603}
VEHICLES = (
    {"name": "7.5 t lorry with tail lift (illustrative)", "weight_kg": 2800, "floor_m2": 14.0, "cost_per_km": 1.4, "cost_per_run": 240},
    {"name": "3.5 t van (illustrative)", "weight_kg": 1200, "floor_m2": 6.5, "cost_per_km": 0.8, "cost_per_run": 160, "kgco2e_per_km": 0.35},
)


def make_more(env):
    """What is needed first is made, of another order most; of each that is begun some blocks, and most are checked."""
    env = env(user=user(env, "manager"))
    waiting = env["wcm.work.order"].search([("state", "in", ("accepted", "released"))], order="date_due, id")
    whole = waiting.sorted(lambda order: order.build_line_id.date_required)[:1]
    most = (waiting - whole).filtered(lambda order: order.state == "accepted")[:1]
    begun = env["wcm.work.order"].search([("state", "in", ("released", "in_production"))], order="date_due, id") - whole
    new = (whole + most).filtered(lambda order: order.state == "accepted")
    new.action_release()
    for order in new:
        _take_newer_sheets(order)
    making.send_sheets(env)
    _make(whole, quantity=2, checked=2, newest_sheets=True)
    _make(whole, quantity=whole.quantity, checked=whole.quantity)
    _make(most, quantity=most.quantity - 3, checked=most.quantity, token=tablets.last_to_sign_in(most.membership_id))
    _make(most, quantity=2, checked=0, newest_sheets=True)
    for order, checked in zip(begun, (1, 2, 0), strict=False):
        _make(order, quantity=2, checked=checked)


def _take_newer_sheets(order):
    """Two thirds of the sheets come from the newer lot, as whoever picks them in the hub writes down."""
    picked = order.env["stock.move.line"].search([
        ("move_id.wcm_work_order_id", "=", order.id), ("picking_code", "=", "internal"), ("state", "not in", ("done", "cancel")),
    ], limit=1)
    newer = picked.quantity * 2 / 3
    picked.quantity -= newer
    picked.copy({"lot_id": order.env["stock.lot"].search([("name", "=", NEWER_LOT)]).id, "quantity": newer})


def _make(order, quantity, checked, newest_sheets=False, token=None):
    """In the app; then the check of so many."""
    maker = order.membership_id.user_ids[0].with_env(order.env)
    parts = order.part_ids.filtered(lambda part: part.state == "to_make")[: max(0, quantity)]
    for part in parts:
        sheets = ", ".join(sorted(making.sheets(order), reverse=newest_sheets))
        tablets.tell(maker, ("made", {"parts": part.ids, "sheets": sheets}), token=token)
    making.check(order, parts=parts[: max(0, checked)])


def send_runs(env):
    """The order that is whole goes on its own; the lorry has left with blocks of two members; the run of tomorrow waits."""
    coordinator = user(env, "coordinator")
    for block in blocks(env):
        block.volume = block.weight / KG_PER_M3
    env["wcm.vehicle"].with_user(coordinator).create([{**IN_BRISTOL, **vehicle} for vehicle in VEHICLES])
    whole = env["wcm.work.order"].search([("state", "=", "ready")]).filtered(lambda order: not any(order.part_ids.mapped("is_held")))
    making.dispatch(max(whole, key=lambda order: order.quantity))
    _drive(_propose(coordinator, _pack(_ready(env, share=0.5)), fields.Date.today()))
    _propose(coordinator, _pack(_ready(env)), fields.Date.today() + timedelta(days=1))


def _ready(env, share=1.0):
    """Blocks that may be packed: so much of what each member has."""
    parts = env["wcm.part"].search([("state", "=", "made"), ("is_held", "=", False)], order="id")
    return env["wcm.part"].union(*(own[: math.ceil(len(own) * share)] for own in parts.grouped("membership_id").values()))


def _pack(parts):
    for member, own in parts.grouped("membership_id").items():
        own.with_user(member.user_ids[0]).action_pack()
        signed(parts.env)
    return parts.shipment_id


def _propose(coordinator, shipments, day):
    """What no vehicle can fetch on one day stays where it is, with the reason."""
    if not shipments:
        return coordinator.env["wcm.delivery.run"]
    proposal = coordinator.env["wcm.delivery.proposal"].with_user(coordinator).create({"date": day, "shipment_ids": shipments.ids})
    proposal.action_propose()
    signed(coordinator.env)
    return proposal.run_ids


def _drive(runs):
    runs.write({"driver_name": "Dee Driver (illustrative)", "driver_phone": "0117 496 0000"})
    runs.action_accept()
    for shipment in runs.shipment_ids:
        shipment.with_user(shipment.sudo().membership_id.user_ids[0]).action_dispatch()
        signed(runs.env)
