from odoo import fields, models

from odoo.addons.wcm_mapping.writers import Column, Table


class WcmEvidencePack(models.Model):
    """What the parts were cut from, and what was found when it came in."""

    _inherit = "wcm.evidence.pack"

    def _evidence_about(self, parts):
        return {**super()._evidence_about(parts), "sheet_lots": self._sheet_rows(parts)}

    def _sheet_rows(self, parts):
        """One row for each lot and each check of it that counted for these parts: two members may have checked their own of one batch."""
        cut = {}
        for part in parts.filtered("sheet_lot_ids"):
            for lot in part.sheet_lot_ids:
                key = lot, lot._counting_check(part.membership_id)
                cut[key] = cut.get(key, part.browse()) | part
        return [self._sheet_row(lot, check, of_lot) for (lot, check), of_lot in sorted(cut.items(), key=lambda row: (row[0][0].name, row[0][1].id))]

    def _sheet_row(self, lot, check, parts):
        found = [
            {"checkpoint": line.name, "limits": line.limits or "", "found": ", ".join(filter(None, (line._reading_words(), line.note))), "verdict": dict(line._fields["verdict"]._description_selection(self.env))[line.verdict]}
            for line in check.line_ids
        ]
        return {
            "lot": lot.name, "product": lot.product_id.display_name, "member": check.keeper_id.name or (self.env.company.name if check else ""), "check": check.name or "",
            "verdict": self._sheet_verdict(check), "closed_on": fields.Datetime.to_string(check.closed_at) or "", "inspector": check.inspector_id.name or "",
            "witness": check.witness_words or "", "lines": found, "parts": sorted(parts.mapped("name")),
        }

    def _sheet_verdict(self, check):
        if not check:
            return self.env._("not checked as it came in")
        verdict = dict(check._fields["state"]._description_selection(self.env))[check.state]
        decided = check._lot_nonconformities().disposition_ids._current().filtered(lambda one: one.state == "done")
        return self.env._("%(verdict)s; %(decided)s", verdict=verdict, decided=", ".join(one._kind_label() for one in decided)) if decided else verdict

    def _sheet_table(self, content):
        names = ("Lot", "What", "Checked at", "Incoming check", "Result", "By", "On", "Parts")
        rows = [
            (row["lot"], row["product"], row["member"], row["check"], row["verdict"], row["inspector"], row["closed_on"], ", ".join(row["parts"]))
            for row in content["sheet_lots"]
        ]
        return Table(
            "Sheets", self.env._("Sheets, as they came in"), self.env._("One row for each lot that parts were cut from."),
            tuple(Column(name, self.env._("As it was recorded."), width=24) for name in names), rows,
        )
