import base64

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.http import content_disposition, request

from ..models.wcm_facility_operator_audit import CERTIFICATE, CLOSURE
from .confirmation import private
from .operator import LOOK, SEND, OperatorPages

SPACE = "/my/spaces/<int:facility_id>"
FINDING = f"{SPACE}/findings/<int:finding_id>"


class OperatorAuditPages(OperatorPages):
    """Audits, findings and certificates of an operator's own space: what was found, never what was noted about it."""

    def _space_values(self, facility):
        return {
            **super()._space_values(facility),
            "audits": facility._operator_audits(),
            "findings": facility._operator_findings(),
            "certificates": facility.certificate_ids,
            "labels": self._audit_labels(facility.env),
        }

    @http.route(f"{SPACE}/audits/<int:audit_id>", **LOOK)
    def own_audit(self, facility_id, audit_id):
        facility = self._own(facility_id)
        audit = self._one_of(facility._operator_audits(), audit_id)
        return self._show("wcm_mapping.operator_audit", facility=facility, audit=audit, labels=self._audit_labels(facility.env))

    @http.route(FINDING, **LOOK)
    def own_finding(self, facility_id, finding_id, done=""):
        facility = self._own(facility_id)
        return self._finding_page(facility, self._one_of(facility._operator_findings(), finding_id), done=done)

    @http.route(FINDING, **SEND)
    def finding_sent(self, facility_id, finding_id, **_sent):
        facility = self._own(facility_id)
        finding = self._one_of(facility._operator_findings(), finding_id)
        error = self._try(lambda sent, photo: facility._operator_close(finding, sent, photo))
        if error:
            return self._finding_page(facility, finding, error)
        return request.redirect(f"/my/spaces/{facility.id}/findings/{finding.id}?done=1", code=303)

    @http.route(f"{FINDING}/photo", **LOOK)
    def finding_photo(self, facility_id, finding_id):
        return self._file(self._one_of(self._own(facility_id)._operator_findings(), finding_id).photo)

    @http.route(f"{FINDING}/evidence", **LOOK)
    def finding_evidence(self, facility_id, finding_id):
        return self._file(self._one_of(self._own(facility_id)._operator_findings(), finding_id).evidence_photo)

    @http.route(f"{SPACE}/certificates/new", **LOOK)
    def new_certificate(self, facility_id):
        return self._certificate_page(self._own(facility_id))

    @http.route(f"{SPACE}/certificates/new", **SEND)
    def certificate_sent(self, facility_id, **_sent):
        facility, files = self._own(facility_id), request.httprequest.files
        try:
            with request.env.cr.savepoint():
                facility._operator_send_certificate(request.httprequest.form, files.get("document"))
        except UserError as error:
            return self._certificate_page(facility, str(error))
        return self._back(facility, "proposed", "#certificates")

    @http.route(f"{SPACE}/certificates/<int:certificate_id>", **LOOK)
    def own_certificate(self, facility_id, certificate_id):
        """The paper, always to be saved: nothing that somebody sent in runs in a browser here."""
        certificate = self._one_of(self._own(facility_id).certificate_ids, certificate_id)
        if not certificate.document:
            raise NotFound("There is no paper.")
        headers = [
            ("Content-Type", "application/octet-stream"),
            ("Content-Disposition", content_disposition(certificate.document_name or "certificate")),
            ("X-Content-Type-Options", "nosniff"),
        ]
        return private(request.make_response(base64.b64decode(certificate.document), headers))

    def _one_of(self, records, record_id):
        """Another's record answers like one that does not exist."""
        record = records.filtered(lambda record: record.id == record_id)
        if not record:
            raise NotFound("This is not on your pages.")
        return record

    def _finding_page(self, facility, finding, error="", done=""):
        values = {"finding": finding, "error": error, "done": done, "labels": self._audit_labels(facility.env)}
        fields = self._asked(finding, CLOSURE, error)
        return self._show("wcm_mapping.operator_finding", facility=facility, fields=fields, **values)

    def _certificate_page(self, facility, error=""):
        fields = self._asked(facility.env["wcm.certificate"].new({}), CERTIFICATE, error)
        return self._show("wcm_mapping.operator_certificate", facility=facility, fields=fields, error=error)

    def _audit_labels(self, env):
        """Words for codes."""
        of = {
            "kind": ("wcm.audit", "kind"),
            "state": ("wcm.audit", "state"),
            "severity": ("wcm.audit.finding", "severity"),
            "finding": ("wcm.audit.finding", "state"),
            "certificate": ("wcm.certificate", "kind"),
            "validity": ("wcm.certificate", "validity"),
        }
        return {key: dict(env[model]._fields[name]._description_selection(env)) for key, (model, name) in of.items()}
