"""Whatever anybody calls, in whatever order, material that waits goes on only by a second person, and never past its check."""

from collections import Counter

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .incoming import IncomingCase

REFUSED = (AccessError, UserError, ValidationError, IntegrityError, LookupError)
RECEIVER = "coordinator"
PEOPLE = (RECEIVER, "other_coordinator", "manager", "lead", "second_lead", "alder_user", "birch_user")
LEADS = ("lead", "second_lead")
STEPS = ("pass", "fail", "correct", "use_as_is", "return", "scrap", "cancel", "take", "take", "count", "more", "write", "lapse")
STEP = st.tuples(st.sampled_from((*PEOPLE, *LEADS * 3)), st.sampled_from(STEPS))
CHAINS = st.lists(STEP, min_size=6, max_size=14)


class Walk:
    """One chain of calls on one lot at the hub. Who did what is written down here, not read from the records."""

    def __init__(self, case, lot):
        self.case, self.lot = case, lot
        self.holders, self.releases, self.taken = set(), [], 0

    def held(self):
        self.case.env.invalidate_all()
        return bool(self.lot._incoming_obstacle(self.case.store))

    def step(self, person, action):
        before, stock = self.held(), self.case.in_stock(self.lot)
        try:
            with self.case.env.cr.savepoint():
                getattr(self, f"do_{action}", self.do_decide)(getattr(self.case, person), action)
                self.case.env.flush_all()
        except REFUSED:
            self.case.env.invalidate_all()
            return
        if action == "fail":
            self.holders.add(person)
        self.check(person, action, before, stock)

    def check(self, person, action, before, stock):
        said = f"{person} by {action}"
        if action in ("take", "count", "write", "lapse", "more") and before:
            self.case.assertGreaterEqual(self.case.in_stock(self.lot), stock, said)
        if before and not self.held():
            self.releases.append(action)
            self.case.assertNotEqual(person, RECEIVER, said)
            self.case.assertNotIn(person, ("alder_user", "birch_user"), said)
            self.case.assertIn(action, ("pass", "use_as_is", "return", "scrap", "cancel"), said)
            self.case.assertIn(person, LEADS if action != "pass" else PEOPLE, said)
            if action in ("use_as_is", "scrap", "cancel"):
                self.case.assertNotIn(person, self.holders, said)

    def open_check(self):
        check = self.lot.incoming_check_ids.filtered(lambda one: one.state == "open")
        if not check:
            raise LookupError
        return check

    def nonconformity(self):
        known = self.lot.incoming_check_ids.nonconformity_ids.sorted("id")[-1:]
        if not known:
            raise LookupError
        return known

    def answer(self, user, thickness):
        check = self.open_check().with_user(user)
        check.line_ids[0].reading = thickness
        check.line_ids[1].passed_by_hand = "pass"
        check.action_close()

    def do_pass(self, user, _action):
        self.answer(user, "18")

    def do_fail(self, user, _action):
        self.answer(user, "21")

    def do_correct(self, user, _action):
        for check in self.lot.incoming_check_ids.filtered(lambda one: one.state in ("passed", "failed"))[:1]:
            check.with_user(user).action_correct("Read wrongly")

    def do_decide(self, user, kind):
        self.nonconformity().with_user(user).action_decide(kind, "So", **({"until": "2099-01-01"} if kind == "use_as_is" else {}))

    def do_cancel(self, user, _action):
        self.nonconformity().with_user(user).action_cancel("Nothing wrong")

    def do_take(self, user, _action):
        """To a member, where it would be cut."""
        ways = {"location_id": self.case.store.id, "location_dest_id": self.case.alder.subcontract_location_id.id}
        line = {"product_id": self.case.sheet.id, "lot_id": self.lot.id, "quantity": 1, "picked": True, **ways}
        self.case.env["stock.move"].with_user(user).create(
            {"product_id": self.case.sheet.id, "product_uom_qty": 1, "picked": True, "move_line_ids": [Command.create(line)], **ways}
        )._action_done()
        self.taken += 1

    def do_count(self, user, _action):
        quant = self.lot.quant_ids.filtered(lambda one: one.location_id == self.case.store).with_user(user).with_context(inventory_mode=True)
        quant.inventory_quantity = 1
        quant.action_apply_inventory()

    def do_more(self, user, _action):
        self.case.receive(self.lot.name, 2)

    def do_write(self, user, _action):
        for record, values in (
            (self.lot.incoming_check_ids[-1:], {"state": "passed"}), (self.lot.incoming_check_ids[-1:], {"keeper_id": self.case.alder.id}),
            (self.lot.quant_ids[:1], {"quantity": 0}), (self.lot, {"incoming_check_ids": [Command.clear()]}),
            (self.lot.incoming_check_ids.nonconformity_ids[:1], {"state": "closed"}),
        ):
            try:
                with self.case.env.cr.savepoint():
                    record.with_user(user).write(values)
                    self.case.env.flush_all()
            except REFUSED:
                self.case.env.invalidate_all()

    def do_lapse(self, _user, _action):
        self.lot.incoming_check_ids.nonconformity_ids.disposition_ids.filtered("until").until = "2020-01-01"
        self.case.env["wcm.disposition"]._cron_lapse_concessions()


@tagged("post_install", "-at_install")
class TestIncomingChain(IncomingCase):
    def walk(self, chain):
        walk = Walk(self, self.receive("SH-C", 10))
        for step in chain:
            walk.step(*step)
        return walk

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.sql_db")
    @given(CHAINS)
    @settings(max_examples=40, deadline=None, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    def try_chains(self, chain):
        with self.env.cr.savepoint() as savepoint:
            walk = self.walk(chain)
            self.reached.update(walk.releases)
            self.reached["taken"] += walk.taken
            savepoint.rollback()
        self.env.invalidate_all()

    def test_no_chain_of_calls_lets_material_go_without_a_second_person(self):
        self.reached = Counter()
        self.try_chains()
        self.assertGreater(self.reached.total(), 5, self.reached)

    def test_the_walk_does_reach_releases(self):
        chain = (("lead", "take"), (RECEIVER, "pass"), ("lead", "fail"), ("lead", "use_as_is"), ("second_lead", "use_as_is"), ("lead", "take"))
        walk = self.walk(chain)
        self.assertEqual((walk.releases, walk.taken), (["use_as_is"], 1))
