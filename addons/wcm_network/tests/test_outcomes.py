from datetime import date, timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.wcm_network.scope import Scope

from .common import MakingCase


class OutcomesCase(MakingCase):
    """Two homes under one grant, one made by a member near the site and one by a member far away, and a home of nobody's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.today()
        fund = cls.env["res.partner"].create({"name": "Test Fund", "is_company": True})
        cls.grant = cls.env["wcm.grant"].create({
            "name": "Test year", "funder_id": fund.id, "amount": 10000,
            "date_start": cls.today - timedelta(days=30), "date_end": cls.today + timedelta(days=330),
        })
        cls.second = cls.make_build("Second home", {cls.block: 2})
        cls.other = cls.make_build("Home of another grant", {cls.block: 2})
        (cls.build | cls.second).grant_id = cls.grant
        cls.near = cls.arrived(cls.alder, cls.block_line, 3)
        cls.far = cls.arrived(cls.birch, cls.second.line_ids, 2)
        cls.elsewhere = cls.arrived(cls.alder, cls.other.line_ids, 2)
        cls.env.flush_all()
        cls.all = Scope()
        cls.of_grant = Scope(grant_id=cls.grant.id)

    @classmethod
    def arrived(cls, member, line, quantity):
        shipment = cls.make_dispatched(member, line, quantity)
        shipment.with_user(cls.manager).action_receive_all()
        return shipment.part_ids.work_order_id

    @classmethod
    def indicator(cls, code):
        return cls.env["wcm.indicator"].search([("code", "=", code)])

    def value(self, code, scope=None):
        return self.indicator(code)._figure(scope or self.of_grant).value

    def rows(self, code, field, scope=None):
        groups = self.indicator(code)._groups(scope or self.of_grant)
        [group] = [group for group in groups if group["field"] == field]
        return {row["label"]: row["value"] for row in group["rows"]}

    @classmethod
    def report(cls, member, month, **figures):
        values = {"paid_hours": 100, "people": 2, "apprentices": 1, "training_hours": 10, "first_jobs": 0, "living_wage_people": 1}
        return cls.env["wcm.job.report"].create({"membership_id": member.id, "month": month, **values, **figures})


@tagged("post_install", "-at_install")
class TestOutcomes(OutcomesCase):
    def test_every_figure_is_that_of_the_records_which_it_opens(self):
        for member in (self.alder, self.birch):
            self.report(member, self.today)
        for asked, scope in (({}, self.all), ({"grant": self.grant.id}, self.of_grant), ({"build": self.second.id}, Scope(build_id=self.second.id))):
            for indicator in self.env["wcm.indicator"].search([("code", "!=", "social_value")]):
                with self.subTest(indicator=indicator.code, asked=asked):
                    self.assert_opens(indicator, asked, scope)

    def assert_opens(self, indicator, asked, scope):
        """The window's records, one by one, add up to the figure; those of each row to the row."""
        source, figure = indicator._source(scope), indicator._figure(scope)
        window = indicator.with_user(self.manager).action_open_records(indicator.code, asked)
        records = self.env[window["res_model"]].with_user(self.manager).search(window["domain"])
        if not figure.withheld:
            self.assertAlmostEqual(self.counted(source, records) or 0, figure.value or 0, 6)
        for group in indicator._groups(scope):
            found = records.browse()
            for row in group["rows"]:
                part = indicator.with_user(self.manager).action_open_records(indicator.code, asked, row["condition"])
                behind = records.search(part["domain"])
                found |= behind
                if not row["withheld"]:
                    self.assertAlmostEqual(self.counted(source, behind) or 0, row["value"] or 0, 6)
            self.assertEqual(found, records, group["field"])

    def counted(self, source, records):
        value = self.added(source.aggregate, records)
        if not source.over:
            return value
        over = self.added(source.over, records)
        return value / over if over else None

    def added(self, aggregate, records):
        name, _colon, how = aggregate.partition(":")
        if name == "__count":
            return len(records)
        return len(set(records.mapped(name))) if how == "count_distinct" else sum(records.mapped(name))

    def test_homes_and_components_count_for_their_grant_only(self):
        self.assertEqual(self.value("components_made"), 5)
        self.assertEqual(self.value("components_made", self.all) - self.value("components_made"), 2)
        self.assertEqual(self.value("components_on_site"), 5)
        self.assertEqual((self.second.state, self.second.completed_on), ("complete", self.today))
        self.assertEqual(self.value("homes_complete"), 1)
        self.assertEqual(self.rows("homes_by_stage", "state"), {"In progress": 1, "Complete": 1})
        self.assertEqual(self.rows("components_by_stage", "state"), {"Wanted": 9, "Here": 5})

    def test_a_period_leaves_out_what_was_before_and_after_it(self):
        for start, end, made in ((self.today, self.today, 5), (None, self.today - timedelta(days=1), 0), (self.today + timedelta(days=1), None, 0)):
            scope = Scope(grant_id=self.grant.id, start=start, end=end)
            self.assertEqual((self.value("components_made", scope), self.value("spend_received", scope)), (made, 50 * made))

    def test_a_day_is_that_of_the_homes_also_in_summer(self):
        self.assertEqual(Scope(start=date(2026, 7, 1)).moments("at"), [("at", ">=", "2026-06-30 23:00:00")])
        self.assertEqual(Scope(end=date(2026, 1, 31)).moments("at"), [("at", "<", "2026-02-01 00:00:00")])

    def test_spend_is_what_odoo_counts_as_received(self):
        orders = self.near | self.far
        self.assertEqual(self.value("spend_received"), sum(orders.mapped("amount_received")))
        self.assertEqual(self.value("spend_received"), 250)
        self.assertEqual(self.rows("spend_received", "organisation_type"), {"Community business": 150, "Small or medium company": 100})
        self.assertEqual(self.rows("spend_received", "maker_region_id"), {"Test Bristol": 150, "Test Cumbria": 100})
        self.assertEqual(self.rows("spend_received", "distance_band"), {"Up to 5 km": 150, "More than 50 km": 100})
        self.assertEqual(self.value("spend_within_20_km"), 150)

    def test_what_goes_back_to_its_maker_is_no_spend_until_it_comes_again(self):
        part = self.near.part_ids[0]
        part.with_user(self.manager).action_return(then="repair", reason="Wet")
        self.env.flush_all()
        self.assertEqual((self.near.amount_received, self.value("spend_received")), (100, 200))
        part.with_user(self.alder_user).action_pack()
        part.shipment_id.with_user(self.alder_user).action_dispatch()
        part.shipment_id.with_user(self.manager).action_receive_all()
        self.env.flush_all()
        self.assertEqual((self.near.amount_received, self.value("spend_received")), (150, 250))

    def test_a_bill_and_its_credit_note_are_spend_billed(self):
        purchase = self.near.purchase_id
        purchase.action_create_invoice()
        bill = purchase.invoice_ids
        bill.invoice_date = self.today
        bill.action_post()
        self.env.flush_all()
        self.assertEqual(self.value("spend_billed"), 150)
        credit = bill._reverse_moves([{"invoice_date": self.today}])
        credit.action_post()
        self.env.flush_all()
        self.assertEqual(self.value("spend_billed"), 0)
        self.assertEqual(self.value("spend_received"), 250)

    def test_people_are_shown_of_three_members_and_more(self):
        cedar = self.make_member("Cedar Yard", self.bristol, "charity", {"latitude": 51.42, "longitude": -2.6})
        self.report(self.alder, self.today)
        self.report(self.birch, self.today)
        figure = self.indicator("paid_hours")._figure(self.all)
        self.assertEqual((figure.value, figure.withheld), (None, True))
        self.report(cedar, self.today, living_wage_people=2)
        self.assertEqual(self.value("paid_hours", self.all), 300)
        self.assertEqual(self.value("people_paid", self.all), 6)
        self.assertAlmostEqual(self.value("living_wage", self.all), 4 / 6)
        self.assertEqual(set(self.rows("paid_hours", "organisation_type", self.all).values()), {None})

    def test_jobs_of_a_grant_are_shared_out_by_standard_minutes_and_say_estimated(self):
        self.arrived(self.alder, self.beam_line, 2)  # 90 minutes each beside blocks of 85
        self.report(self.alder, self.today)
        self.env.flush_all()
        shares = self.env["wcm.job.share"].search([("membership_id", "=", self.alder.id)])
        self.assertAlmostEqual(sum(shares.mapped("share")), 1)
        of_grant = shares.filtered(lambda share: share.grant_id == self.grant)
        self.assertAlmostEqual(sum(of_grant.mapped("paid_hours")), 100 * (3 * 85 + 2 * 90) / (5 * 85 + 2 * 90), 4)
        self.assertEqual(self.indicator("paid_hours")._basis_in(self.of_grant), "estimated")
        self.assertEqual(self.indicator("paid_hours")._basis_in(self.all), "measured")

    def test_transport_is_shared_out_over_homes_by_blocks(self):
        shipments = (self.near | self.far).part_ids.shipment_id
        self.assertAlmostEqual(self.value("transport_carbon"), sum(shipments.mapped("kgco2e")), 4)
        self.assertAlmostEqual(self.value("transport_km"), sum(shipments.mapped("distance_km")), 4)

    def test_embodied_carbon_is_not_known_without_a_factor_for_every_sheet(self):
        self.assertIsNone(self.value("embodied_carbon"))
        self.env["wcm.carbon.factor"].create({
            "name": "Ply", "product_tmpl_id": self.sheet.product_tmpl_id.id, "per": "sheet", "value": 20, "source": "A test", "year": 2025, "valid_from": "2025-01-01",
        })
        self.env.flush_all()
        sheets = sum(sum((part.sheet_usage or {}).values()) for part in (self.near | self.far).part_ids)
        self.assertGreater(sheets, 0)
        self.assertAlmostEqual(self.value("embodied_carbon"), 20 * sheets)
        self.assertAlmostEqual(self.value("sheets_used"), sheets)

    def test_the_way_carries_the_factor_of_its_day(self):
        factors = self.env["wcm.carbon.factor"]
        factors.create({"name": "Van", "kind": "vehicle", "per": "km", "value": 0.5, "source": "A test", "year": 2026, "valid_from": self.today})
        self.assertEqual(self.env["wcm.shipment"]._kgco2e_per_km(), 0.5)
        self.assertAlmostEqual(factors._vehicle_factor(self.today - timedelta(days=1)), 0.83751)

    def test_social_value_needs_a_proxy_and_is_an_estimate(self):
        self.assertIsNone(self.value("social_value"))
        self.env["wcm.social.proxy"].create({
            "theme": "social", "measure": "T1", "indicator_id": self.indicator("components_made").id, "value": 3, "source": "A test", "year": 2026, "valid_from": "2026-01-01",
        })
        self.assertEqual(self.value("social_value"), 15)
        self.assertEqual(self.indicator("social_value").basis, "estimated")

    def test_every_indicator_says_what_it_is(self):
        for indicator in self.env["wcm.indicator"].search([]):
            for name in ("definition", "formula", "source", "unit", "basis"):
                self.assertTrue(indicator[name], f"{indicator.code}: {name}")

    def test_a_coordinator_sees_the_own_regions_and_no_others(self):
        indicators = self.env["wcm.indicator"]
        mine = indicators.with_user(self.coordinator).outcomes({})
        self.assertEqual([region["name"] for region in mine["choices"]["regions"]], ["Test Bristol"])
        self.assertEqual(indicators.with_user(self.other_coordinator)._scope({}).region_ids, tuple(self.cumbria.ids))
        made = {figure["code"]: figure["value"] for category in indicators.with_user(self.other_coordinator).outcomes({})["categories"] for figure in category["figures"]}
        self.assertEqual(made["components_made"], 0)
        for asked in ({"region": self.bristol.id}, {"build": self.build.id}, {"grant": self.grant.id}, {"grant": 0.5}, {"start": "yesterday"}):
            with self.assertRaises(UserError):
                indicators.with_user(self.other_coordinator).outcomes(asked)

    def test_members_and_funders_see_nothing_of_it(self):
        funder = self.make_user("outcomes_funder", "wcm_network.group_funder")
        for user in (self.alder_user, funder):
            with self.assertRaises(AccessError):
                self.env["wcm.indicator"].with_user(user).outcomes({})

    def test_a_row_opens_by_what_it_is_split_by_only(self):
        indicators = self.env["wcm.indicator"].with_user(self.manager)
        for condition in (["create_uid", "=", 1], ["state", "!=", "x"], ["state", "=", [1]], ["state"]):
            with self.assertRaisesRegex(UserError, "cannot be split"):
                indicators.action_open_records("homes_by_stage", {}, condition)

    def test_a_period_that_ends_before_it_begins_is_refused(self):
        with self.assertRaisesRegex(UserError, "ends before"):
            self.env["wcm.indicator"].with_user(self.manager).outcomes({"start": "2026-02-01", "end": "2026-01-01"})


@tagged("post_install", "-at_install")
class TestJobReport(OutcomesCase):
    def figures(self, **values):
        return {"paid_hours": 120, "people": 3, "apprentices": 1, "training_hours": 8, "first_jobs": 1, "living_wage_people": 2, **values}

    def test_an_owner_reports_its_own_member_and_nobody_elses(self):
        memberships = self.env["wcm.membership"].with_user(self.alder_user)
        [mine] = memberships.workshop_jobs()
        self.assertEqual((mine["member"], len(mine["months"])), ("Alder Works", 13))
        month = mine["months"][0]["key"]
        memberships.workshop_report_jobs(self.alder.id, month, self.figures())
        report = self.env["wcm.job.report"].search([("membership_id", "=", self.alder.id)])
        self.assertEqual((report.paid_hours, report.reported_by_id), (120, self.alder_user))
        memberships.workshop_report_jobs(self.alder.id, month, self.figures(paid_hours=90))
        self.assertEqual(report.paid_hours, 90)
        self.assertIn("Alder Person", memberships.workshop_jobs()[0]["months"][0]["by"])
        with self.assertRaises(AccessError):
            memberships.workshop_report_jobs(self.birch.id, month, self.figures())
        with self.assertRaises(AccessError):
            report.with_user(self.alder_user).read(["paid_hours"])

    def test_a_maker_reports_nothing(self):
        maker = self.alder._create_portal_user("maker_j@example.com", "Maker J")
        self.env["wcm.member.person"].search([("user_id", "=", maker.id)]).role = "maker"
        with self.assertRaises(AccessError):
            self.env["wcm.membership"].with_user(maker).workshop_jobs()

    def test_what_cannot_be_is_said_in_words_and_not_written(self):
        memberships = self.env["wcm.membership"].with_user(self.alder_user)
        month = memberships.workshop_jobs()[0]["months"][0]["key"]
        for wrong, words in (({"apprentices": 4}, "cannot be more than 3"), ({"paid_hours": 5000}, "can work in a month"), ({"people": 1.5}, "a whole number"), ({"people": "x"}, "whole number"), ({"paid_hours": -1}, "0 or more"), ({"paid_hours": "nan"}, "0 or more")):
            with self.assertRaisesRegex((UserError, ValidationError), words), self.env.cr.savepoint():
                memberships.workshop_report_jobs(self.alder.id, month, self.figures(**wrong))
        with self.assertRaisesRegex(UserError, "twelve before"):
            memberships.workshop_report_jobs(self.alder.id, "2020-01-01", self.figures())
        self.assertFalse(self.env["wcm.job.report"].search([("membership_id", "=", self.alder.id)]))

    def test_coordinators_see_reports_of_their_own_region(self):
        self.report(self.alder, self.today)
        reports = self.env["wcm.job.report"]
        self.assertTrue(reports.with_user(self.coordinator).search([]))
        self.assertFalse(reports.with_user(self.other_coordinator).search([("membership_id", "=", self.alder.id)]))

    def test_who_reported_is_set_by_nobodys_hand(self):
        report = self.report(self.alder, self.today)
        with self.assertRaises(AccessError):
            report.with_user(self.manager).write({"reported_by_id": self.alder_user.id})
        report.with_user(self.manager).write({"people": 3})
        self.assertEqual(report.reported_by_id, self.manager)
