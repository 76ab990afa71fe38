from odoo import models


class WcmPart(models.Model):
    """Each reading with its instrument, and who checked it by which right."""

    _inherit = "wcm.part"

    def _evidence_row(self, files, history, not_inspected):
        row = super()._evidence_row(files, history, not_inspected)
        papers = {line[name] for check in row["checks"] for line in check["lines"] for name in ("calibration_file", "competence_file")}
        return {**row, "files": sorted({*row["files"], *filter(None, papers)})}

    def _evidence_check(self, check, files):
        row = super()._evidence_check(check, files)
        for told, line in zip(row["lines"], check.line_ids, strict=True):
            told.update(line._evidence_equipment(files))
        return row
