from odoo import fields, models
from odoo.tools import format_date

from odoo.addons.wcm_mapping.writers import Column, Table, Workbook


class WcmBuild(models.Model):
    """What is missing for a lift, to take along: a spreadsheet, a sheet of paper."""

    _inherit = "wcm.build"

    def _missing_workbook(self, day, stage):
        """As bytes; read with the rights of whoever asks."""
        found = self.missing(day, stage)
        return Workbook(
            title=self._missing_title(day, stage),
            description=self.env._("%(missing)s of %(needed)s blocks are not on site.", missing=found["missing"], needed=found["needed"]),
            tables=[self._missing_table(found["rows"])],
        ).to_bytes()

    def _missing_title(self, day, stage):
        stages = dict(self.env["wcm.build.line"]._fields["stage"]._description_selection(self.env))
        names = ", ".join(self.mapped("name")[:3]) + ("…" if len(self) > 3 else "")
        lift = format_date(self.env, day, date_format="EEEE d MMMM y")
        return self.env._("Missing for %(lift)s: %(names)s%(stage)s", lift=lift, names=names, stage=f", {stages[stage]}" if stages.get(stage) else "")

    def _missing_table(self, rows):
        columns = (
            ("Lift", "date", "Day on which it is needed", 12), ("Home", "text", "Whose block it is", 28), ("Stage", "text", "Floor first, then walls, then roof", 10),
            ("Code", "text", "Component", 14), ("Component", "text", "Its name", 28), ("Blocks", "whole", "How many alike", 8),
            ("Serial numbers", "text", "On their labels", 30), ("Where", "text", "Member, state or shipment", 36), ("Held", "text", "Why it may not go on", 30),
            ("Ready by", "date", "What the member agreed to", 12), ("Order", "text", "Work order", 12), ("Telephone", "text", "Of the member", 16),
            ("What to do", "text", "The next step", 44),
        )
        stages = dict(self.env["wcm.build.line"]._fields["stage"]._description_selection(self.env))
        return Table(
            "Missing", self.env._("Blocks that are not on site"), self.env._("In lifting order; blocks that are alike share a row."),
            tuple(Column(name, meaning, kind=kind, width=width) for name, kind, meaning, width in columns),
            [
                (
                    fields.Date.to_date(row["day"]), row["build"], stages[row["stage"]], row["code"], row["name"], row["count"], ", ".join(row["serials"]) or None,
                    row["where"], row["held"] or None, fields.Date.to_date(row["due"]) or None, row["order"] or None, row["phone"] or None, row["todo"],
                )
                for row in rows
            ],
        )

    def _missing_pdf(self, day, stage):
        data = {"title": self._missing_title(day, stage), **self.missing(day, stage)}
        report = self.env["ir.actions.report"].with_context(force_report_rendering=True)  # Odoo answers with HTML while tests run
        return report._render_qweb_pdf("wcm_network.report_missing", self.ids, data=data)[0]
