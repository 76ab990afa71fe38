from odoo import fields, models
from odoo.exceptions import UserError


class WcmControlPlan(models.Model):
    """An approved plan that nothing replaces any more. Checks that it opened stay to be done; it opens no more."""

    _inherit = "wcm.control.plan"

    state = fields.Selection(selection_add=[("retired", "Retired")], ondelete={"retired": "cascade"})
    retire_reason = fields.Char("Why it is retired", copy=False, tracking=True, help="Kept with the plan.")
    retired_by_id = fields.Many2one("res.users", "Retired by", readonly=True, copy=False)
    retired_on = fields.Datetime(readonly=True, copy=False)

    def action_retire(self, reason=None):
        """No block is checked by it any more, and none takes its place."""
        self._check_quality_lead()
        for plan in self:
            plan._retire((reason or plan.retire_reason or "").strip())

    def _retire(self, reason):
        if self.state != "approved":
            raise UserError(self.env._("Only an approved plan is retired. A draft is deleted, and a superseded one holds for nothing already."))
        if not reason:
            raise UserError(self.env._("Say why %s is retired: it is kept with the plan.", self.display_name))
        self._set_retired({"state": "retired", "retire_reason": reason, "retired_by_id": self.env.uid, "retired_on": fields.Datetime.now()})

    def _guarded_fields(self):
        return super()._guarded_fields() | {"retired_by_id", "retired_on"}

    def write(self, vals):
        """The reason is written before; afterwards it stays."""
        if "retire_reason" in vals and any(plan.state != "approved" for plan in self):
            raise UserError(self.env._("Why a plan is retired is said while it is approved, and stays as it was said."))
        return super().write(vals)
