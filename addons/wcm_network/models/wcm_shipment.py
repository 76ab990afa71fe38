from odoo import fields, models


class WcmShipment(models.Model):
    """Packed parts of one member on their way to one site."""

    _name = "wcm.shipment"
    _description = "Shipment"
    _inherit = ["mail.thread", "wcm.facade"]
    _order = "id desc"

    _member_readable = frozenset({
        "name", "state", "membership_id", "site_name", "part_ids", "part_count", "date_dispatched", "date_received",
        "distance_km", "kgco2e", "carrier_note",
    })
    _member_writable = frozenset({"carrier_note"})

    name = fields.Char(required=True, readonly=True, default="New", copy=False)
    membership_id = fields.Many2one("wcm.membership", "Member", required=True, index=True)
    site_id = fields.Many2one("wcm.site", required=True, index=True)
    site_name = fields.Char(related="site_id.name", string="Site name")
    region_id = fields.Many2one(related="membership_id.region_id", store=True)
    state = fields.Selection(
        [("draft", "Loading"), ("dispatched", "On its way"), ("received", "Received"), ("cancelled", "Cancelled")],
        default="draft", required=True, index=True, copy=False, tracking=True,
    )
    part_ids = fields.One2many("wcm.part", "shipment_id")
    part_count = fields.Integer(compute="_compute_part_count")
    picking_ids = fields.Many2many("stock.picking", readonly=True, copy=False, string="Receipts")
    date_dispatched = fields.Datetime(readonly=True, copy=False)
    date_received = fields.Datetime(readonly=True, copy=False)
    distance_km = fields.Float("Distance by road, estimated (km)", readonly=True)
    kgco2e = fields.Float("Transport carbon, estimated (kgCO2e)", readonly=True)
    carrier_note = fields.Char()
