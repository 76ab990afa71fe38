from odoo import fields, models
from odoo.exceptions import UserError

FIGURES = ("envelope_x_mm", "envelope_y_mm", "envelope_z_mm", "tolerance_mm", "machine_count")
PROPOSED = ("process_id", *FIGURES, "note")


class WcmCapabilityProposal(models.Model):
    """What an operator says that its space can do, for a coordinator to record or to refuse."""

    _name = "wcm.capability.proposal"
    _description = "Proposed Capability"
    _inherit = ["mail.thread"]
    _order = "create_date desc, id desc"
    _rec_name = "process_id"

    facility_id = fields.Many2one("wcm.facility", "Production Space", required=True, index=True, ondelete="cascade")
    region_id = fields.Many2one(related="facility_id.region_id", store=True, index=True)
    process_id = fields.Many2one("wcm.process", required=True, index=True, ondelete="cascade")
    envelope_x_mm = fields.Integer("Envelope X (mm)", aggregator="max", help="Longest workpiece, in mm. 0: not limited.")
    envelope_y_mm = fields.Integer("Envelope Y (mm)", aggregator="max", help="Widest workpiece, in mm. 0: not limited.")
    envelope_z_mm = fields.Integer("Envelope Z (mm)", aggregator="max", help="Highest workpiece, in mm. 0: not limited.")
    tolerance_mm = fields.Float("Tolerance (± mm)", digits=(8, 3), aggregator="min", help="Plus or minus, in mm.")
    machine_count = fields.Integer("Machines", default=1, help="How many can work at the same time.")
    note = fields.Text("Remark", help="How the space knows: jobs done, machine, people.")
    state = fields.Selection(
        [("waiting", "To decide"), ("recorded", "Recorded"), ("refused", "Refused")],
        default="waiting",
        required=True,
        index=True,
        tracking=True,
    )
    answer = fields.Text("Reason for the Decision", help="Shown to the operator. Needed to refuse.")
    decided_by_id = fields.Many2one("res.users", readonly=True)

    _machines_positive = models.Constraint("CHECK(machine_count > 0)", "Give at least one machine.")

    def _has_field_access(self, field, operation):
        """A coordinator may correct the figures; who decided, and whose it is, stays."""
        kept = operation == "write" and field.name in ("state", "decided_by_id", "facility_id", "note") and not self.env.su
        return not kept and super()._has_field_access(field, operation)

    def action_record(self):
        """Write it to the capability of the space, as declared where it is new."""
        for proposal in self:
            proposal._check_may_decide()
            values = {name: proposal[name] for name in FIGURES}
            capability = proposal.facility_id.capability_ids.filtered(lambda c, p=proposal: c.process_id == p.process_id)
            if capability:
                capability.write(values)
            else:
                place = {"facility_id": proposal.facility_id.id, "process_id": proposal.process_id.id}
                capability.create({**values, **place})
            proposal._decide("recorded")

    def action_refuse(self):
        for proposal in self:
            proposal._check_may_decide()
            if not (proposal.answer or "").strip():
                raise UserError(self.env._("Write the reason for the decision first: the operator reads it."))
            proposal._decide("refused")

    def _check_may_decide(self):
        self.check_access("write")
        if self.state != "waiting":
            raise UserError(self.env._("This proposal is decided already."))

    def _decide(self, state):
        self.sudo().write({"state": state, "decided_by_id": self.env.uid})
        others = self.facility_id.sudo().proposal_ids.filtered(lambda proposal: proposal.state == "waiting")
        if not others:
            self.facility_id.sudo().activity_feedback(["wcm_mapping.activity_proposal"])
