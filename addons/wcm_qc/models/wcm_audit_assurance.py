from odoo import fields, models
from odoo.exceptions import UserError

SERIOUS = ("major", "critical")


class WcmAudit(models.Model):
    """Audits against BOPAS, NHBC and ISO 9001: findings come of the answers, and a certificate of assurance of a good one."""

    _inherit = "wcm.audit"

    assurance_scheme = fields.Selection(related="survey_id.assurance_scheme", store=True, index="btree_not_null")
    certificate_id = fields.Many2one("wcm.certificate", "Certificate of assurance", readonly=True, copy=False, index="btree_not_null")

    def _has_field_access(self, field, operation):
        earned = operation == "write" and field.name in ("certificate_id", "assurance_scheme") and not self.env.su
        return not earned and super()._has_field_access(field, operation)

    def _speaks_of_capability(self):
        """What a workshop can make is for those who keep its listing; its quality system says nothing of that."""
        return not self.assurance_scheme and self.env["wcm.capability"].has_access("write") and super()._speaks_of_capability()

    def _complete(self):
        super()._complete()
        if self.kind == "visit":
            self._write_findings()

    def _write_findings(self):
        """One for each answer that something comes of and that nobody has written down already."""
        written = self.finding_ids.question_id
        self.env["wcm.audit.finding"].create([
            self._finding_values(question, severity, words)
            for question, severity, words in self.user_input_id._findings_answered() if question not in written
        ])

    def _finding_values(self, question, severity, words):
        return {
            "audit_id": self.id, "question_id": question.id, "section_id": question.page_id.id, "severity": severity,
            "description": words or question.title, "owner_id": self.auditor_id.id,
        }

    def _months_until_next(self, score):
        """The interval of the scheme, or earlier where the score asks for it."""
        months = super()._months_until_next(score)
        return min(months, self.survey_id.surveillance_months or months)

    def action_certify(self):
        """A certificate of assurance of the network: holds until the next audit is due."""
        self.ensure_one()
        self.check_access("write")
        self._check_certifiable()
        audit = self.sudo()
        audit.certificate_id = self.env["wcm.certificate"].sudo().create(audit._certificate_values())
        return audit.certificate_id._get_records_action()

    def _check_certifiable(self):
        if not self.assurance_scheme or self.state != "done" or self.kind != "visit":
            raise UserError(self.env._("Only a completed visit against a scheme gives a certificate of assurance."))
        if self.certificate_id:
            raise UserError(self.env._("This audit has given its certificate already."))
        if waiting := self.finding_ids.filtered(lambda finding: finding.severity in SERIOUS and finding.state != "verified"):
            raise UserError(self.env._(
                "No certificate while a major or critical finding is not verified:\n%s", "\n".join(f"• {text}" for text in waiting.mapped("description")),
            ))

    def _certificate_values(self):
        return {
            "facility_id": self.facility_id.id, "kind": "assurance", "subject": self.survey_id.title, "number": f"WCM-A-{self.id:05d}",
            "issuer": self.env.company.name, "issued_on": self.done_on, "expires_on": self.next_due_on, "review": "accepted",
        }
