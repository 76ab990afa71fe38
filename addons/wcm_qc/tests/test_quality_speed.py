from odoo import Command

from .common import QualityCase


class TestQualitySpeed(QualityCase):
    """Queries that come with each more checkpoint or block; what comes once for all is left out of account."""

    def queries(self, call):
        """How many a call takes from an empty memory, written to the database."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        call()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def per_more(self, prepare, few, many):
        """:param prepare: makes so many, and returns what is measured"""
        for _warm in range(2):
            self.queries(prepare(few))
        counts = [self.queries(prepare(number)) for number in (few, many)]
        return (counts[1] - counts[0]) / (many - few)

    def number(self):
        self.made = getattr(self, "made", 0) + 1
        return self.made

    def check_of(self, points):
        if plan := self.env["wcm.control.plan"].search([("state", "=", "approved")]):
            plan.with_user(self.lead).action_retire("Another size")
        measured = {"kind": "measurement", "nominal": 18, "tolerance_minus": 0.5, "tolerance_plus": 0.5}
        self.make_control_plan(*({**measured, "name": f"Thickness {number}", "point_type": "hold"} for number in range(points)))
        check = self.make_part(f"KNO-{self.number()}").inspection_ids
        return self.env["wcm.inspection"].browse(check.ids).with_user(self.colleague)

    def filled_in(self, points):
        check = self.check_of(points)
        check.line_ids.write({"reading": "18.1"})
        return check.action_close

    def to_fill_in(self, points):
        check = self.check_of(points)
        return lambda: check.write({"line_ids": [Command.update(line.id, {"reading": "18.1"}) for line in check.line_ids]})

    def parts_to_make(self, count):
        parts = self.env["wcm.part"].union(*(self.new_part(f"KNO-{self.number()}") for _each in range(count)))
        return lambda: parts.write({"state": "made", "made_on": "2026-05-01 10:00:00", "made_by_id": self.maker.id})

    def parts_to_move(self, count):
        parts = self.env["wcm.part"].union(*(self.make_part(f"KNO-{self.number()}") for _each in range(count)))
        for check in parts.inspection_ids:
            check.line_ids.passed_by_hand = "pass"
            check.with_user(self.colleague).action_close()
        return lambda: parts._check_may_move("pack")

    def lots_to_ask(self, count):
        parts = self.env["wcm.part"].union(*(self.make_part(f"KNO-{self.number()}") for _each in range(count)))
        for check in parts.inspection_ids:
            check.line_ids.passed_by_hand = "pass"
            check.with_user(self.colleague).action_close()
        lots = self.env["stock.lot"].browse(parts.lot_id.ids)
        return lambda: lots._check_may_move_to(self.stock)

    def test_closing_a_check(self):
        self.assertLessEqual(self.per_more(self.filled_in, 1, 10), 0.5)

    def test_entering_results(self):
        self.assertLessEqual(self.per_more(self.to_fill_in, 1, 10), 1.5)

    def test_opening_checks(self):
        self.make_control_plan()
        self.assertLessEqual(self.per_more(self.parts_to_make, 5, 25), 0.5)

    def test_asking_whether_blocks_may_move(self):
        self.make_control_plan({"name": "Edges", "kind": "pass_fail", "point_type": "hold"})
        self.assertLessEqual(self.per_more(self.parts_to_move, 5, 25), 0.5)

    def test_asking_whether_lots_may_move(self):
        self.make_control_plan({"name": "Edges", "kind": "pass_fail", "point_type": "hold"})
        self.assertLessEqual(self.per_more(self.lots_to_ask, 5, 25), 0.5)
