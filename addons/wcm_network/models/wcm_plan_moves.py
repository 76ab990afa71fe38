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

    def _split_line_values(self, problem, line, km):
        required = self.env["wcm.build.line"].sudo().browse(int(line.demand)).date_required
        for values in super()._split_line_values(problem, line, km):
            yield {**values, "date_required": required}

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
        pairs = sorted({cell[:2] for cell in (*before, *after)})
        rows = [self._move(pair, before, after) for pair in pairs]
        touched = [row for row in rows if row["before"] != row["after"]]
        return {
            "members": self._by_member(touched),
            "unchanged": len({row["member"] for row in rows} - {row["member"] for row in touched}),
            "stay": self._staying(before, after),
            "lines": len(before),
            "moved": sum(max(0, quantity - after.get(cell, 0)) for cell, quantity in before.items()),
            "price": self._price_of_staying(),
        }

    def _cells_before(self):
        """{(demand, member, week): blocks}"""
        cells = defaultdict(int)
        for row in self.before["lines"]:
            cells[row["demand"], row["member"], row["week"]] += row["quantity"]
        return cells

    def _cells_after(self):
        cells = defaultdict(int)
        for line in self.line_ids:
            cells[line.build_line_id.id, line.membership_id.id, fields.Date.to_string(line.week_start)] += line.quantity
        return cells

    @api.model
    def _staying(self, before, after):
        """How many lines have all their blocks where they were."""
        return sum(after.get(cell, 0) >= quantity for cell, quantity in before.items())

    def _move(self, pair, before, after):
        demand, member = pair
        words = {self._why(row) for row in self.before["lines"] if (row["demand"], row["member"]) == pair and row["kind"]}
        return {
            "member": self._name_of("wcm.membership", member),
            "component": self._name_of("wcm.build.line", demand),
            "before": self._weeks_text(pair, before),
            "after": self._weeks_text(pair, after),
            "words": ", ".join(sorted(words)),
        }

    def _why(self, row):
        """In the words of the order while it still has them: none are kept here."""
        order = self.env["wcm.work.order"].browse(row["order"]).exists()
        found = order and order.state in ("declined", "expired") and order._disturbance()
        return found[1] if found else dict(self._fields["replan_reason"]._description_selection(self.env))[row["kind"]]

    def _weeks_text(self, pair, cells):
        """One text a week, in order."""
        found = sorted((week, quantity) for (demand, member, week), quantity in cells.items() if (demand, member) == pair)
        return [
            self.env._("%(quantity)s in the week of %(week)s", quantity=quantity, week=fields.Date.to_date(week).strftime("%d/%m/%Y"))
            for week, quantity in found
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
        stay = self._staying(free._cells_before(), free._cells_after())
        return self.env._(
            "Leaving offers in place costs %(extra)s more than a plan that may move everything (%(plan)s): there %(stay)s of %(lines)s lines would stay.",
            extra=formatLang(self.env, max(0.0, self.cost - free.cost), currency_obj=self.currency_id),
            plan=free.name, stay=stay, lines=len(free._cells_before()),
        )
