import io
from datetime import timedelta
from decimal import Decimal

import openpyxl
from dateutil.relativedelta import relativedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, tagged

from .test_levy_entry import LevyCase

WITH_RECORDS = ("homes_last", "homes_next", "levy_home", "income_last", "cost_last", "cost_next", "reserve")


class ViabilityCase(LevyCase):
    """Three blocks of a home of twelve were accepted: 4.50 of levy, 0.90 of it the region's.

    Running it costs 60 a year, 2 a home and 0.50 a component; 34 are put by.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.viability, cls.today = cls.env["wcm.viability"], fields.Date.today()
        cls.entries._accrue(cls.alder)
        cls.rent, cls.visits, cls.labels = (
            cls.cost(name, kind, amount) for name, kind, amount in (("Rent", "fixed", 60), ("Visits", "per_home", 2), ("Labels", "per_component", 0.5))
        )
        cls.reserve = cls.put_by(34)
        cls.runner = cls.env["res.partner"].create({"name": "Runner CIC", "is_company": True})

    @classmethod
    def cost(cls, name, kind="fixed", amount=10, **values):
        return cls.env["wcm.running.cost"].create({"name": name, "kind": kind, "amount": amount, **values})

    @classmethod
    def put_by(cls, amount, **values):
        return cls.env["wcm.reserve"].create({"amount": amount, **values})

    def books(self, region=None, homes=None):
        return self.viability._books(region or self.env["wcm.region"], homes)

    def page(self, user=None, **asked):
        return self.viability.with_user(user or self.manager).page(asked)

    def income(self):
        """Of the network and of Bristol."""
        return [float(self.books(region).income_last) for region in (None, self.bristol)]

    def account(self, code, kind="expense"):
        return self.env["account.account"].create({"name": f"Test {code}", "code": code, "account_type": kind})

    def post(self, account, amount, on=None, posted=True):
        """An entry of the books: so much on an account, from equity."""
        values = {"code": "TGEN", "name": "Test general", "type": "general"}
        journal = self.env["account.journal"].search([("code", "=", "TGEN")]) or self.env["account.journal"].create(values)
        equity = self.env["account.account"].search([("code", "=", "TEQUITY")]) or self.account("TEQUITY", "equity")
        lines = ((account, amount, 0), (equity, 0, amount))
        move = self.env["account.move"].create({
            "journal_id": journal.id, "date": on or self.today,
            "line_ids": [Command.create({"account_id": one.id, "debit": debit, "credit": credit}) for one, debit, credit in lines],
        })
        if posted:
            move.action_post()
        self.settle()


@tagged("post_install", "-at_install")
class TestViability(ViabilityCase):
    """Levy against running cost: of the network, of a region, of what is over and what is to come."""

    def test_while_no_home_is_complete_a_home_is_estimated_from_accepted_blocks(self):
        books = self.books()
        self.assertEqual((books.homes_done, books.homes_next, books.components, books.levy_basis, books.levy_home), (0, 1, 12, "blocks", 18))
        self.assertEqual((books.year.income, books.year.cost, books.year.surplus), (18, 68, -50))
        self.assertEqual((books.year.break_even(), books.months_of_reserve, round(books.months_until_empty, 2)), (6, 6, Decimal("8.16")))

    def test_once_a_home_is_complete_its_levy_is_what_a_home_brings(self):
        self.build.sudo().state = "complete"
        self.settle()
        books = self.books()
        self.assertEqual((books.homes_done, books.homes_next, books.levy_basis, books.levy_home), (1, 0, "homes", 4.5))
        self.assertEqual(books.year.break_even(), None, "A home costs 8 and brings 4.50")
        self.assertEqual(books.cost_last, 60 + 2 + 3 * 0.5, "A year, one home and three components that were accepted")

    def test_a_home_that_was_complete_before_the_levy_was_counted_says_nothing_of_it(self):
        old = self.make_build("Old home", {self.block: 2})
        old.sudo().state = "complete"
        self.settle()
        self.assertEqual((self.books().levy_basis, self.books().levy_home), ("blocks", 18))

    def test_credits_are_taken_off(self):
        self.hold(self.parts[:1])
        self.accrue()
        self.assertEqual(self.books().income_last, 3)

    def test_what_was_counted_before_the_last_twelve_months_is_not_in_them(self):
        self.env.cr.execute("ALTER TABLE wcm_levy_entry DISABLE TRIGGER wcm_levy_entry_append_only")
        self.env.cr.execute("UPDATE wcm_levy_entry SET date = %s WHERE work_order_id = %s", [self.today - relativedelta(years=1), self.order.id])
        self.settle()
        self.assertEqual(self.books().income_last, 0)
        self.assertEqual(self.books().levy_home, 18, "What a home brings goes by all that was counted")

    def test_the_share_of_a_region_that_others_run_is_not_the_networks(self):
        self.assertEqual(self.income(), [4.5, 0.9], "The network runs Bristol itself")
        self.bristol.run_by_id = self.runner
        self.cost("Bristol desk", amount=24, region_id=self.bristol.id)
        self.settle()
        self.assertEqual(self.income(), [3.6, 0.9])
        self.assertEqual((self.books().costs_next.fixed, self.books(self.bristol).costs_next.fixed), (60, 24))
        self.bristol.run_by_id = self.env.company.partner_id
        self.settle()
        self.assertEqual((self.books().income_last, self.books().costs_next.fixed), (4.5, 84))

    def test_a_region_counts_its_own_homes_and_its_own_share(self):
        self.deliver(self.birch, self.beam_line, 2)
        self.accrue(self.birch)
        bristol, cumbria = self.books(self.bristol), self.books(self.cumbria)
        self.assertEqual([float(bristol.income_last), float(cumbria.income_last)], [0.9, 0.6])
        self.assertEqual((bristol.homes_next, cumbria.homes_next), (1, 0))
        self.assertEqual(float(round(bristol.levy_home, 4)), 2.16, "0.90 on five blocks of a home of twelve, two of which others made")
        self.assertIsNone(cumbria.levy_home, "No home stands there")

    def test_costs_count_by_the_days_on_which_they_hold(self):
        self.cost("Ended", amount=1000, date_to=self.today - relativedelta(years=2))
        self.cost("Begins today", amount=366, date_from=self.today)
        books = self.books()
        self.assertAlmostEqual(float(books.costs_next.fixed), 60 + 366)
        self.assertAlmostEqual(float(books.cost_last), 60 + 1.5 + 1, delta=0.01)

    def test_a_cost_in_another_currency_counts_at_todays_rate(self):
        euro = self.env["res.currency"].create({"name": "TST", "symbol": "T", "rate_ids": [Command.create({"rate": 2, "name": self.today})]})
        self.cost("Licence", amount=100, currency_id=euro.id)
        self.assertEqual(self.books().costs_next.fixed, 60 + 50)

    def test_homes_can_be_tried_and_change_nothing(self):
        tried = self.page(homes=6)
        self.assertEqual((tried["is_what_if"], tried["figures"]["surplus_next"]["value"], tried["figures"]["homes_next"]["basis"]), (True, 0, "What if"))
        self.assertEqual(self.page()["homes"], 1)
        for nonsense in (-1, 2.5, 10_001, "six", True, [6]):
            with self.subTest(homes=nonsense), self.assertRaisesRegex(UserError, "no number of homes"):
                self.page(homes=nonsense)

    # --- what is typed and what the books say ---

    def test_costs_are_read_from_accounts_of_the_books(self):
        wages = self.account("TWAGES")
        self.rent.with_user(self.manager).write({"account_ids": [Command.link(wages.id)]})
        for amount, on, posted in ((700, self.today, True), (40, self.today - relativedelta(years=1), True), (5000, self.today, False)):
            self.post(wages, amount, on, posted)
        self.assertEqual((self.rent.basis, self.rent.amount_now), ("books", 700), "Neither drafts nor what was before the last twelve months")
        self.assertEqual((self.books().costs_next.fixed, self.books().cost_last), (700, 701.5))
        posted = self.env["account.move.line"].search(self.rent.action_open_posted()["domain"])
        self.assertEqual(sum(posted.mapped("balance")), 700)

    def test_an_account_is_read_once_and_for_a_cost_a_year(self):
        wages = self.account("TWAGES")
        self.rent.account_ids = wages
        with self.assertRaisesRegex(ValidationError, "counted twice"), self.env.cr.savepoint():
            self.cost("Wages", account_ids=[Command.link(wages.id)])
        with self.assertRaisesRegex(ValidationError, "a cost a year"), self.env.cr.savepoint():
            self.visits.account_ids = self.account("TVISIT")
        self.rent.active = False
        self.assertTrue(self.cost("Wages", amount=0, account_ids=[Command.link(wages.id)]))

    def test_costs_that_make_no_sense_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "give an amount"):
            self.cost("Nothing", amount=0)
        with self.assertRaisesRegex(ValidationError, "of today or a day before"):
            self.put_by(1, date=self.today + timedelta(days=1))

    def test_the_latest_reserve_counts_and_accounts_say_what_is_there_today(self):
        self.put_by(900, date=self.today - timedelta(days=1))
        self.assertEqual(self.books().reserve, 34)
        bank = self.account("TBANK", "asset_cash")
        old = self.put_by(0, date=self.today - timedelta(days=400), account_ids=[Command.link(bank.id)])
        self.post(bank, 1234.5)
        self.assertEqual((old.basis, self.books().reserve), ("books", 1234.5))
        self.put_by(7, region_id=self.bristol.id)
        self.assertEqual((self.books().reserve, self.books(self.bristol).reserve), (1234.5, 7))

    # --- what is shown ---

    def test_without_anything_it_says_what_to_enter(self):
        self.env["wcm.running.cost"].search([]).unlink()
        self.reserve.unlink()
        page = self.page()
        self.assertEqual([row["code"] for row in page["missing"]], ["cost_next", "reserve"])
        self.assertEqual({page["figures"][code]["text"] for code in ("break_even", "cost_next", "surplus_last", "months_of_reserve")}, {"Not known"})
        self.assertEqual((page["chart"], page["sensitivity"]), ("", []))
        self.assertIn("not enough to say", page["headline"])

    def test_it_says_so_when_it_never_breaks_even(self):
        self.cost("Dear visits", "per_home", 100)
        page = self.page()
        self.assertEqual(page["figures"]["break_even"]["text"], "Never")
        self.assertIn("never breaks even", page["headline"])
        self.assertIn("no break-even", page["chart_words"])

    def test_the_page_says_all_of_it(self):
        page = self.page()
        self.assertIn("It breaks even at 6 homes a year.", page["headline"])
        self.assertEqual([page["figures"][code]["value"] for code in ("income_last", "income_next", "cost_next", "surplus_next", "break_even", "months_of_reserve")], [4.5, 18, 68, -50, 6, 6])
        self.assertIn('aria-label="Levy income and running cost by homes a year.', page["chart"])
        self.assertIn("break-even: 6", page["chart"].replace("\n", " "))
        middle = next(row for row in page["sensitivity"] if row["percent"] == 0)
        self.assertEqual([cell["surplus"] for cell in middle["cells"]], [-50] * 3)
        dearer = next(row for row in page["sensitivity"] if row["percent"] == 50)
        self.assertEqual([(cell["what"], cell["surplus"], cell["break_even"]) for cell in dearer["cells"]], [("homes", -45, 6), ("levy", -41, 4), ("cost", -84, 15)])
        self.assertTrue(all(figure["basis"] for figure in page["figures"].values()))
        self.assertIn("times the components of a home (12.0)", "".join(row["formula"] for row in page["meanings"]))

    def test_each_figure_opens_the_records_behind_it(self):
        opened = {code: self.viability.with_user(self.manager).action_open_records(code, {}) for code in WITH_RECORDS}
        found = {code: self.env[action["res_model"]].with_user(self.manager).search(action["domain"]) for code, action in opened.items()}
        self.assertEqual((found["homes_last"], found["homes_next"]), (self.env["wcm.build"], self.build))
        self.assertEqual(sum(found["income_last"].mapped("levy")), 4.5)
        self.assertEqual(found["levy_home"], found["income_last"])
        self.assertEqual(found["cost_next"], self.rent | self.visits | self.labels)
        self.assertEqual(found["reserve"], self.reserve)
        with self.assertRaisesRegex(UserError, "no such figure"):
            self.viability.with_user(self.manager).action_open_records("surplus_next", {})

    def test_the_spreadsheet_says_what_the_page_says(self):
        page, book = self.page(), openpyxl.load_workbook(io.BytesIO(self.viability.with_user(self.manager)._workbook(self.env["wcm.region"]).to_bytes()))
        shown = {(row[0].value, row[1].value): row[2].value for row in book["Summary"].iter_rows(min_row=4)}
        figures = page["figures"]
        self.assertEqual(shown["Left, or missing", "next twelve months"], figures["surplus_next"]["value"])
        self.assertEqual(shown["Break-even, homes a year", "next twelve months"], 6)
        self.assertEqual(len(shown), len(figures))
        changed = [tuple(cell.value for cell in row) for row in book["Sensitivity"].iter_rows(min_row=4)]
        self.assertEqual(changed, [(name, row["percent"] / 100, cell["surplus"], cell["break_even"]) for row in page["sensitivity"] for name, cell in zip(("Homes", "Levy from one home", "Running costs"), row["cells"], strict=True)])
        self.assertIn("Charts", book.sheetnames)

    # --- who sees it ---

    def test_a_coordinator_sees_the_books_of_the_own_regions_alone(self):
        own = self.cost("Bristol desk", amount=24, region_id=self.bristol.id)
        page = self.page(self.coordinator)
        self.assertEqual((page["whose"], page["choices"]), ("Test Bristol", {"regions": [{"id": self.bristol.id, "name": "Test Bristol"}], "network": False}))
        self.assertEqual([row["name"] for row in page["costs"]], ["Bristol desk"])
        self.assertEqual(page["figures"]["income_last"]["value"], 0.9)
        for region in (self.cumbria.id, 10**9, "x", [1]):
            with self.subTest(region=region), self.assertRaisesRegex(UserError, "do not see the books"):
                self.page(self.coordinator, region=region)
        opened = self.viability.with_user(self.coordinator).action_open_records("cost_next", {})
        self.assertEqual(self.env["wcm.running.cost"].with_user(self.coordinator).search(opened["domain"]), own)
        entries = self.viability.with_user(self.coordinator).action_open_records("levy_home", {})
        self.assertEqual(sum(self.entries.with_user(self.coordinator).search(entries["domain"]).mapped("region_share")), 0.9)

    def test_a_coordinator_without_a_region_is_told_so(self):
        loose = self.make_user("loose_t", "wcm_network.group_coordinator")
        page = self.page(loose)
        self.assertIn("no region", page["headline"])
        self.assertNotIn("figures", page)

    def test_a_coordinator_keeps_costs_and_reserves_of_the_own_regions_alone(self):
        costs, reserves = self.env["wcm.running.cost"].with_user(self.coordinator), self.env["wcm.reserve"].with_user(self.coordinator)
        cost = costs.create({"name": "Desk", "amount": 5, "region_id": self.bristol.id})
        cost.amount = 6
        reserves.create({"amount": 3, "region_id": self.bristol.id})
        self.assertFalse(costs.search([("id", "=", self.rent.id)]))
        wages = self.account("TWAGES")
        for call in (
            lambda: costs.create({"name": "Ours", "amount": 5}),
            lambda: costs.create({"name": "Theirs", "amount": 5, "region_id": self.cumbria.id}),
            lambda: cost.write({"region_id": self.cumbria.id}),
            lambda: cost.write({"account_ids": [Command.link(wages.id)]}),
            lambda: cost.read(["account_ids"]),
            lambda: reserves.create({"amount": 5, "date": self.today - timedelta(days=9)}),
            lambda: self.rent.with_user(self.coordinator).read(["amount"]),
            lambda: self.rent.with_user(self.coordinator).action_open_posted(),
        ):
            with self.assertRaises(AccessError):
                call()

    def test_nobody_else_sees_any_of_it(self):
        people = [self.alder_user, *(self.make_user(login, groups) for login, groups in (("v_funder", "wcm_network.group_funder"), ("v_staff", "base.group_user"), ("v_mapping", "wcm_mapping.group_mapping_user")))]
        for user in people:
            for call in (
                lambda user=user: self.page(user),
                lambda user=user: self.viability.with_user(user).action_open_records("reserve", {}),
                lambda user=user: self.rent.with_user(user).read(["amount"]),
                lambda user=user: self.reserve.with_user(user).read(["amount"]),
                lambda user=user: self.env["wcm.running.cost"].with_user(user).search([]),
            ):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    call()


@tagged("post_install", "-at_install")
class TestViabilityFiles(ViabilityCase, HttpCase):
    def asked(self, login, address):
        self.authenticate(login, login if login.endswith(("_t", "_o")) else login.split("@")[0] + "-password")
        return self.url_open(f"/network/viability.{address}")

    def test_managers_and_coordinators_take_it_along_and_nobody_else(self):
        paper, book = self.asked("manager_t", "pdf"), self.asked("manager_t", "xlsx?homes=6")
        self.assertEqual((paper.content[:5], book.content[:2]), (b"%PDF-", b"PK"))
        self.assertGreater(len(paper.content), 8000)
        own = self.asked("coordinator_t", "xlsx")
        self.assertIn("Test%20Bristol", own.headers["Content-Disposition"])
        for login, address in (
            ("coordinator_t", f"xlsx?region={self.cumbria.id}"), ("coordinator_t", "pdf?region=x"), ("manager_t", "xlsx?homes=-1"), ("manager_t", "xlsx?region=999999999"),
            ("alder@example.com", "xlsx"), ("alder@example.com", "pdf"),
        ):  # fmt: skip
            with self.subTest(login=login, address=address):
                self.assertEqual(self.asked(login, address).status_code, 404)
