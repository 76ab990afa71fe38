from odoo import fields, models
from odoo.exceptions import UserError

from ..models.wcm_membership_probation import ORDERS_KEY


class WcmMembershipRules(models.TransientModel):
    _inherit = "wcm.membership.rules"

    probation_orders = fields.Integer("Orders that end probation", default=lambda self: self.env["wcm.membership"]._orders_for_ending())

    def _check_rules(self):
        super()._check_rules()
        if not 0 <= self.probation_orders <= 100:
            raise UserError(self.env._("Give 0 to 100 orders."))

    def _parameters(self):
        return {**super()._parameters(), ORDERS_KEY: self.probation_orders}
