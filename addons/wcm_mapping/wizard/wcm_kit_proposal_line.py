from odoo import fields, models

from ..models.wcm_facility_kit import PROPOSED


class WcmKitProposalLine(models.TransientModel):
    _name = "wcm.kit.proposal.line"
    _description = "Capability Proposed from Kit, Line"

    proposal_id = fields.Many2one("wcm.kit.proposal", required=True, ondelete="cascade")
    is_confirmed = fields.Boolean("Confirm")
    process_id = fields.Many2one("wcm.process", required=True, readonly=True, ondelete="cascade")
    capability_id = fields.Many2one("wcm.capability", readonly=True, ondelete="cascade")
    recorded = fields.Char("Recorded Now", compute="_compute_recorded")
    envelope_x_mm = fields.Integer("X (mm)")
    envelope_y_mm = fields.Integer("Y (mm)")
    envelope_z_mm = fields.Integer("Z (mm)")
    tolerance_mm = fields.Float("± mm", digits=(8, 3))
    machine_count = fields.Integer("Machines")

    def _compute_recorded(self):
        for line in self:
            line.recorded = line._recorded_text() if line.capability_id else self.env._("Nothing")

    def _recorded_text(self):
        capability = self.capability_id
        return self.env._(
            "%(x)d × %(y)d × %(z)d mm, ± %(tolerance)g mm, %(machines)d machines",
            x=capability.envelope_x_mm,
            y=capability.envelope_y_mm,
            z=capability.envelope_z_mm,
            tolerance=capability.tolerance_mm,
            machines=capability.machine_count,
        )

    def _record(self):
        """Write or create the capability; its chatter says where the figures come from."""
        for line in self:
            figures = {name: line[name] for name in PROPOSED}
            if line.capability_id:
                line.capability_id.write(figures)
            else:
                place = {"facility_id": line.proposal_id.facility_id.id, "process_id": line.process_id.id}
                line.capability_id = self.env["wcm.capability"].create({**place, **figures})
            line.capability_id.message_post(body=self.env._("Taken from the kit and confirmed."))
