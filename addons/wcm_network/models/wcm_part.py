import secrets

from odoo import fields, models


class WcmPart(models.Model):
    """One physical block with a label; its identity is a lot."""

    _name = "wcm.part"
    _description = "Tracked part"
    _inherit = ["mail.thread", "wcm.facade"]
    _order = "work_order_id, name"

    _member_readable = frozenset({
        "name", "code", "work_order_id", "component_code", "component_name", "build_name", "state", "is_held", "hold_reason",
        "design_revision", "sheet_lot_names", "made_on", "membership_id", "event_ids", "shipment_id", "public_url",
    })

    name = fields.Char("Serial number", related="lot_id.name", store=True)
    code = fields.Char("Public code", required=True, readonly=True, copy=False, default=lambda self: secrets.token_urlsafe(12))
    lot_id = fields.Many2one("stock.lot", required=True, readonly=True, ondelete="restrict", index=True)
    work_order_id = fields.Many2one("wcm.work.order", required=True, index=True, ondelete="restrict")
    membership_id = fields.Many2one(related="work_order_id.membership_id", store=True, index=True)
    build_id = fields.Many2one(related="work_order_id.build_id", store=True, index=True)
    build_name = fields.Char(related="build_id.name", string="Build name")
    product_id = fields.Many2one(related="work_order_id.product_id", store=True)
    component_code = fields.Char(related="product_id.default_code", string="Component")
    component_name = fields.Char(related="product_id.name", string="Component name")
    state = fields.Selection(
        [
            ("to_make", "To make"),
            ("made", "Made"),
            ("packed", "Packed"),
            ("dispatched", "Dispatched"),
            ("received", "Received"),
            ("installed", "Installed"),
            ("scrapped", "Scrapped"),
        ],
        default="to_make", required=True, index=True, tracking=True, group_expand=True,
    )
    is_held = fields.Boolean("Held", readonly=True, copy=False, index=True, help="May not be packed, shipped, received or installed.")
    hold_reason = fields.Char(readonly=True, copy=False)
    design_revision = fields.Char(readonly=True)
    sheet_lot_ids = fields.Many2many("stock.lot", "wcm_part_sheet_lot_rel", "part_id", "lot_id", "Sheet lots used")
    sheet_lot_names = fields.Char(compute="_compute_sheet_lot_names", string="Sheets used")
    made_on = fields.Datetime(readonly=True)
    made_by_id = fields.Many2one("res.users", readonly=True)
    shipment_id = fields.Many2one("wcm.shipment", readonly=True, index=True)
    event_ids = fields.One2many("wcm.part.event", "part_id", readonly=True)
    public_url = fields.Char(compute="_compute_public_url")

    _code_uniq = models.UniqueIndex("(code)", "Two parts cannot have the same public code.")
    _lot_uniq = models.UniqueIndex("(lot_id)", "This lot is already a tracked part.")
