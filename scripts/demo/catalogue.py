"""The twelve blocks, their material, and the control plan of their final check."""

import base64

from people import user
from tables import DATA

SHEETS_IN_STOCK = {"PLY-2611-A": 120, "PLY-2611-B": 120}


def import_blocks(env):
    """Part lists through the wizard that a manager uses, and sheets in the hub."""
    env = env(user=user(env, "manager"))
    sheet = env["product.product"].create({
        "name": "Spruce plywood 1220 x 2440 x 18 mm", "default_code": "PLY-18", "is_storable": True, "tracking": "lot",
        "standard_price": 38.0, "weight": 25.5, "is_illustrative": True,
    })
    wizard = env["wcm.part.list.import"].create({
        "file_ids": env["ir.attachment"].create([
            {"name": path.name, "raw": path.read_bytes()} for path in sorted((DATA / "skylark150").glob("*.csv"))
        ]).ids,
        "figures": base64.b64encode((DATA / "demo" / "blocks.csv").read_bytes()),
        "sheet_id": sheet.id,
        "categ_id": env["product.category"].create({"name": "Skylark 150 blocks"}).id,
    })
    wizard.action_import()
    _put_in_stock(env, sheet)
    _attach_drawings(env)


def _put_in_stock(env, sheet):
    place = env.ref("stock.warehouse0").lot_stock_id
    for name, quantity in SHEETS_IN_STOCK.items():
        lot = env["stock.lot"].create({"name": name, "product_id": sheet.id})
        env["stock.quant"]._update_available_quantity(sheet, place, quantity, lot_id=lot)


def blocks(env):
    return env["product.product"].search([("tracking", "=", "serial"), ("categ_id.name", "=", "Skylark 150 blocks")])


def _attach_drawings(env):
    """Each block's part list stands in for its drawings."""
    env["product.document"].create([
        {
            "name": f"{block.default_code}_production.csv",
            "raw": (DATA / "skylark150" / f"{block.default_code}_production.csv").read_bytes(),
            "res_model": "product.product",
            "res_id": block.id,
        }
        for block in blocks(env)
    ])


def write_control_plan(env):
    """A final check with a hold point; its limits are illustrative."""
    env = env(user=user(env, "quality"))
    plan = env["wcm.control.plan"].create({
        "name": "Skylark block, final check (illustrative limits)",
        "categ_id": blocks(env)[0].categ_id.id,
        "stage": "final",
        "checkpoint_ids": [(0, 0, values) for values in _checkpoints()],
    })
    plan.action_approve()


def _checkpoints():
    return [
        {
            "sequence": 1, "name": "Width of the block", "kind": "measurement", "nominal": 600.0, "tolerance_minus": 1.5,
            "tolerance_plus": 1.0, "unit": "mm", "point_type": "hold",
            "instruction": "Measure across the middle with the steel rule, the block lying flat.",
        },
        {"sequence": 2, "name": "Photo of the label on the block", "kind": "photo", "instruction": "The code must be readable."},
        {"sequence": 3, "name": "No delamination, all pegs flush", "kind": "pass_fail", "instruction": "Look at all four edges."},
    ]
