from collections import Counter

from odoo import api, fields, models

# Further on than the word says, too: what is here has been made.
REACHED = {
    "agreed": ("agreed", "to_make", "made", "checked", "packed", "dispatched", "received", "installed"),
    "made": ("made", "checked", "packed", "dispatched", "received", "installed"),
    "shipped": ("dispatched", "received", "installed"),
    "here": ("received", "installed"),
    "installed": ("installed",),
}


class WcmBuild(models.Model):
    """A home's board: every block in its stage and state, and how that stands against the promise."""

    _inherit = "wcm.build"

    @api.readonly
    def board(self):
        """{name, site, states, stages: [{…counts, lines: [{…, blocks}]}], members}, read with the rights of who asks.

        A block is [row id, state, serial number, part, order, member, held why], in lifting order.
        """
        self.check_access("read")
        self.ensure_one()
        rows = self._board_rows()
        return {
            "name": self.name,
            "site": self.site_id.name,
            "today": fields.Date.to_string(fields.Date.context_today(self)),
            "states": self.env["wcm.build.block"]._fields["state"]._description_selection(self.env),
            "members": self._board_members(rows),
            "stages": self._board_stages(rows),
        }

    def action_board(self):
        self.check_access("read")
        self.ensure_one()
        action = self.env["ir.actions.client"]._for_xml_id("wcm_network.action_build_board")
        return {**action, "context": {"active_id": self.id}}

    def _board_rows(self, *more):
        Block = self.env["wcm.build.block"]
        names = [*more, "state", "name", "part_id", "work_order_id", "membership_id", "hold_reason", "is_held", "build_line_id"]
        return Block.search_read([("build_id", "=", self.id)], names, load=False)

    def _board_members(self, rows):
        """Names only: who makes a home's blocks is told also where the member's own record is not."""
        members = self.env["wcm.membership"].sudo().browse({row["membership_id"] for row in rows} - {False})
        return [{"id": member.id, "name": member.name} for member in members.sorted("name")]

    def _board_stages(self, rows):
        blocks = {}
        for row in rows:
            blocks.setdefault(row["build_line_id"], []).append(row)
        labels = self.env["wcm.build.line"]._fields["stage"]._description_selection(self.env)
        lines = self.line_ids.grouped("stage")
        return [self._board_stage(stage, label, lines[stage], blocks) for stage, label in labels if stage in lines]

    @api.model
    def _board_stage(self, stage, label, lines, blocks):
        rows = [row for line in lines for row in blocks.get(line.id, ())]
        counts = Counter(row["state"] for row in rows)
        promised = min(lines.mapped("date_required"))
        return {
            "stage": stage,
            "label": label,
            "promised": fields.Date.to_string(promised),
            "needed": sum(lines.mapped("quantity")),
            **{name: sum(counts[state] for state in states) for name, states in REACHED.items()},
            "held": sum(row["is_held"] for row in rows),
            "lines": [self._board_line(line, blocks.get(line.id, ())) for line in lines],
        }

    @api.model
    def _board_line(self, line, rows):
        return {
            "id": line.id,
            "code": line.product_id.default_code or line.product_id.name,
            "name": line.product_id.name,
            "due": fields.Date.to_string(line.date_required),
            "blocks": [
                [
                    row["id"], row["state"], row["name"] or "", row["part_id"], row["work_order_id"], row["membership_id"],
                    (row["hold_reason"] or self.env._("Held")) if row["is_held"] else "",
                ]
                for row in rows
            ],
        }
