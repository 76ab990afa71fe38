from odoo import fields, models


class WcmEvidencePack(models.Model):
    """With what it was measured, by whom, and what was measured without an instrument that is named."""

    _inherit = "wcm.evidence.pack"

    def _files(self, parts):
        files = super()._files(parts)
        lines = parts.inspection_ids.filtered(lambda check: check.state != "replaced").line_ids
        for records, name in ((lines.calibration_id, "certificate"), (lines.competence_id, "evidence")):
            papers = [("res_model", "=", records._name), ("res_field", "=", name), ("res_id", "in", records.ids)]
            for paper in self.env["ir.attachment"].search(papers):
                files.add_equipment(records.browse(paper.res_id), paper, records.browse(paper.res_id)[f"{name}_name"])
        return files

    def _evidence_about(self, parts):
        lines = parts.inspection_ids.filtered(lambda check: check.state != "replaced").line_ids
        return {
            **super()._evidence_about(parts),
            "instruments": [self._calibration_row(each) for each in lines.calibration_id.sorted("id")],
            "competences": [self._competence_row(each) for each in lines.competence_id.sorted("id")],
            "without_instrument": self._without_rows(lines.filtered(lambda line: line.kind == "measurement" and line.reading and not line.instrument_id)),
            "in_doubt": [self._doubt_row(line) for line in lines.filtered(lambda line: line._is_in_doubt())],
        }

    def _calibration_row(self, calibration):
        instrument = calibration.instrument_id
        return {
            "name": instrument.name, "kind": instrument.kind_id.name, "serial": instrument.serial, "owner": instrument.membership_id.name or self.env.company.name,
            "number": calibration.number or "", "laboratory": calibration.laboratory, "calibrated_on": fields.Date.to_string(calibration.date),
            "due_on": fields.Date.to_string(calibration.due_on), "stands": bool(calibration.counts),
        }

    def _competence_row(self, competence):
        return {
            "who": competence.holder_name, "kind": competence.kind_id.name, "trained_by": competence.trained_by,
            "valid_from": fields.Date.to_string(competence.valid_from), "valid_until": fields.Date.to_string(competence.valid_until),
            "authorised_by": competence.authorised_by_id.name, "withdrawn_on": fields.Datetime.to_string(competence.withdrawn_on) or "",
        }

    def _without_rows(self, lines):
        """One row for each checkpoint of each control plan, with the parts."""
        grouped = lines.grouped(lambda line: (line.inspection_id.plan_name, line.name))
        return [{"plan": plan, "checkpoint": name, "parts": sorted(set(of_one.inspection_id.part_id.mapped("name")))} for (plan, name), of_one in sorted(grouped.items())]

    def _doubt_row(self, line):
        return {"serial": line.inspection_id.part_id.name, "inspection": line.inspection_id.name, "checkpoint": line.name, "instrument": line.instrument_words or ""}
