import base64
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import BARROW, NetworkCase


class PriceCase(NetworkCase):
    """Three more members in Cumbria, and makers of agreed orders and quotations."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.month = fields.Date.today().replace(day=1)
        cls.before = fields.Datetime.to_datetime(cls.month - timedelta(days=20))
        cls.many = cls.make_build("Many", {cls.block: 400, cls.beam: 400})
        cls.line = cls.many.line_ids[0]
        cls.hazel, cls.larch, cls.maple = (
            cls.make_member(name, region, "sme", place)
            for name, region, place in (("Hazel Works", cls.cumbria, BARROW), ("Larch Works", cls.cumbria, BARROW), ("Maple Works", cls.cumbria, BARROW))
        )

    def agreed(self, member, price, line=None, quantity=4, on=None, **values):
        order = self.make_order(member, line or self.line, quantity, state="accepted", price_unit=price, **values)
        order.sudo().accepted_on = on or self.before
        return order

    def publish(self):
        self.env["wcm.price.reference"]._cron_publish()
        return self.env["wcm.price.reference"].search([("product_id", "=", self.block.id), ("month", "=", self.month)])

    def quote(self, **values):
        today = fields.Date.today()
        return self.env["wcm.price.quote"].create({
            "product_id": self.block.id, "supplier": "Big Panels", "price": 60, "date_quoted": today, "valid_until": today + timedelta(days=30),
            "quotation": base64.b64encode(b"60 each"), "quotation_name": "quotation.txt", **values,
        })  # fmt: skip


@tagged("post_install", "-at_install")
class TestReferencePrice(PriceCase):
    """What members are paid is told so that nobody's price can be worked out."""

    def test_it_is_the_median_over_members_however_many_orders_each_has(self):
        for price in (41, 42, 43):
            self.agreed(self.alder, price)
        self.agreed(self.birch, 50)
        self.agreed(self.hazel, 48.4)
        self.assertEqual(self.publish().amount, 48)

    def test_below_three_members_nothing_is_told_whatever_is_set(self):
        self.agreed(self.alder, 41)
        self.agreed(self.birch, 50)
        self.env["ir.config_parameter"].set_param("wcm_network.reference_members", "1")
        self.assertFalse(self.publish())
        self.agreed(self.hazel, 48)
        self.assertTrue(self.publish())

    def test_more_members_are_asked_for_where_that_is_set(self):
        self.env["ir.config_parameter"].set_param("wcm_network.reference_members", "4")
        for member in (self.alder, self.birch, self.hazel):
            self.agreed(member, 45)
        self.assertFalse(self.publish())

    def test_sheets_that_a_member_buys_are_no_part_of_it(self):
        self.sheet.standard_price = 30
        for member in (self.birch, self.hazel, self.larch):
            self.agreed(member, 76, material_by="member")
        self.assertEqual(self.publish().amount, 46)

    def test_it_stands_still_for_a_month_so_that_no_order_can_be_told_from_its_change(self):
        for member in (self.birch, self.hazel, self.larch):
            self.agreed(member, 46)
        told = self.publish()
        self.agreed(self.maple, 460)
        self.agreed(self.alder, 460)
        self.assertEqual((self.publish(), told.amount), (told, 46))

    def test_old_and_free_and_open_orders_do_not_count(self):
        self.agreed(self.birch, 46)
        self.agreed(self.hazel, 46)
        self.agreed(self.larch, 46, on=self.before - relativedelta(months=13))
        self.agreed(self.larch, 0)
        self.make_order(self.larch, self.line, 4, price_unit=46, state="offered")
        self.agreed(self.larch, 46, on=fields.Datetime.now())
        self.assertEqual(len(self.publish()), 0)

    # --- who is told ---

    def test_a_member_is_told_only_when_three_others_are_in_it(self):
        own = self.agreed(self.alder, 44)
        for member in (self.birch, self.hazel):
            self.agreed(member, 46)
        self.assertTrue(self.publish())
        self.assertFalse(own.with_user(self.alder_user).price_reference_words, "Two others: each could be worked out")
        theirs = self.make_order(self.maple, self.line, 2, state="offered")
        self.assertIn("46", theirs.with_user(self.maple.user_ids).price_reference_words)

    def test_with_three_others_a_member_is_told(self):
        own = self.agreed(self.alder, 44)
        for member in (self.birch, self.hazel, self.larch):
            self.agreed(member, 46)
        self.publish()
        words = own.with_user(self.alder_user).price_reference_words
        self.assertIn("46", words)
        for name in ("Birch", "Hazel", "Larch"):
            self.assertNotIn(name, words)

    def test_a_coordinator_who_knows_all_but_one_is_told_nothing(self):
        """Birch, Hazel and Larch are of Cumbria, Alder is not: whoever knows the three would work Alder out."""
        for member, price in ((self.alder, 44), (self.birch, 46), (self.hazel, 47), (self.larch, 48)):
            self.agreed(member, price)
        self.publish()
        order = self.make_order(self.birch, self.line, 2)
        value = order.with_user(self.other_coordinator).price_value
        self.assertEqual(value["rows"], [])
        self.assertIn("too few members whose prices you do not know", " ".join(value["missing"]))
        self.assertFalse(order.with_user(self.other_coordinator).price_reference_words)
        self.assertTrue(order.with_user(self.manager).price_value["rows"])

    def test_nobody_gets_at_it_over_rpc(self):
        for member in (self.birch, self.hazel, self.larch):
            self.agreed(member, 46)
        told = self.publish()
        order = self.agreed(self.alder, 44)
        member, coordinator = (self.env["wcm.price.reference"].with_user(user) for user in (self.alder_user, self.coordinator))
        own = order.with_user(self.alder_user)
        for call in (
            lambda: member.search([]),
            lambda: coordinator.search([]),
            lambda: coordinator.formatted_read_group([], ["product_id"], ["amount:avg"]),
            lambda: told.with_user(self.manager).read(["member_ids"]),
            lambda: told.with_user(self.manager).search([("member_ids", "!=", False)]),
            lambda: told.with_user(self.manager).write({"amount": 1}),
            lambda: own.read(["price_value"]),
            lambda: own.search([("price_value", "!=", False)]),
            lambda: self.env["wcm.price.quote"].with_user(self.alder_user).search([]),
            lambda: self.env["wcm.price.value"].with_user(self.alder_user).create({}),
        ):
            with self.assertRaises(AccessError):
                call()

    # --- value for money ---

    def test_a_quotation_is_compared_with_what_it_includes(self):
        self.sheet.standard_price = 30
        self.quote(price=100, includes_sheets=True)
        order = self.agreed(self.alder, 46, material_by="hub", on=fields.Datetime.now())
        [row] = [row for row in order.price_value["rows"] if row["kind"] == "quote"]
        self.assertEqual((row["paid"], row["reference"], row["saved"], round(row["share"], 2)), (304, 400, 96, 0.24))

    def test_a_quotation_that_ran_out_is_named_as_missing(self):
        day = fields.Date.today() - timedelta(days=40)
        self.quote(date_quoted=day, valid_until=day + timedelta(days=5))
        order = self.agreed(self.alder, 46, on=fields.Datetime.now())
        self.assertIn("no quotation that held then: W-T-1", " ".join(order.price_value["missing"]))

    def test_a_home_adds_up_its_agreed_orders_and_names_what_is_not_comparable(self):
        self.quote(price=50, includes_sheets=False)
        now = fields.Datetime.now()
        self.agreed(self.alder, 46, on=now)
        self.agreed(self.alder, 52, on=now)
        self.agreed(self.alder, 46, line=self.many.line_ids[1], on=now)
        self.make_order(self.alder, self.line, 4, price_unit=1)
        value = self.many.with_user(self.coordinator).price_value
        [row] = value["rows"]
        self.assertEqual((row["blocks"], row["paid"], row["reference"], row["saved"]), (8, 392, 400, 8))
        self.assertIn("R-T-1", " ".join(value["missing"]))

    def test_a_quotation_that_makes_no_sense_is_refused(self):
        with self.assertRaises(ValidationError):
            self.quote(date_quoted=fields.Date.today() + timedelta(days=2))


@tagged("post_install", "-at_install")
class TestProgrammeValue(PriceCase):
    """Other regions show up in sums of three members or more, never in any that one can be subtracted from."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        site = cls.site.copy({"name": "Far Meadow", "code": "FM", "region_id": cls.cumbria.id})
        cls.far = cls.make_build("Far home", {cls.block: 400})
        cls.far.site_id = site
        cls.line = cls.far.line_ids

    def others(self, user=None):
        page = self.env["wcm.price.value"].with_user(user or self.coordinator).create({})
        return page.others

    def test_three_members_of_a_region_are_one_sum_in_two_figures(self):
        for member, price in ((self.birch, 45.5), (self.hazel, 46.1), (self.larch, 47.3), (self.maple, 46)):
            self.agreed(member, price)
        self.publish()
        [row] = self.others()["rows"]
        self.assertEqual((row["name"], row["paid"], row["reference"]), ("Test Cumbria", 740, 740))

    def test_two_members_are_told_nothing_of(self):
        for member in (self.birch, self.hazel, self.larch):
            self.agreed(member, 46, line=self.many.line_ids[0])  # of the coordinator's own home: these it knows
        self.agreed(self.maple, 51)
        self.agreed(self.alder, 51)
        self.publish()
        others = self.others()
        self.assertFalse(others and others["rows"])

    def test_what_is_agreed_this_month_waits_for_the_next(self):
        for member in (self.birch, self.hazel, self.larch, self.maple):
            self.agreed(member, 46)
        self.publish()
        before = self.others()
        self.agreed(self.maple, 99, on=fields.Datetime.now())
        self.assertEqual(self.others(), before, "The difference would be the order")

    def test_a_manager_sees_every_order_and_no_sums_of_others(self):
        for member in (self.birch, self.hazel, self.larch):
            self.agreed(member, 46)
        self.publish()
        page = self.env["wcm.price.value"].with_user(self.manager).create({})
        self.assertFalse(page.others)
        self.assertEqual(page.value["rows"][0]["blocks"], 12)
        self.assertEqual([row["blocks"] for row in page.components["rows"]], [12])
