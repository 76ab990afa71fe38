from odoo import api, fields, models
from odoo.fields import Domain


class WcmFacility(models.Model):
    """What audits say of a space.

    Computed with the rights of the reader: scores of another region's spaces are not shown,
    also where the space itself is.
    """

    _inherit = "wcm.facility"

    audit_ids = fields.One2many("wcm.audit", "facility_id", string="Audits")
    certificate_ids = fields.One2many("wcm.certificate", "facility_id", string="Certificates")
    audit_count = fields.Integer("Number of Audits", compute="_compute_audit_result", compute_sudo=False)
    audit_score = fields.Float(
        "Audit Score (%)",
        digits=(5, 1),
        compute="_compute_audit_result",
        compute_sudo=False,
        help="Of the latest visit, or of the latest self-audit as long as nobody has visited.",
    )
    next_audit_due = fields.Date(
        compute="_compute_audit_result",
        search="_search_next_audit_due",
        compute_sudo=False,
        help="Empty until a first audit is complete.",
    )

    def _compute_audit_result(self):
        audits = self.env["wcm.audit"].search([("facility_id", "in", self.ids), ("state", "!=", "cancelled")])
        for facility in self:
            own = audits.filtered(lambda audit, f=facility: audit.facility_id == f)
            current = own.filtered("is_current")
            facility.audit_count = len(own)
            facility.audit_score = current[:1].score
            facility.next_audit_due = min(filter(None, current.mapped("next_due_on")), default=False)

    @api.model
    def _search_next_audit_due(self, operator, value):
        current = Domain("audit_ids", "any", Domain("is_current", "=", True))
        if operator == "in" and set(value) == {False}:
            return ~current
        return Domain("audit_ids", "any", Domain("is_current", "=", True) & Domain("next_due_on", operator, value))

    def action_open_audits(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("wcm_mapping.action_audit")
        action["domain"] = [("facility_id", "=", self.id)]
        action["context"] = {"default_facility_id": self.id}
        return action

    @api.model
    def _cron_remind_audits(self, days=30):
        """Ask the coordinators once per audit, when the next one is due within so many days."""
        audits = self.env["wcm.audit"].search(
            [
                ("is_current", "=", True),
                ("reaudit_reminded", "=", False),
                ("next_due_on", "<=", f"today +{days}d"),
                ("facility_id.active", "=", True),
            ]
        )
        for audit in audits:
            audit.facility_id._remind_of_audit(audit)
        audits.reaudit_reminded = True

    def _remind_of_audit(self, audit):
        """An activity for each coordinator, unless the next audit with these questions is planned already."""
        planned = self.audit_ids.filtered(lambda other: other.state in ("planned", "in_progress"))
        if audit.survey_id in planned.survey_id:
            return
        for coordinator in self.region_id.coordinator_ids:
            self.activity_schedule(
                "wcm_mapping.activity_reaudit",
                date_deadline=audit.next_due_on,
                user_id=coordinator.id,
                summary=self.env._("Plan the next audit: %s", audit.survey_id.title),
            )
