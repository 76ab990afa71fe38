from odoo import api, fields, models
from odoo.exceptions import UserError


class WcmCorrectiveAction(models.Model):
    """What comes of an audit's finding, in the same list as what comes of a nonconformity."""

    _inherit = "wcm.corrective.action"

    _guarded = frozenset({"membership_id"})
    _member_readable = frozenset({"about"})

    nonconformity_id = fields.Many2one(required=False)
    finding_id = fields.Many2one("wcm.audit.finding", index="btree_not_null", ondelete="restrict")
    membership_id = fields.Many2one("wcm.membership", related=None, compute="_compute_membership_id", store=True, readonly=True, index=True)
    about = fields.Char(compute="_compute_about", compute_sudo=True, help="The nonconformity or the finding that it is to end.")

    _about_one = models.Constraint(
        "CHECK((nonconformity_id IS NULL) <> (finding_id IS NULL))", "A corrective action ends one nonconformity, or one finding of an audit.",
    )

    @api.depends("nonconformity_id.membership_id", "finding_id.facility_id")
    def _compute_membership_id(self):
        """The member that has to change something: who made the parts, or who was audited."""
        live = [("facility_id", "in", self.finding_id.facility_id.ids), ("state", "not in", ("ended", "declined"))]
        audited = self.env["wcm.membership"].sudo().search(live).grouped("facility_id") if self.finding_id else {}
        for action in self:
            found = audited.get(action.finding_id.facility_id) if action.finding_id else None
            action.membership_id = found or action.nonconformity_id.membership_id

    @api.depends("nonconformity_id.display_name", "finding_id.description", "finding_id.clause")
    def _compute_about(self):
        for action in self:
            finding = action.finding_id
            action.about = ": ".join(filter(None, (finding.clause, finding.description))) or action.nonconformity_id.display_name

    @api.model_create_multi
    def create(self, vals_list):
        actions = super().create(vals_list)
        if not self.env.su:
            actions.finding_id.check_access("write")
        if closed := actions.sudo().finding_id.filtered(lambda finding: finding.state == "verified"):
            raise UserError(self.env._("“%s” is verified already. Reopen it first.", closed[0].description))
        return actions

    def write(self, vals):
        if not self.env.su and "finding_id" in vals:
            raise UserError(self.env._("A corrective action stays with its finding."))
        return super().write(vals)

    def action_done(self, note=None):
        result = super().action_done(note)
        self.sudo().finding_id._take_actions()
        return result

    def _begin_again(self, note):
        super()._begin_again(note)
        self.finding_id.filtered(lambda finding: finding.state != "open").action_reopen()
