from odoo import fields, models


class WcmSite(models.Model):
    """A housing site, with its own stock location and receipts."""

    _name = "wcm.site"
    _description = "Housing site"
    _inherit = ["mail.thread"]
    _order = "name"

    name = fields.Char(required=True)
    code = fields.Char(required=True, help="Short code, used in the names of receipts.")
    partner_id = fields.Many2one("res.partner", "Address", required=True)
    region_id = fields.Many2one("wcm.region", index=True)
    latitude = fields.Float(digits=(10, 7))
    longitude = fields.Float(digits=(10, 7))
    location_id = fields.Many2one("stock.location", readonly=True, copy=False)
    picking_type_id = fields.Many2one("stock.picking.type", "Receipts", readonly=True, copy=False)
    build_ids = fields.One2many("wcm.build", "site_id")
    active = fields.Boolean(default=True)
