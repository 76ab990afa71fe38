from odoo import fields, models


class WcmKitProposal(models.TransientModel):
    """Capability that the kit of a space suggests; a person ticks what is true."""

    _name = "wcm.kit.proposal"
    _description = "Capability Proposed from Kit"

    facility_id = fields.Many2one("wcm.facility", required=True, readonly=True, ondelete="cascade")
    line_ids = fields.One2many("wcm.kit.proposal.line", "proposal_id")

    def action_confirm(self):
        """Record the lines that are ticked."""
        self.line_ids.filtered("is_confirmed")._record()
        return {"type": "ir.actions.client", "tag": "soft_reload"}
