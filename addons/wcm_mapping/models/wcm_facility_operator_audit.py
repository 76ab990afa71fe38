import base64

from odoo import models
from odoo.exceptions import UserError
from odoo.tools.mimetypes import guess_mimetype

CERTIFICATE = ("kind", "subject", "number", "issuer", "issued_on", "expires_on")
CLOSURE = ("evidence_text",)
PAPERS = ("application/pdf", "image/jpeg", "image/png")
PAPER_BYTES = 12_000_000


class WcmFacility(models.Model):
    """What an operator sees of the audits of its own space, and what it adds to them."""

    _inherit = "wcm.facility"

    def _operator_audits(self):
        return self.audit_ids.filtered(lambda audit: audit.state != "cancelled")

    def _operator_findings(self):
        """Of audits that are complete: what an auditor is still writing is nobody else's yet."""
        return self.audit_ids.filtered(lambda audit: audit.state == "done").finding_ids

    def _operator_close(self, finding, sent, photo=None):
        """Add what was done about a finding; a coordinator looks at it.

        :param finding: one of `_operator_findings()`
        """
        values = self.env["wcm.operator.form"]._read_form("wcm.audit.finding", CLOSURE, sent)
        values |= {"evidence_photo": photo} if photo else {}
        if finding.state != "open":
            raise UserError(self.env._("This finding is not open any more."))
        if not any(values.values()):
            raise UserError(self.env._("Write what was done, or add a photo of it."))
        finding.write(values)
        finding.action_done()
        finding.message_post(body=self.env._("The operator added evidence that it has changed."))
        self._ask_coordinators("wcm_mapping.activity_evidence", self.env._("Look at the evidence"), finding.description)

    def _operator_send_certificate(self, sent, upload):
        """Take a paper in; it counts when a coordinator has accepted it."""
        values = self.env["wcm.operator.form"]._read_form("wcm.certificate", CERTIFICATE, sent)
        self._check_certificate(values)
        paper = {"document": self._read_paper(upload), "document_name": upload.filename[:100]}
        place = {"facility_id": self.id, "review": "waiting"}
        certificate = self.env["wcm.certificate"].sudo().create({**values, **paper, **place})
        self._tell_certificate(certificate)
        return certificate

    def _check_certificate(self, values):
        if not values.get("kind"):
            raise UserError(self.env._("Choose what kind of paper it is."))
        issued, expires = values.get("issued_on"), values.get("expires_on")
        if issued and expires and issued > expires:
            raise UserError(self.env._("A certificate cannot run out before it was issued."))

    def _read_paper(self, upload):
        content = upload.read(PAPER_BYTES + 1) if upload else b""
        if not content or len(content) > PAPER_BYTES or guess_mimetype(content) not in PAPERS:
            raise UserError(self.env._("Add the paper itself: a PDF, JPEG or PNG file of at most 12 MB."))
        return base64.b64encode(content)

    def _tell_certificate(self, certificate):
        for coordinator in self.region_id.coordinator_ids:
            certificate.activity_schedule(
                "wcm_mapping.activity_certificate_sent",
                user_id=coordinator.id,
                summary=self.env._("Accept or refuse what the operator sent in"),
            )
