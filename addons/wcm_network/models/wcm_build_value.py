from odoo import api, fields, models


class WcmBuild(models.Model):
    """Value for money of a home: its agreed orders, as far as the reader sees them."""

    _inherit = "wcm.build"

    price_value = fields.Json("Value for money", compute="_compute_price_value", groups="wcm_network.group_coordinator")

    @api.depends("work_order_ids.state", "work_order_ids.price_unit")
    @api.depends_context("uid")
    def _compute_price_value(self):
        for build in self:
            orders = build.work_order_ids._agreed_only()
            build.price_value = orders and orders._value_for_money()
