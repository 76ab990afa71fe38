from odoo import api, fields, models


class WcmWorkOrder(models.Model):
    """What a member asks for instead, beside what was planned."""

    _inherit = "wcm.work.order"

    counter_quantity_less = fields.Integer("To place elsewhere", compute="_compute_counter_difference", help="Blocks of the offer that the member would not make.")
    counter_days = fields.Integer("Days later", compute="_compute_counter_difference", help="Below zero: earlier.")
    counter_cost = fields.Monetary("Costs more", compute="_compute_counter_difference", help="For the blocks that the member would make; below zero: less.")
    counter_is_late = fields.Boolean("After the day it is needed", compute="_compute_counter_difference")

    @api.depends("state", "counter_quantity", "counter_date_due", "counter_price_unit", "quantity", "date_due", "price_unit")
    def _compute_counter_difference(self):
        for order in self:
            asked = order.state == "countered"
            order.counter_quantity_less = asked and order.quantity - order.counter_quantity
            order.counter_days = asked and (order.counter_date_due - order.date_due).days
            order.counter_cost = asked and order.counter_quantity * (order.counter_price_unit - order.price_unit)
            order.counter_is_late = asked and order.needed_on_site and order.counter_date_due >= order.needed_on_site
