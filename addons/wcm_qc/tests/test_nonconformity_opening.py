from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form
from odoo.tools import mute_logger

from .common import QualityCase


class TestNonconformityOpening(QualityCase):
    """Where it was noticed, by whom, and what else may have it."""

    def setUp(self):
        super().setUp()
        self.make_control_plan()

    def complaint(self, user, part=None, **values):
        part = part or self.make_part("KNO-1")
        said = {"title": "Draughty joint", "source": "customer", "customer_name": "Ann Smith", "customer_channel": "phone", "part_ids": part.ids}
        return self.env["wcm.nonconformity"].with_user(user).create(said | values)

    def test_it_says_where_it_was_noticed(self):
        _part, failed = self.failed_part("KNO-1")
        told = self.make_part("KNO-2").with_user(self.maker).action_report("Corner off")
        seen = self.make_part("KNO-3").with_user(self.coordinator).action_report("Wet")
        self.assertEqual([one.sudo().source for one in (failed, told, seen)], ["check", "member", "network"])

    def test_a_coordinator_writes_down_a_customers_complaint(self):
        with Form(self.env["wcm.nonconformity"].with_user(self.coordinator)) as form:
            form.title = "Draughty joint"
            form.part_ids.add(self.make_part("KNO-1"))
            form.is_complaint = True
            form.customer_name = "Ann Smith"
            form.customer_contact = "0117 496 0100"
            form.customer_channel = "phone"
        self.assertEqual((form.record.source, form.record.customer_name), ("customer", "Ann Smith"))
        self.assertTrue(form.record.part_ids.is_held)

    @mute_logger("odoo.sql_db")
    def test_a_complaint_names_the_customer_and_the_way_it_came(self):
        for values in ({"customer_name": False}, {"customer_channel": False}):
            with self.assertRaises(IntegrityError), self.env.cr.savepoint():
                self.complaint(self.coordinator, **values)

    def test_a_member_never_reads_who_complained(self):
        nonconformity = self.complaint(self.coordinator, customer_contact="0117 496 0100").with_user(self.maker)
        self.assertEqual(nonconformity.title, "Draughty joint")
        for field in ("customer_name", "customer_contact", "customer_channel", "source"):
            with self.assertRaises(AccessError):
                nonconformity.read([field])
            with self.assertRaises(AccessError):
                self.env["wcm.nonconformity"].with_user(self.maker).search([(field, "=", "customer")])

    def test_where_it_was_noticed_is_not_made_up(self):
        for source in ("check", "site", "member"):
            with self.assertRaises(UserError):
                self.complaint(self.coordinator, source=source)
        with self.assertRaises(UserError):
            self.complaint(self.coordinator, self.make_part("KNO-2")).write({"source": "network"})

    def test_the_siblings_of_the_parts_are_listed(self):
        sheets = self.env["stock.lot"].create({"name": "PLY-A", "product_id": self.sheet.id})
        part, cut_of_it, other = self.make_part("KNO-1"), self.make_part("KNO-2"), self.make_part("BEAM-1", self.beam_order)
        (part | cut_of_it).sheet_lot_ids = sheets
        part.design_revision = cut_of_it.design_revision = "v1"
        other.made_on = "2026-05-02 08:00:00"
        nonconformity = part.with_user(self.coordinator).action_report("Split").with_user(self.coordinator)
        counts = [nonconformity[f"same_{kind}_count"] for kind in ("sheet", "design", "machine", "day")]
        self.assertEqual(counts, [1, 1, 0, 1])
        listed = self.env["wcm.part"].search(nonconformity.action_open_same_sheet()["domain"])
        self.assertEqual(listed, cut_of_it)

    def test_siblings_of_the_same_member_join_and_are_held(self):
        part, sibling = self.make_part("KNO-1"), self.make_part("KNO-2")
        self.check(sibling, self.colleague)
        nonconformity = part.with_user(self.coordinator).action_report("Split").with_user(self.coordinator)
        self.assertEqual(nonconformity.action_contain(sibling.ids, "day"), nonconformity)
        self.assertTrue(sibling.is_held)
        self.assertEqual(nonconformity.part_ids, part | sibling)
        self.assertEqual(sibling.event_ids.sorted("id")[-1].biz_step, "holding")

    def test_siblings_of_another_member_get_one_of_their_own_that_names_nobody(self):
        part, theirs = self.make_part("KNO-1"), self.make_part("KEN-1", self.rival_order, by=self.rival)
        nonconformity = part.with_user(self.lead).action_report("Split at Alder").with_user(self.lead)
        other = nonconformity.action_contain(theirs.ids, "design")
        self.assertEqual((other.membership_id, other.origin_id, other.part_ids), (self.birch, nonconformity, theirs))
        self.assertTrue(theirs.is_held)
        self.assertNotIn("Alder", f"{other.title} {theirs.hold_reason}")
        self.assertFalse(nonconformity.with_user(self.rival).search([("id", "=", nonconformity.id)]))
        with self.assertRaisesRegex(UserError, "hold already"):
            nonconformity.action_contain(theirs.ids, "design")

    def test_the_dialog_names_the_siblings_and_holds_those_that_are_left(self):
        part, first, second = (self.make_part(f"KNO-{number}") for number in range(3))
        nonconformity = part.with_user(self.coordinator).action_report("Split").with_user(self.coordinator)
        with Form(self.env["wcm.nonconformity.contain"].with_user(self.coordinator).with_context(default_nonconformity_id=nonconformity.id)) as form:
            form.kind = "day"
            self.assertEqual(set(form.part_ids.ids), set((first | second).ids))
            form.part_ids.remove(second.id)
        form.record.action_confirm()
        self.assertEqual(nonconformity.part_ids, part | first)

    def test_nobody_holds_parts_that_are_not_theirs_to_see(self):
        part, theirs = self.make_part("KNO-1"), self.make_part("KEN-1", self.rival_order, by=self.rival)
        nonconformity = part.with_user(self.maker).action_report("Split")
        for user in (self.maker, self.rival, self.other_coordinator):
            with self.subTest(user.login), self.assertRaises(AccessError):
                nonconformity.with_user(user).action_contain(theirs.ids, "design")
        self.assertFalse(theirs.nonconformity_ids)
        with self.assertRaisesRegex(UserError, "in common"):
            nonconformity.with_user(self.coordinator).action_contain(self.make_part("KNO-2").ids, "moon")
