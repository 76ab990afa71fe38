from datetime import timedelta

from odoo import api, fields, models

# Days before the end when somebody is reminded, and the note of it.
REMINDERS = ((0, "0"), (30, "30"), (60, "60"))


class WcmCertificate(models.Model):
    """A paper that a space holds and that runs out: insurance, certification, training, calibration."""

    _name = "wcm.certificate"
    _description = "Certificate"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "expires_on, id"
    _rec_names_search = ["number", "issuer", "facility_id"]

    facility_id = fields.Many2one(
        "wcm.facility", string="Production Space", required=True, index=True, ondelete="cascade", tracking=True
    )
    region_id = fields.Many2one(related="facility_id.region_id", store=True, index=True)
    active = fields.Boolean(default=True)
    kind = fields.Selection(
        [
            ("public_liability", "Public liability insurance"),
            ("employers_liability", "Employers' liability insurance"),
            ("iso_9001", "ISO 9001"),
            ("chain_of_custody", "FSC or PEFC chain of custody"),
            ("training", "Training"),
            ("calibration", "Calibration"),
            ("other", "Other"),
        ],
        required=True,
        tracking=True,
    )
    subject = fields.Char("For Whom or What", help="The person trained, the instrument calibrated, the sum insured.")
    number = fields.Char(tracking=True, help="As printed on the paper.")
    issuer = fields.Char(tracking=True, help="Who gave it: insurer, certification body, trainer, laboratory.")
    issued_on = fields.Date(tracking=True)
    expires_on = fields.Date(index=True, tracking=True, help="Last day that it holds. Empty: it does not run out.")
    validity = fields.Selection(
        [("valid", "Valid"), ("expiring", "Runs out within 60 days"), ("expired", "Expired")],
        compute="_compute_validity",
    )
    document = fields.Binary(attachment=True, help="The paper itself, as PDF or photo.")
    document_name = fields.Char()
    reminded = fields.Selection(
        [(note, note) for _days, note in REMINDERS],
        "Reminded at",
        readonly=True,
        copy=False,
        help="Days before the end when the last reminder was given.",
    )

    _dates_in_order = models.Constraint(
        "CHECK(issued_on IS NULL OR expires_on IS NULL OR issued_on <= expires_on)",
        "A certificate cannot run out before it was issued.",
    )

    @api.depends("kind", "subject", "facility_id.name")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for certificate in self:
            parts = [kinds.get(certificate.kind, ""), certificate.subject or "", certificate.facility_id.name or ""]
            certificate.display_name = ", ".join(part for part in parts if part)

    @api.depends("expires_on")
    def _compute_validity(self):
        today = fields.Date.context_today(self)
        for certificate in self:
            days = (certificate.expires_on - today).days if certificate.expires_on else 1000
            certificate.validity = "expired" if days < 0 else "expiring" if days <= 60 else "valid"

    def write(self, vals):
        """A renewed paper is reminded of anew, and the old reminder goes."""
        if "expires_on" in vals:
            self.sudo().reminded = False
            self.activity_unlink(["wcm_mapping.activity_certificate"])
        result = super().write(vals)
        if "facility_id" in vals:
            self.check_access("write")
        return result

    @api.model
    def _cron_remind(self):
        """60 and 30 days before a certificate runs out and on the day, once each."""
        today = fields.Date.context_today(self)
        held = [("review", "=", "accepted"), ("facility_id.active", "=", True)]
        soon = self.search([("expires_on", "<=", today + timedelta(days=60)), *held])
        for certificate in soon:
            left = (certificate.expires_on - today).days
            note = next(note for days, note in REMINDERS if left <= days)
            if note != certificate.reminded:
                certificate._remind(note)

    def _remind(self, note):
        self.activity_unlink(["wcm_mapping.activity_certificate"])
        for coordinator in self.region_id.coordinator_ids:
            self.activity_schedule(
                "wcm_mapping.activity_certificate",
                date_deadline=self.expires_on,
                user_id=coordinator.id,
                summary=self.env._("Ask for the renewal"),
            )
        self.reminded = note
