import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import psycopg2

from odoo import SUPERUSER_ID, Command, api
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import SQL, mute_logger

from .common import NetworkCase


class ConcurrencyCase(BaseCase):
    """Real connections on committed records, which are removed afterwards."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry = Registry(get_db_name())
        with cls.registry.cursor() as cr:
            cls.last_ids = cls._last_ids(cr)
            cr.execute("SELECT id FROM wcm_terms WHERE state = 'in_force'")
            cls.terms_ids = [row[0] for row in cr.fetchall()]
        cls.addClassCleanup(cls._remove_records)
        with cls.registry.cursor() as cr:
            cls._make_records(api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True, "no_reset_password": True}))

    @classmethod
    def _maker(cls, env):
        maker = type("Maker", (NetworkCase,), {"env": env, "company": env.company})
        maker.routing, maker.assembly = env.ref("wcm_mapping.process_cnc_routing"), env.ref("wcm_mapping.process_assembly")
        for step in ("people", "terms", "members", "components", "build"):
            getattr(maker, f"_set_up_{step}")()
        return maker

    @classmethod
    def _last_ids(cls, cr):
        cr.execute("""
            SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'id'
            WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
        """)
        tables = [row[0] for row in cr.fetchall()]
        cr.execute(SQL(" UNION ALL ").join(SQL("SELECT %s, MAX(id) FROM %s", table, SQL.identifier(table)) for table in tables))
        return {table: last or 0 for table, last in cr.fetchall()}

    @classmethod
    def _remove_records(cls):
        """Acceptances and users are never deleted through the ORM, so what was added goes by SQL, in whatever order works."""
        with cls.registry.cursor() as cr, mute_logger("odoo.sql_db"):
            tables = [table for table, last in cls._last_ids(cr).items() if last > cls.last_ids.get(table, 0)]
            while tables:
                left = [table for table in tables if not cls._emptied(cr, table)]
                assert len(left) < len(tables), f"Test records stay behind in {left}."
                tables = left
            cr.execute("UPDATE wcm_terms SET state = 'in_force' WHERE id = ANY(%s)", [cls.terms_ids])
        cls.registry.clear_all_caches()

    @classmethod
    def _emptied(cls, cr, table):
        try:
            with cr.savepoint():
                cr.execute(SQL("DELETE FROM %s WHERE id > %s", SQL.identifier(table), cls.last_ids.get(table, 0)))
        except psycopg2.Error:
            return False
        return True

    def accept(self, order_id, user_id, before=None):
        """One click on Accept, as the server carries it out: own connection, retried on conflict."""
        with self.registry.cursor() as cr:
            order = api.Environment(cr, user_id, {})["wcm.work.order"].browse(order_id)
            order.mapped("state")  # the transaction begins here: it sees the world as it is now
            if before:
                before()
            try:
                retrying(order.action_accept, order.env)
            except UserError as error:
                cr.rollback()
                return str(error)
        return "accepted"


@tagged("post_install", "-at_install")
class TestWorkOrderConcurrency(ConcurrencyCase):
    @classmethod
    def _make_records(cls, env):
        """Two members, and for each an offer of all 8 blocks that a build needs."""
        maker = cls._maker(env)
        members = maker.alder, maker.birch
        orders = env["wcm.work.order"].concat(*(maker.make_order(member, maker.block_line, 8) for member in members))
        orders.action_offer()
        cls.line_id, cls.order_ids = maker.block_line.id, orders.ids
        cls.clicks = [(order.id, member.user_ids.id) for order, member in zip(orders, members, strict=True)]

    def setUp(self):
        super().setUp()
        with self.registry.cursor() as cr:
            cr.execute("UPDATE wcm_work_order SET state = 'offered' WHERE id = ANY(%s)", [self.order_ids])

    def outcome(self):
        with self.registry.cursor() as cr:
            line = api.Environment(cr, SUPERUSER_ID, {})["wcm.build.line"].browse(self.line_id)
            return sorted(line.work_order_ids.mapped("state")), line.quantity_open

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_an_acceptance_that_began_before_another_was_committed_is_refused(self):
        first, second = self.clicks
        answer = self.accept(*first, before=lambda: self.assertEqual(self.accept(*second), "accepted"))
        self.assertIn("taken by another member in the meantime", answer)
        self.assertEqual(self.outcome(), (["accepted", "offered"], 0))

    def look_for_order_of_work(self, cr, week):
        env = api.Environment(cr, SUPERUSER_ID, {})
        member = env["wcm.work.order"].browse(self.order_ids[0]).membership_id
        sequence = env["wcm.work.sequence"].create({"membership_id": member.id, "week_start": week, "tz": "UTC"})
        env["wcm.work.sequence.run"].create({"sequence_id": sequence.id, "user_id": SUPERUSER_ID, "seconds": 1, "asked": {}})
        env.flush_all()

    @mute_logger("odoo.sql_db")
    def test_a_second_order_of_work_is_not_looked_for_while_the_first_still_is(self):
        """The second waits for the first; in this test not for long."""
        with self.registry.cursor() as first, self.registry.cursor() as second:
            self.look_for_order_of_work(first, "2030-01-07")
            second.execute("SET LOCAL lock_timeout = '300ms'")
            with self.assertRaises(psycopg2.errors.LockNotAvailable):
                self.look_for_order_of_work(second, "2030-01-14")
            second.rollback()
            first.rollback()

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_exactly_one_of_many_clicks_at_the_same_moment_gets_the_last_open_quantity(self):
        for _round in range(3):
            self.setUp()
            clicks = self.clicks * 3
            start = threading.Barrier(len(clicks), timeout=30)
            with ThreadPoolExecutor(len(clicks)) as executor:
                answers = list(executor.map(lambda click, start=start: self.accept(*click, before=start.wait), clicks))
            self.assertEqual(self.outcome(), (["accepted", "offered"], 0))
            self.assertIn("accepted", answers)
            for answer in answers:
                self.assertRegex(answer, "^accepted$|taken by another member|Somebody else is answering this offer right now")


@tagged("post_install", "-at_install")
class TestFirstPiecesTogether(ConcurrencyCase):
    """Two homes ask a member for a component that it never made."""

    @classmethod
    def _make_records(cls, env):
        maker = cls._maker(env)
        env["ir.config_parameter"].set_param("wcm_network.first_pieces", "True")
        homes = [maker.make_build(name, {maker.block: 4}) for name in ("One", "Other")]
        cls.order_ids = [maker.make_order(maker.alder, home.line_ids, 4, state="accepted").id for home in homes]

    def hold_back(self, order_id, before=None):
        """What a release of this order does about first pieces, in a transaction of its own that is retried on conflict."""
        with self.registry.cursor() as cr:
            order = api.Environment(cr, SUPERUSER_ID, {})["wcm.work.order"].browse(order_id)
            order.mapped("state")
            if before:
                before()
            retrying(order._hold_back_rest, order.env)

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_two_releases_at_one_moment_split_off_one_first_piece(self):
        one, other = self.order_ids
        self.hold_back(one, before=lambda: self.hold_back(other))
        with self.registry.cursor() as cr:
            orders = api.Environment(cr, SUPERUSER_ID, {})["wcm.work.order"].browse(self.order_ids)
            made = orders.search([("is_first_piece", "=", True), ("membership_id", "=", orders.membership_id.id)])
            self.assertEqual((len(made), sorted(orders.mapped("quantity"))), (1, [3, 4]))


MEMBERS, NEEDED, OFFERED = 50, 60, 2
BUSY = "Somebody else is answering this offer right now"


@tagged("post_install", "-at_install")
class TestManyAcceptances(ConcurrencyCase):
    """Fifty members are offered two blocks each, of which the home needs sixty: thirty of them can have theirs."""

    @classmethod
    def _make_records(cls, env):
        maker = cls._maker(env)
        members = cls._make_members(maker)
        demand = maker.make_build("Home for fifty", {maker.block: NEEDED}).line_ids
        orders = env["wcm.work.order"].concat(*(maker.make_order(member, demand, OFFERED) for member in members))
        orders.write({"state": "offered"})
        cls.line_id = demand.id
        cls.clicks = [(order.id, order.membership_id.user_ids.id) for order in orders]

    @classmethod
    def _make_members(cls, maker):
        """As many as it takes, with no more than what an acceptance asks for."""
        env = maker.env
        facilities = env["wcm.facility"].create([{"name": f"Maker {number}", "region_id": maker.bristol.id} for number in range(MEMBERS)])
        group = env.ref("wcm_network.group_member_factory")
        users = env["res.users"].create([
            {"name": f"Maker {number}", "login": f"maker-{number}@example.com", "group_ids": [Command.set(group.ids)]} for number in range(MEMBERS)
        ])
        for facility, user in zip(facilities, users, strict=True):
            facility.operator_id = user.partner_id
        members = env["wcm.membership"].create([
            {"facility_id": facility.id, "state": "active", "user_ids": [Command.set(user.ids)]} for facility, user in zip(facilities, users, strict=True)
        ])
        env["wcm.terms.acceptance"].create([{"terms_id": maker.terms.id, "membership_id": member.id} for member in members])
        return members

    def answer(self, click, start):
        """Clicks together with all others, and again until there is an answer, as the page does; then once more, as the first answer was lost."""
        start.wait()
        for _try in range(200):
            said = self.accept(*click)
            if BUSY not in said:
                return said, self.accept(*click)
            time.sleep(random.uniform(0.02, 0.2))
        return said, None

    def test_fifty_members_accept_at_once_and_ten_of_them_twice(self):
        clicks = self.clicks + self.clicks[:10]
        start = threading.Barrier(len(clicks), timeout=60)
        with ThreadPoolExecutor(len(clicks)) as executor:
            answers = list(executor.map(lambda click: self.answer(click, start), clicks))
        with self.registry.cursor() as cr:
            demand = api.Environment(cr, SUPERUSER_ID, {})["wcm.build.line"].browse(self.line_id)
            accepted = demand.work_order_ids.filtered(lambda order: order.state == "accepted")
            self.assertEqual((len(accepted), demand.quantity_open, demand.allocation_version), (NEEDED // OFFERED, 0, NEEDED // OFFERED))
            for (order_id, user_id), (said, again) in zip(clicks, answers, strict=True):
                order = demand.work_order_ids.browse(order_id)
                if order in accepted:
                    self.assertEqual((said, order.accepted_by_id.id), ("accepted", user_id), "Who has it was told so.")
                    self.assertIn(again, ("accepted", f"{BUSY}. Try again in a moment."))
                else:
                    self.assertIn("taken by another member in the meantime", said)
