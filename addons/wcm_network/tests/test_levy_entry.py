from datetime import timedelta

import psycopg2

from odoo import SUPERUSER_ID, Command, api, fields
from odoo.exceptions import AccessError, UserError
from odoo.service.model import retrying
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .common import MakingCase
from .test_work_order_concurrency import ConcurrencyCase


class LevyCase(MakingCase):
    """The terms take 3% and give a fifth of it to the region; Alder delivers three blocks at 50 each."""

    @classmethod
    def _set_up_terms(cls):
        cls.terms = cls.make_terms("1", levy_percent=3, region_share_percent=20)
        cls.terms.action_approve()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.entries = cls.env["wcm.levy.entry"]
        cls.order = cls.deliver(cls.alder, cls.block_line, 3)
        cls.parts = cls.order.part_ids

    @classmethod
    def deliver(cls, member, line, quantity):
        shipment = cls.make_dispatched(member, line, quantity)
        shipment.with_user(cls.manager).action_receive_all()
        cls.settle()
        return shipment.part_ids.work_order_id

    @classmethod
    def settle(cls):
        cls.env.flush_all()
        cls.env.invalidate_all()

    @classmethod
    def hold(cls, parts, held=True):
        parts.sudo().write({"is_held": held, "hold_reason": held and "Edge is torn"})
        cls.settle()

    def accrue(self, members=None):
        return self.entries._accrue(self.alder if members is None else members)

    def figures(self, entries):
        return [(one.quantity, one.amount, one.levy, one.network_share, one.region_share) for one in entries]


@tagged("post_install", "-at_install")
class TestLevyEntry(LevyCase):
    def test_a_delivery_is_levied_by_the_rule_it_was_agreed_at(self):
        [entry] = self.accrue()
        self.assertEqual(self.figures(entry), [(3, 150, 4.5, 3.6, 0.9)])
        self.assertEqual((entry.work_order_id, entry.region_id, entry.date), (self.order, self.bristol, fields.Date.context_today(entry)))
        self.assertEqual(entry.rule, "3% of the price of what was received and accepted")

    def test_counting_again_adds_nothing(self):
        self.accrue()
        self.assertFalse(self.accrue())
        self.assertFalse(self.accrue(self.alder | self.birch))

    def test_a_block_on_hold_is_credited_and_counted_again_when_it_is_released(self):
        self.accrue()
        self.hold(self.parts[:1])
        self.assertEqual(self.figures(self.accrue()), [(-1, -50, -1.5, -1.2, -0.3)])
        self.hold(self.parts[:1], False)
        self.assertEqual(self.figures(self.accrue()), [(1, 50, 1.5, 1.2, 0.3)])
        self.assertEqual(sum(self.order.levy_entry_ids.mapped("levy")), 4.5)

    def test_blocks_that_go_back_are_credited_and_their_replacement_is_levied(self):
        self.accrue()
        self.parts[:2].with_user(self.manager).action_return("credit", "Wrong groove")
        self.settle()
        self.assertEqual(self.figures(self.accrue()), [(-2, -100, -3, -2.4, -0.6)])

    def test_nothing_is_levied_on_what_was_on_hold_from_the_start(self):
        self.hold(self.parts)
        self.assertFalse(self.accrue())

    def test_the_first_entry_has_the_day_of_the_delivery_and_a_credit_the_day_it_was_counted(self):
        moves = self.order.purchase_line_id._get_po_line_moves()
        day = fields.Date.today() - timedelta(days=3)
        moves.date = fields.Datetime.to_datetime(day)
        self.settle()
        first = self.accrue()
        self.hold(self.parts[:1])
        self.assertEqual((first.date, self.accrue().date), (day, fields.Date.context_today(first)))

    def test_tiers_go_by_the_turnover_of_the_year_so_far(self):
        tiers = [[0, "4"], [200, "2"]]
        levy = {"kind": "tiers", "percent": "0", "per_part": "0", "waived": False, "decimals": 2, "currency": "", "tiers": tiers}
        self.agree(self.order, levy)
        self.assertEqual(self.accrue().levy, 6)
        other = self.deliver(self.alder, self.beam_line, 2)
        self.agree(other, levy)
        self.assertEqual(self.accrue().levy, 3)  # 50 at 4%, 50 at 2%
        self.hold(self.parts)
        self.assertEqual(self.accrue().levy, -5)  # 100 are left, at 4%
        self.assertEqual(sum(self.alder.work_order_ids.levy_entry_ids.mapped("levy")), 4)

    def agree(self, order, levy):
        order.sudo().write({"agreed_terms_id": self.terms.id, "agreed_levy": levy})
        self.settle()

    def test_turnover_in_another_currency_counts_by_the_rate_of_its_day(self):
        other, own = self.env["res.currency"].create({"name": "TST", "symbol": "T"}), self.order.currency_id
        self.env["res.currency.rate"].create([
            {"currency_id": other.id, "rate": rate, "name": name} for rate, name in ((2, "2020-01-01"), (4, fields.Date.today()))
        ])
        self.accrue()
        self.env.cr.execute("ALTER TABLE wcm_levy_entry DISABLE TRIGGER USER")
        self.env.cr.execute("UPDATE wcm_levy_entry SET currency_id = %s, date = '2025-06-01'", [other.id])
        self.env.cr.execute("ALTER TABLE wcm_levy_entry ENABLE TRIGGER USER")
        self.settle()
        year = self.entries._years(self.alder)[self.alder, fields.Date.today().year]
        self.assertEqual((float(year.turnover(own, self.company)), own), (75, self.order.currency_id))

    def test_without_a_rate_the_order_is_refused_when_it_is_offered_or_accepted(self):
        order = self.abroad({"kind": "per_part", "per_part": "2"})
        with self.assertRaisesRegex(UserError, "priced in TST, and the terms count the levy in .* no rate between them"):
            order.with_user(self.manager).action_offer()
        order.sudo().state = "offered"
        with self.assertRaisesRegex(UserError, "no rate between them"):
            order.with_user(self.alder_user).action_accept()
        self.agree(order, {**order.agreed_levy, "kind": "percent"})
        order.sudo().state = "draft"
        order.with_user(self.manager).action_offer()
        self.assertEqual(order.state, "offered")

    def test_with_a_rate_it_is_offered_and_its_levy_is_told_in_its_own_currency(self):
        order = self.abroad({"kind": "per_part", "per_part": "2"}, rate=4)
        order.with_user(self.manager).action_offer()
        self.assertEqual((order.state, order.levy_expected), ("offered", 16))  # 2 blocks at 2, four for one
        self.assertIn(self.company.currency_id.symbol, order.levy_words)

    def abroad(self, levy, rate=None, **values):
        """An order of two beams in another currency, of which so many are one of the company's."""
        other = self.env["res.currency"].create({"name": "TST", "symbol": "T", "active": True})
        if rate:
            self.set_rate(other, rate, "2020-01-01")
        order = self.make_order(self.alder, self.beam_line, 2, currency_id=other.id)
        known = {"percent": "0", "per_part": "0", "waived": False, "decimals": 2, "currency": self.company.currency_id.name, "tiers": []}
        self.agree(order, known | levy)
        return order

    def set_rate(self, currency, rate, day):
        self.env["res.currency.rate"].create({"currency_id": currency.id, "rate": rate, "name": day})

    def delivered_abroad(self, levy, rate=None):
        """Three blocks that arrived, at 50 each in another currency: agreed before anybody asked for a rate."""
        other = self.abroad(levy, rate).currency_id
        self.order.sudo().currency_id = other
        self.order.purchase_line_id.order_id.currency_id = other
        self.agree(self.order, self.alder.work_order_ids.filtered(lambda order: order.state == "draft").agreed_levy)
        return other

    def test_an_amount_for_each_block_is_converted_at_the_rate_of_the_day_which_is_kept(self):
        other = self.delivered_abroad({"kind": "per_part", "per_part": "2"}, rate=4)
        entry = self.accrue()
        self.assertEqual(self.figures(entry), [(3, 150, 24, 24, 0)])
        self.assertEqual((entry.currency_id, entry.terms_currency_id, entry.rate, entry.rate_date), (other, self.company.currency_id, 0.25, entry.date))
        self.set_rate(other, 8, fields.Date.today())
        self.settle()
        self.assertFalse(self.accrue())
        self.hold(self.parts[:1])
        credit = self.accrue()
        self.assertEqual((self.figures(credit), credit.rate), ([(-1, -50, -8, -8, 0)], 0.25))

    def test_tiers_begin_at_what_the_terms_name_in_another_currency(self):
        self.delivered_abroad({"kind": "tiers", "tiers": [["0", "4"], ["30", "2"]]}, rate=4)
        self.assertEqual(self.accrue().levy, 5.4)  # 37.50: 30 at 4%, 7.50 at 2%, four for one

    def test_what_has_no_rate_is_named_and_told_until_it_is_counted(self):
        other = self.delivered_abroad({"kind": "per_part", "per_part": "2"})
        told = self.entries.with_user(self.coordinator).action_accrue()["params"]
        self.assertIn(f"no rate between TST and {self.company.currency_id.name}: {self.order.name}", told["message"])
        for _night in range(2):
            with self.enter_registry_test_mode():
                self.env.ref("wcm_network.cron_accrue_levy").method_direct_trigger()
            self.settle()
        self.assertEqual((self.order.levy_entry_ids.ids, self.alder.activity_ids.mapped("summary")), ([], ["Levy not counted"]))
        self.set_rate(other, 4, "2020-01-01")
        self.settle()
        self.assertEqual(self.accrue().levy, 24)

    def test_an_entry_is_never_changed_nor_deleted(self):
        entry = self.accrue()
        for user in (self.manager, self.env.user):
            with self.assertRaisesRegex(UserError, "never changed"):
                entry.with_user(user).write({"levy": 0})
            with self.assertRaisesRegex(UserError, "never deleted"):
                entry.with_user(user).unlink()
        for statement in ("UPDATE wcm_levy_entry SET levy = 0, network_share = 0, region_share = 0", "DELETE FROM wcm_levy_entry"):
            with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.Error), self.env.cr.savepoint():
                self.env.cr.execute(statement)

    def test_nobody_writes_one_by_hand(self):
        values = {"membership_id": self.alder.id, "work_order_id": self.order.id, "year": 2026, "number": 99, "date": "2026-01-01", "currency_id": 1, "company_id": 1}
        for user in (self.manager, self.coordinator, self.alder_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.entries.with_user(user).create(values)

    def test_a_member_reads_its_own_without_the_shares_and_a_coordinator_those_of_its_region(self):
        self.deliver(self.birch, self.beam_line, 1)
        self.accrue(self.alder | self.birch)
        for user, members in ((self.alder_user, self.alder), (self.birch_user, self.birch), (self.coordinator, self.alder), (self.other_coordinator, self.birch), (self.manager, self.alder | self.birch)):
            with self.subTest(user.login):
                self.assertEqual(self.entries.with_user(user).search([]).membership_id, members)
        with self.assertRaises(AccessError):
            self.entries.with_user(self.alder_user).search([]).read(["region_share"])
        maker = self.alder._create_portal_user("max@example.com", "Max")
        with self.assertRaises(AccessError):
            self.entries.with_user(maker).search([])

    def test_only_coordinators_count_and_only_their_members(self):
        with self.assertRaisesRegex(AccessError, "Only a coordinator"):
            self.entries.with_user(self.alder_user).action_accrue()
        self.entries.with_user(self.other_coordinator).action_accrue()
        self.assertFalse(self.entries.search([("membership_id", "=", self.alder.id)]))
        told = self.entries.with_user(self.coordinator).action_accrue()
        self.assertIn("1 entries are new", told["params"]["message"])

    def test_the_night_counts_every_member_once(self):
        self.deliver(self.birch, self.beam_line, 1)
        with self.enter_registry_test_mode():
            self.env.ref("wcm_network.cron_accrue_levy").method_direct_trigger()
            self.env.ref("wcm_network.cron_accrue_levy").method_direct_trigger()
        self.settle()
        self.assertEqual(len(self.entries.search([("membership_id", "in", (self.alder | self.birch).ids)])), 2)

    def test_many_orders_are_counted_in_the_same_queries(self):
        self.deliver(self.alder, self.beam_line, 1)
        few = self._queries()
        build = self.make_build("Second home", {self.block: 6, self.beam: 4})
        for line in build.line_ids:
            self.deliver(self.alder, line, 2)
        self.assertLessEqual(self._queries(), few)

    def _queries(self):
        self.settle()
        started = self.env.cr.sql_log_count
        self.accrue()
        return self.env.cr.sql_log_count - started


class TogetherCase(ConcurrencyCase):
    """A delivery of Alder, committed: two transactions do something about it."""

    GUARDED_TABLES = ("wcm_levy_entry", "wcm_part_event", "wcm_part_head")

    @classmethod
    def _make_records(cls, env):
        parameters = env["ir.config_parameter"]
        before = parameters.get_param("wcm_network.first_pieces")
        parameters.set_param("wcm_network.first_pieces", "False")
        maker = cls._maker(env)
        cls.order_id, cls.member_id = maker.deliver(maker.alder, maker.block_line, 3).id, maker.alder.id
        parameters.set_param("wcm_network.first_pieces", before)

    @classmethod
    def _maker(cls, env):
        maker = type("Maker", (LevyCase,), {"env": env, "company": env.company})
        maker.routing, maker.assembly = env.ref("wcm_mapping.process_cnc_routing"), env.ref("wcm_mapping.process_assembly")
        for step in ("people", "terms", "members", "components", "build"):
            getattr(maker, f"_set_up_{step}")()
        maker.sheet.route_ids = [Command.link(env.ref("mrp_subcontracting.route_resupply_subcontractor_mto").id)]
        maker.hub = env["stock.warehouse"].search([("company_id", "=", env.company.id)], limit=1)
        maker.make_sheets("SH-A", 50)
        return maker

    @classmethod
    def _remove_records(cls):
        cls._switch_triggers("DISABLE")
        super()._remove_records()
        cls._switch_triggers("ENABLE")

    @classmethod
    def _switch_triggers(cls, how):
        with cls.registry.cursor() as cr:
            for table in cls.GUARDED_TABLES:
                cr.execute(SQL("ALTER TABLE %s %s TRIGGER USER", SQL.identifier(table), SQL(how)))


@tagged("post_install", "-at_install")
class TestLevyTogether(TogetherCase):
    """Two transactions count the levy of the same delivery."""

    def count(self, before=None):
        """One count in a transaction of its own, retried on conflict as the server does it."""
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["wcm.work.order"].browse(self.order_id).mapped("state")  # the transaction begins here
            if before:
                before()
            return len(retrying(lambda: env["wcm.levy.entry"]._accrue(env["wcm.membership"].browse(self.member_id)), env))

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_a_count_that_began_before_another_was_committed_adds_nothing(self):
        first = []
        self.assertEqual(self.count(before=lambda: first.append(self.count())), 0)
        self.assertEqual(first, [1])
        with self.registry.cursor() as cr:
            entries = api.Environment(cr, SUPERUSER_ID, {})["wcm.levy.entry"].search([("work_order_id", "=", self.order_id)])
            self.assertEqual(entries.mapped("levy"), [4.5])
