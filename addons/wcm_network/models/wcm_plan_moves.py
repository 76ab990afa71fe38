from collections import defaultdict

from odoo import api, fields, models
from odoo.tools.misc import formatLang


class WcmPlan(models.Model):
    """What moves for whom, when a plan follows another."""

    _inherit = "wcm.plan"

    before = fields.Json(readonly=True, copy=False, help="Orders and lines of the plan before that were open when this one was solved.")
    free_plan_id = fields.Many2one("wcm.plan", compute="_compute_moves", compute_sudo=True, help="The latest plan that follows the same one and moves at no cost.")
    moves = fields.Html("What moves", compute="_compute_moves", compute_sudo=True, sanitize=False)

    def _write_result(self, problem, result):
        super()._write_result(problem, result)
        if self.origin_id:
            self.sudo().before = self.sudo()._before()

    def _line_values(self, problem, result):
        required = {demand.id: demand.date_required for demand in self.sudo().build_ids.line_ids}
        for values in super()._line_values(problem, result):
            yield {**values, "date_required": required[values["build_line_id"]]}

    def _before(self):
        """As it was when this was solved; the orders go on changing."""
        orders = self._open_orders()
        lines = orders.plan_line_ids.filtered(lambda line: line.plan_id == self.origin_id)
        found = {order: order._disturbance() for order in orders}
        return {
            "orders": sorted(self._orders_now()),
            "lines": [
                {
                    "demand": line.build_line_id.id,
                    "member": line.membership_id.id,
                    "week": fields.Date.to_string(line.week_start),
                    "quantity": line.quantity,
                    "order": line.work_order_id.id,
                    "kind": found[line.work_order_id] and found[line.work_order_id][0],
                }
                for line in lines
            ],
        }

    @api.depends("before", "line_ids", "cost", "origin_id")
    @api.depends_context("uid")
    def _compute_moves(self):
        for plan in self:
            plan.free_plan_id = plan.move_cost and plan._free_plan()
            plan.moves = plan.before and self.env["ir.qweb"]._render("wcm_network.plan_moves_body", plan._moves())

    def _free_plan(self):
        free = [("origin_id", "=", self.origin_id.id), ("move_cost", "=", 0), ("state", "in", ("solved", "offered"))]
        return self.search(free, limit=1)

    def _moves(self):
        """What the page shows."""
        before, after = self._cells_before(), self._cells_after()
        was, becomes = self._weeks_by_pair(before), self._weeks_by_pair(after)
        pairs = {*was, *becomes}
        touched = sorted(pair for pair in pairs if was[pair] != becomes[pair])
        return {
            "members": self._by_member(self._move_rows(touched, was, becomes)),
            "unchanged": len({member for _demand, member in pairs} - {member for _demand, member in touched}),
            "stay": self._staying(before, after),
            "lines": len(before),
            "moved": sum(max(0, quantity - after.get(cell, 0)) for cell, quantity in before.items()),
            "price": self._price_of_staying(),
        }

    def _cells_before(self):
        """{(demand, member, week): blocks}, of the components that whoever looks may read and that are still there."""
        demands = self.env["wcm.build.line"].browse({row["demand"] for row in self.before["lines"]})
        known = set(self._readable(demands.exists()).ids)
        cells = defaultdict(int)
        for row in self.before["lines"]:
            if row["demand"] in known:
                cells[row["demand"], row["member"], row["week"]] += row["quantity"]
        return cells

    def _cells_after(self):
        cells = defaultdict(int)
        for line in self._readable(self.line_ids):
            cells[line.build_line_id.id, line.membership_id.id, fields.Date.to_string(line.week_start)] += line.quantity
        return cells

    @api.model
    def _weeks_by_pair(self, cells):
        """{(demand, member): [(week, blocks)] in order}"""
        weeks = defaultdict(list)
        for (demand, member, week), quantity in sorted(cells.items()):
            weeks[demand, member].append((week, quantity))
        return weeks

    @api.model
    def _staying(self, before, after):
        """How many lines have all their blocks where they were."""
        return sum(after.get(cell, 0) >= quantity for cell, quantity in before.items())

    def _move_rows(self, pairs, was, becomes):
        demands = self._names_of("wcm.build.line", {demand for demand, _member in pairs})
        members = self._names_of("wcm.membership", {member for _demand, member in pairs})
        reasons = self._reasons()
        return [
            {
                "member": members.get(member, self.env._("A member that has left")),
                "component": demands[demand],
                "before": self._weeks_text(was[demand, member]),
                "after": self._weeks_text(becomes[demand, member]),
                "words": ", ".join(sorted(reasons[demand, member])),
            }
            for demand, member in pairs
        ]

    @api.model
    def _names_of(self, model, ids):
        """{id: name}"""
        return {record.id: record.display_name for record in self.env[model].sudo().browse(ids).exists()}

    def _reasons(self):
        """{(demand, member): why it was open again}"""
        rows = [row for row in self.before["lines"] if row["kind"]]
        orders = self.env["wcm.work.order"].browse({row["order"] for row in rows}).exists().grouped("id")
        reasons = defaultdict(set)
        for row in rows:
            reasons[row["demand"], row["member"]].add(self._why(row["kind"], orders.get(row["order"])))
        return reasons

    def _why(self, kind, order):
        """In the words of the order while it still has them: none are kept here."""
        found = order and order.state in ("declined", "expired") and order._disturbance()
        return found[1] if found else dict(self._fields["replan_reason"]._description_selection(self.env))[kind]

    def _weeks_text(self, weeks):
        """One text a week."""
        return [
            self.env._("%(quantity)s in the week of %(week)s", quantity=quantity, week=fields.Date.to_date(week).strftime("%d/%m/%Y"))
            for week, quantity in weeks
        ]

    @api.model
    def _by_member(self, rows):
        members = defaultdict(list)
        for row in sorted(rows, key=lambda row: (row["member"], row["component"])):
            members[row["member"]].append(row)
        return members

    def _price_of_staying(self):
        """What it costs that offers stay in place, in words; nothing where that was not worked out."""
        free = self.free_plan_id
        if not free:
            return ""
        if free.unplaced_quantity != self.unplaced_quantity:
            return self.env._("Free to move, %(free)s blocks would not be placed, instead of %(here)s.", free=free.unplaced_quantity, here=self.unplaced_quantity)
        before = free._cells_before()
        return self.env._(
            "Leaving offers in place costs %(extra)s more than a plan that may move everything (%(plan)s): there %(stay)s of %(lines)s lines would stay.",
            extra=formatLang(self.env, max(0.0, self.cost - free.cost), currency_obj=self.currency_id),
            plan=free.name, stay=self._staying(before, free._cells_after()), lines=len(before),
        )
