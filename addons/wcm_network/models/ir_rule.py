from odoo import api, models
from odoo.fields import Domain

from .wcm_membership import SHUT_STATES


class IrRule(models.Model):
    """A rule for everybody outside, on every facade that says whose it is: nothing of a member that is shut out.

    The rules of the groups name the state too; this one also holds for a facade whose rule forgot it.
    """

    _inherit = "ir.rule"

    @api.model
    def _compute_domain(self, model_name, mode="read"):
        domain = super()._compute_domain(model_name, mode)
        whose = getattr(self.env[model_name], "_shut_by", None)
        field = self.env[model_name]._fields.get(whose)
        if self.env.su or not field or not field.store or not self.env.user.share:
            return domain
        return domain & (Domain(whose, "=", False) | Domain(f"{whose}.state", "not in", SHUT_STATES))
