from collections import Counter

from odoo import api, models


class WcmBuild(models.Model):
    """A home's quality board: every block by stage, and how it stands with its checks."""

    _inherit = "wcm.build"

    @api.readonly
    def quality_board(self):
        """As `board`, by quality: {name, site, states, members, stages: [{stage, label, counts, lines: [{…, blocks}]}]}, with the rights of who asks.

        A block has one more value: why it is held. A held one is striped; what waits for a check or a decision has a state of its own.
        """
        self.check_access("read")
        self.ensure_one()
        rows = [self._by_quality(row) for row in self._board_rows("quality")]
        reasons = {row["id"]: row["hold_reason"] or "" for row in rows}
        return {
            "name": self.name,
            "site": self.site_id.name,
            "states": self.env["wcm.build.block"]._fields["quality"]._description_selection(self.env),
            "members": self._board_members(rows),
            "stages": [self._quality_stage(stage, reasons) for stage in self._board_stages(rows)],
        }

    def action_quality_board(self):
        self.check_access("read")
        self.ensure_one()
        action = self.env["ir.actions.client"]._for_xml_id("wcm_qc.action_quality_board")
        return {**action, "context": {"active_id": self.id}}

    @api.model
    def _by_quality(self, row):
        return {**row, "state": row["quality"], "is_held": row["quality"] == "held"}

    @api.model
    def _quality_stage(self, stage, reasons):
        lines = [{**line, "blocks": [[*block, reasons[block[0]]] for block in line["blocks"]]} for line in stage["lines"]]
        counts = Counter(block[1] for line in lines for block in line["blocks"])
        return {"stage": stage["stage"], "label": stage["label"], "counts": dict(counts), "lines": lines}
