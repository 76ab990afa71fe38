from odoo import api, fields, models

from odoo.addons.wcm_mapping.writers import Column, Table, Workbook


class WcmQualityChart(models.AbstractModel):
    """The readings behind a chart as a spreadsheet."""

    _inherit = "wcm.quality.chart"

    @api.model
    def _workbook(self, values):
        """As bytes, with the rights of whoever asks; False where there are no readings."""
        self._check_reader()
        question = self._question(values)
        targets = self._targets(question)
        if not targets:
            return False
        rows = self._readings(question, targets[0])
        names = {member["id"]: member["name"] for member in self._named("wcm.membership", list({row["membership_id"] for row in rows}))}
        described = self.env._("%(count)s readings, the newest at the end.", count=len(rows))
        table = Table("Readings", question.checkpoint, described, self._workbook_columns(targets[0]["unit"] or ""), [
            (
                row["inspection"], row["part"], names.get(row["membership_id"]), fields.Datetime.to_string(row["closed_at"]), row["value"],
                round(row["nominal"] - row["tolerance_minus"], 6), round(row["nominal"] + row["tolerance_plus"], 6),
            )
            for row in rows
        ])
        return Workbook(title=question.checkpoint, description=described, tables=[table]).to_bytes()

    @api.model
    def _workbook_columns(self, unit):
        return (
            Column("Inspection", self.env._("Number of the closed inspection; corrected ones are left out."), width=20),
            Column("Part", self.env._("Serial number on the label."), width=24),
            Column("Member", self.env._("Who made it."), width=28),
            Column("Closed on", self.env._("When the inspection was closed (UTC)."), width=22),
            Column("Reading", self.env._("As it was measured."), unit=unit, kind="reading"),
            Column("Smallest allowed", self.env._("By the control plan of that inspection."), unit=unit, kind="reading"),
            Column("Largest allowed", self.env._("By the control plan of that inspection."), unit=unit, kind="reading"),
        )
