"""Whatever is called, in whatever order and however much later, a witness point passes by one of its three ways only."""

from collections import Counter
from datetime import timedelta

from freezegun import freeze_time
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from psycopg2 import Error

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_witness import WitnessCase

REFUSED = (AccessError, UserError, Error)
LEADS = ("lead", "second_lead")
# Quality leads and waiving often, so that chains get to all three ways.
WHO = st.sampled_from(("maker", "colleague", "rival", "coordinator", "manager", *LEADS * 3))
STEP = st.tuples(WHO, st.sampled_from(("close", "close", "came", "waive", "waive", "write", "correct")), st.sampled_from((0, 1, 5, 30)))
CHAINS = st.lists(STEP, min_size=4, max_size=10)


@tagged("post_install", "-at_install")
class TestWitnessChain(WitnessCase):
    def do(self, check, user, action):
        one = check.with_user(user)
        if action == "close":
            one.line_ids.passed_by_hand = "pass"
            one.action_close()
        elif action == "came":
            one.action_witness_came("Ms Field")
        elif action == "waive":
            one.action_waive_witness("By telephone")
        elif action == "correct":
            one.action_correct("Again")
        else:
            one.write({"witness_state": "waived"})
        self.env.flush_all()

    def walk(self, chain):
        """Who said what is written down here, not read from the records."""
        check, said, hours = self.opened(), {}, 0
        due = check.witness_from
        for person, action, later in chain:
            hours += later
            now = fields.Datetime.now() + timedelta(hours=hours)
            current = check.part_id.inspection_ids.sorted("id")[-1:]
            before = current.state
            try:
                with self.env.cr.savepoint(), freeze_time(now):
                    self.do(current, getattr(self, person), action)
            except REFUSED:
                self.env.invalidate_all()
                continue
            if action in ("came", "waive"):
                said[action] = person
            self.assertNotEqual((person, action), ("rival", "close"))
            if before == "open" and current.state == "passed":
                self.check_way(current, said, now, due)
                self.ways[current.witness_state] += 1

    def check_way(self, check, said, now, due):
        if check.witness_state == "came":
            self.assertIn("came", said)
        elif check.witness_state == "waived":
            self.assertIn(said.get("waive"), LEADS)
        else:
            self.assertEqual(check.witness_state, "absent")
            self.assertGreaterEqual(now, due)

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.sql_db")
    @given(CHAINS)
    @settings(max_examples=50, deadline=None, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    def try_chains(self, chain):
        with self.env.cr.savepoint() as savepoint:
            self.walk(chain)
            savepoint.rollback()
        self.env.invalidate_all()

    def test_a_witness_point_passes_by_one_of_its_three_ways_only(self):
        self.ways = Counter()
        self.try_chains()
        self.assertEqual(set(self.ways), {"came", "waived", "absent"}, self.ways)
