"""Whatever anybody calls, in whatever order, a part that is held goes on only by a second person."""

from collections import Counter

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import mute_logger

from .common import QualityCase

# Also by the database, and what nobody has opened yet.
REFUSED = (AccessError, UserError, ValidationError, IntegrityError, LookupError)
PEOPLE = ("maker", "colleague", "rival", "coordinator", "other_coordinator", "manager", "lead", "second_lead")
LEADS = ("lead", "second_lead")
STEPS = (
    "report", "contain", "pass", "fail", "correct", "rework", "repair", "use_as_is", "concede_today", "return", "scrap",
    "rework_done", "close", "cancel", "write", "lapse",
)
# Quality leads and rework often, so that chains get far.
WHO = st.sampled_from((*PEOPLE, *LEADS * 3))
STEP = st.tuples(WHO, st.sampled_from((*STEPS, "rework_done", "rework_done", "rework", "pass", "close")), st.integers(0, 1))
# Something is wrong to begin with: found, or told, by any of them.
CHAINS = st.tuples(WHO, WHO, st.lists(STEP, min_size=6, max_size=16)).map(lambda drawn: [(drawn[0], "fail", 0), (drawn[1], "report", 1), *drawn[2]])


class Walk:
    """One chain of calls. Who did what is written down here, not read from the records."""

    def __init__(self, case, parts):
        self.case, self.parts = case, parts
        self.makers = {part: {"maker"} for part in parts}
        self.holders = {part: set() for part in parts}
        self.releases = []

    def step(self, person, action, index):
        part, before = self.parts[index], {part: part.is_held for part in self.parts}
        user = self.case.env["res.users"] if action == "lapse" else getattr(self.case, person)
        try:
            with self.case.env.cr.savepoint():
                done = getattr(self, f"do_{action}", self.do_decide)(user, part, action)
                self.case.env.flush_all()
        except REFUSED:
            self.case.env.invalidate_all()
            return
        self.note(person, action, done or part)
        for one in self.parts:
            if before[one] and not one.is_held and one.state != "scrapped":
                self.check_release(person, action, one)

    def note(self, person, action, parts):
        for part in parts:
            if action == "rework_done":
                self.makers[part].add(person)
            if action in ("report", "contain", "fail"):
                self.holders[part].add(person)

    def check_release(self, person, action, part):
        self.releases.append(action)
        said = f"{person} released by {action}"
        self.case.assertIn(person, LEADS if action not in ("pass",) else PEOPLE, said)
        self.case.assertNotIn(person, ("rival", "other_coordinator"), said)
        self.case.assertNotIn(person, self.makers[part], said)
        if action in ("use_as_is", "concede_today", "repair", "cancel"):
            self.case.assertNotIn(person, self.holders[part], said)

    def nonconformity(self, part):
        known = part.nonconformity_ids.filtered("is_active").sorted("id")[-1:] or part.nonconformity_ids[:1]
        if not known:
            raise LookupError
        return known

    def do_report(self, user, part, _action):
        part.with_user(user).action_report("Not right")

    def do_contain(self, user, part, _action):
        other = self.parts - part
        self.nonconformity(part).with_user(user).action_contain(other.ids, "day")
        return other

    def do_check(self, user, part, thickness):
        check = part.inspection_ids.filtered(lambda one: one.state == "open")[:1]
        self.case.fill_in(check, user, thickness=thickness)
        for one in check:
            one.with_user(user).action_close()

    def do_pass(self, user, part, _action):
        self.do_check(user, part, "18.1")

    def do_fail(self, user, part, _action):
        self.do_check(user, part, "19")

    def do_correct(self, user, part, _action):
        for check in part.inspection_ids.filtered(lambda one: one.state in ("passed", "failed"))[:1]:
            check.with_user(user).action_correct("Read wrongly")

    def do_decide(self, user, part, kind):
        self.nonconformity(part).with_user(user).action_decide(kind, "So", part.ids)

    def do_concede_today(self, user, part, _action):
        self.nonconformity(part).with_user(user).action_decide("use_as_is", "So", part.ids, until=str(self.case.today))

    def do_rework_done(self, user, part, _action):
        nonconformity = self.nonconformity(part)
        told = nonconformity.disposition_ids.filtered(lambda one: one.state == "to_do").part_id
        nonconformity.with_user(user).action_rework_done("Done")
        return told

    def do_close(self, user, part, _action):
        self.nonconformity(part).with_user(user).action_close()

    def do_cancel(self, user, part, _action):
        self.nonconformity(part).with_user(user).action_cancel("Nothing wrong")

    def do_write(self, user, part, _action):
        """All that a client could try to write."""
        nonconformity = self.nonconformity(part)
        for record, values in (
            (part, {"is_held": False}), (part, {"nonconformity_ids": [(5,)]}), (part, {"disposition_ids": [(5,)]}), (part, {"made_by_id": False}),
            (nonconformity, {"state": "closed"}), (nonconformity, {"part_ids": [(5,)]}), (nonconformity, {"holder_ids": [(5,)]}),
            (nonconformity, {"is_active": False}), (part, {"inspection_ids": [(5,)]}), (nonconformity.disposition_ids[:1], {"state": "done"}),
            (part.inspection_ids[:1], {"state": "passed"}),
        ):
            try:
                with self.case.env.cr.savepoint():
                    record.with_user(user).write(values)
                    self.case.env.flush_all()
            except REFUSED:
                self.case.env.invalidate_all()

    def do_lapse(self, _user, part, _action):
        """Time goes by: concessions run out."""
        part.disposition_ids.filtered("until").until = "2020-01-01"
        self.case.env["wcm.disposition"]._cron_lapse_concessions()


class TestHoldChain(QualityCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_control_plan()
        cls.today = cls.env.cr.now().date()

    def walk(self, chain):
        parts = self.make_part("KNO-1") | self.make_part("KNO-2", self.beam_order)
        walk = Walk(self, parts)
        for step in chain:
            walk.step(*step)
        return walk

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.sql_db")
    @given(CHAINS)
    @settings(max_examples=60, deadline=None, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    def try_chains(self, chain):
        with self.env.cr.savepoint() as savepoint:
            self.reached.update(self.walk(chain).releases)
            savepoint.rollback()
        self.env.invalidate_all()

    def test_no_chain_of_calls_releases_a_held_part_without_a_second_person(self):
        self.reached = Counter()
        self.try_chains()
        self.assertGreater(self.reached.total(), 3, self.reached)

    def test_the_walk_does_reach_releases_and_knows_who_made_them(self):
        chain = (("colleague", "fail", 0), ("lead", "rework", 0), ("maker", "rework_done", 0), ("maker", "pass", 0), ("colleague", "pass", 0))
        self.assertEqual(self.walk(chain).releases, ["pass"])
        chain = (("lead", "report", 1), ("lead", "cancel", 1), ("lead", "use_as_is", 1), ("second_lead", "use_as_is", 1))
        walk = Walk(self, self.make_part("KNO-7") | self.make_part("KNO-8", self.beam_order))
        for step in chain:
            walk.step(*step)
        self.assertEqual(walk.releases, ["use_as_is"])
