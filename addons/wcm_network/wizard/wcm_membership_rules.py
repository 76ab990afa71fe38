from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.wcm_membership_limits import HOURS, SHARE

DAYS_KEY = "wcm_network.leaving_data_days"


class WcmMembershipRules(models.TransientModel):
    """The figures that memberships go by, on one page with what they mean; kept as system parameters."""

    _name = "wcm.membership.rules"
    _description = "Rules of membership"

    probation_hours = fields.Float("Hours a week on probation", default=lambda self: self.env["wcm.membership"]._probation_hours())
    probation_share = fields.Float("Share of a home's blocks on probation (%)", default=lambda self: 100 * (self.env["wcm.membership"]._setting(SHARE)))
    leaving_data_days = fields.Integer("Days that data is offered after leaving", default=lambda self: self.env["wcm.membership.archive"]._keep_days())

    def action_save(self):
        self.ensure_one()
        self._check_rules()
        for key, value in self._parameters().items():
            self.env["ir.config_parameter"].sudo().set_param(key, value)
        return {"type": "ir.actions.act_window_close"}

    def _check_rules(self):
        if not 0 <= self.probation_hours <= 168:
            raise UserError(self.env._("A week has 168 hours: give 0 (no limit) to 168."))
        if not 0 <= self.probation_share <= 100:
            raise UserError(self.env._("A share is 0 (no limit) to 100 %."))
        if not 1 <= self.leaving_data_days <= 365:
            raise UserError(self.env._("Data is offered for 1 to 365 days."))

    def _parameters(self):
        """Hook: {key of the system parameter: its value}"""
        return {HOURS: self.probation_hours, SHARE: round(self.probation_share / 100, 4), DAYS_KEY: self.leaving_data_days}

    @api.depends("probation_hours")
    def _compute_display_name(self):
        self.display_name = self._description
