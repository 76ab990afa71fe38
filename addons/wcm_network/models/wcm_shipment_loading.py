from odoo import api, fields, models


class WcmShipment(models.Model):
    """The order in which blocks go on to the vehicle."""

    _inherit = "wcm.shipment"

    _member_readable = frozenset({"loading_part_ids"})

    loading_part_ids = fields.One2many(
        "wcm.part", compute="_compute_loading_part_ids", string="Parts in the order of loading", help="The first of them goes on first.",
    )

    @api.depends("part_ids")
    def _compute_loading_part_ids(self):
        for shipment in self:
            shipment.loading_part_ids = shipment.part_ids.sudo()._in_loading_order().with_env(self.env)
