from odoo import fields, models


class WcmAuditEvidenceLine(models.TransientModel):
    """One capability, its evidence now, and what the visit says."""

    _name = "wcm.audit.evidence.line"
    _description = "Evidence of one Capability after a Visit"

    review_id = fields.Many2one("wcm.audit.evidence", required=True, ondelete="cascade")
    capability_id = fields.Many2one("wcm.capability", required=True, readonly=True, ondelete="cascade")
    process_id = fields.Many2one(related="capability_id.process_id")
    before = fields.Selection(related="capability_id.evidence_level", string="Now")
    level = fields.Selection(selection=lambda self: self._levels(), string="After the Visit", required=True)
    reason = fields.Char(help="Needed where the evidence changes.")

    def _levels(self):
        return self.env["wcm.capability"]._fields["evidence_level"].selection
