from odoo import models


class WcmInspectionLine(models.Model):
    """What an evidence pack says about the instrument and the person."""

    _inherit = "wcm.inspection.line"

    def _evidence_equipment(self, files):
        competence = self.competence_id
        held = self.env._("%(kind)s, until %(day)s", kind=competence.kind_id.name, day=competence.valid_until) if competence else ""
        return {
            "instrument": self.instrument_words or "", "serial": self.instrument_id.serial or "", "calibration_file": files.of_equipment(self.calibration_id),
            "person": self.checked_person_id.name or "", "competence": held, "competence_file": files.of_equipment(competence), "in_doubt": self._is_in_doubt(),
        }

    def _is_in_doubt(self):
        """The instrument was found wrong afterwards, or its calibration does not stand."""
        if not self.instrument_id or not self.checked_at:
            return False
        day = self.checked_at.date()
        wrong = self.instrument_id.calibration_ids.filtered("is_wrong")
        return any((not one.doubt_from or one.doubt_from <= day) and (not one.doubt_until or day <= one.doubt_until) for one in wrong)
