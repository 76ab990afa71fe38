from odoo import api, fields, models
from odoo.exceptions import ValidationError


class WcmCapabilityEvidence(models.Model):
    """History: when the evidence for a capability went up or down, by whom, and why."""

    _name = "wcm.capability.evidence"
    _description = "Change of Evidence"
    _order = "changed_on desc, id desc"
    _rec_name = "capability_id"

    capability_id = fields.Many2one("wcm.capability", required=True, readonly=True, index=True, ondelete="cascade")
    facility_id = fields.Many2one(related="capability_id.facility_id", store=True, index=True)
    region_id = fields.Many2one(related="capability_id.region_id", store=True, index=True)
    process_id = fields.Many2one(related="capability_id.process_id", store=True)
    audit_id = fields.Many2one("wcm.audit", readonly=True, index="btree_not_null", ondelete="set null")
    before = fields.Selection(selection=lambda self: self._levels(), readonly=True)
    after = fields.Selection(selection=lambda self: self._levels(), required=True, readonly=True)
    reason = fields.Char(required=True, readonly=True)
    changed_on = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    user_id = fields.Many2one("res.users", "Changed by", readonly=True, default=lambda self: self.env.user)

    def _levels(self):
        return self.env["wcm.capability"]._fields["evidence_level"].selection

    @api.constrains("audit_id", "capability_id")
    def _check_audit(self):
        if any(line.audit_id and line.audit_id.facility_id != line.facility_id for line in self):
            raise ValidationError(self.env._("An audit speaks only of the capability of its own space."))
