from odoo import fields, models


class WcmEvidencePack(models.Model):
    """What holds for the home as a whole: nonconformities, samples, the papers of its makers."""

    _inherit = "wcm.evidence.pack"

    def _evidence_about(self, parts):
        """All of it, open or not."""
        nonconformities = parts.nonconformity_ids.sorted("id")
        samples = parts.work_order_id.sample_ids.sorted("id")
        return {
            "nonconformities": [self._nonconformity_row(each) for each in nonconformities],
            "samples": [self._sample_row(each) for each in samples],
            "certificates": [self._certificate_row(each) for each in self._certificates(parts)],
        }

    def _nonconformity_row(self, nonconformity):
        labels = {name: dict(nonconformity._fields[name]._description_selection(self.env)) for name in ("state", "disposition")}
        decided = [labels["disposition"].get(nonconformity.disposition), nonconformity.disposition_reason]
        return {
            "name": nonconformity.name, "title": nonconformity.title, "is_open": nonconformity.is_active, "parts": nonconformity.part_ids.mapped("name"),
            "state": labels["state"][nonconformity.state], "outcome": ": ".join(filter(None, decided)) or labels["state"][nonconformity.state],
            "decided_by": nonconformity.decided_by_id.name or "", "closed_on": fields.Datetime.to_string(nonconformity.closed_on) or "",
        }

    def _sample_row(self, sample):
        words = self.env._(
            "%(plan)s; %(drawn)s of %(all)s blocks drawn, at most %(accept)s nonconforming", plan=sample.plan_id.sampling_words,
            drawn=sample.sample_size, all=sample.lot_size, accept=sample.accept_number,
        )
        found = self.env._("%(state)s: %(bad)s of %(checked)s nonconforming", state=dict(sample._fields["state"]._description_selection(self.env))[sample.state], bad=sample.nonconforming_count, checked=sample.checked_count)
        return {
            "name": sample.name, "order": sample.work_order_id.name, "plan": words, "verdict": found, "seed": sample.seed,
            "severity": sample.severity or "", "drawn": sample.drawn_part_ids.mapped("name"),
        }

    def _certificates(self, parts):
        return self.env["wcm.certificate"].search([("facility_id", "in", parts.membership_id.facility_id.ids)], order="facility_id, kind, id")

    def _certificate_row(self, certificate):
        kinds = dict(certificate._fields["kind"]._description_selection(self.env))
        return {
            "member": certificate.facility_id.name, "kind": kinds[certificate.kind], "number": certificate.number or "", "issuer": certificate.issuer or "",
            "issued_on": fields.Date.to_string(certificate.issued_on) or "", "expires_on": fields.Date.to_string(certificate.expires_on) or "",
        }
