from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class WcmAuditEvidence(models.TransientModel):
    """After a visit: which capabilities does it speak for, and which not any more?"""

    _name = "wcm.audit.evidence"
    _description = "Evidence after a Visit"

    audit_id = fields.Many2one("wcm.audit", required=True, readonly=True, ondelete="cascade")
    line_ids = fields.One2many(
        "wcm.audit.evidence.line", "review_id", compute="_compute_line_ids", store=True, readonly=False
    )

    @api.depends("audit_id")
    def _compute_line_ids(self):
        for review in self:
            lines = [review._line_values(capability) for capability in review.audit_id.facility_id.capability_ids]
            review.line_ids = [Command.clear(), *map(Command.create, lines)]

    def _line_values(self, capability):
        level, reason = self.audit_id._proposed_evidence(capability)
        return {"capability_id": capability.id, "level": level, "reason": reason}

    def action_apply(self):
        """Write what was decided, each with its reason."""
        audit = self.audit_id
        if not audit._speaks_of_capability():
            raise UserError(self.env._("Only a visit that is done speaks of capability."))
        changed = self.line_ids.filtered(
            lambda line: line.capability_id.facility_id == audit.facility_id and line.level != line.before
        )
        if silent := changed.filtered(lambda line: not (line.reason or "").strip()):
            raise UserError(self.env._("Say why for %s.", ", ".join(silent.capability_id.mapped("display_name"))))
        for line in changed:
            line.capability_id._set_evidence(line.level, line.reason, audit)
        return {"type": "ir.actions.act_window_close"}
