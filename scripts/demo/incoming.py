"""Material that comes in is checked: one lot of plywood has passed, one waits at the hub."""

from people import signed, user

from odoo import Command

WAITS, PASSED = "PLY-2611-E", "PLY-2611-D"


def check_plywood_as_it_comes(env):
    """A plan for the sheets, and two deliveries of them."""
    env = env(user=user(env, "quality"))
    sheet = env["product.product"].sudo().search([("default_code", "=", "PLY-18")])
    env["wcm.control.plan"].create({
        "name": "Plywood, as it comes in (illustrative limits)", "stage": "incoming", "product_ids": sheet.ids,
        "checkpoint_ids": [Command.create(values) for values in _checkpoints()],
    }).action_approve()
    passed, _waits = (_deliver(env(user=user(env, "coordinator")), sheet, name, 40) for name in (PASSED, WAITS))
    _pass(env, passed)
    signed(env)


def _checkpoints():
    return [
        {
            "sequence": 1, "name": "Thickness of the sheet", "kind": "measurement", "nominal": 18.0, "tolerance_minus": 0.8, "tolerance_plus": 0.4,
            "unit": "mm", "reading_count": 3, "point_type": "hold", "instruction": "One sheet of the stack, at three corners.",
        },
        {"sequence": 2, "name": "Strength class stamped, as ordered", "kind": "pass_fail", "instruction": "On the face or the edge of the sheets."},
        {"sequence": 3, "name": "Dry, flat, no broken edges", "kind": "pass_fail"},
    ]


def _deliver(env, sheet, name, quantity):
    """Odoo's receipt at the hub."""
    warehouse = env["stock.warehouse"].sudo().search([("company_id", "=", env.company.id)], limit=1)
    ways = {"location_id": env.ref("stock.stock_location_suppliers").id, "location_dest_id": warehouse.lot_stock_id.id}
    picking = env["stock.picking"].sudo().create({
        "picking_type_id": warehouse.in_type_id.id, **ways, "move_ids": [Command.create({"product_id": sheet.id, "product_uom_qty": quantity, **ways})],
    })
    picking.action_confirm()
    picking.move_ids.move_line_ids.unlink()
    line = {"product_id": sheet.id, "lot_name": name, "quantity": quantity, "picked": True, "picking_id": picking.id, **ways}
    picking.move_ids.move_line_ids = [Command.create(line)]
    picking.with_context(skip_backorder=True).button_validate()
    return picking.move_line_ids.lot_id


def _pass(env, lot):
    check = env["wcm.inspection"].search([("lot_id", "=", lot.id), ("state", "=", "open")])
    for line in check.line_ids:
        line.write({"reading": "18.0; 17.9; 18.1"} if line.kind == "measurement" else {"passed_by_hand": "pass"})
    check.action_close()
