from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form

from .common import QualityCase


class TestDisposition(QualityCase):
    """What becomes of each part of a nonconformity."""

    def setUp(self):
        super().setUp()
        self.make_control_plan()
        self.first, self.second, self.third = self.parts = self.env["wcm.part"].union(*(self.make_part(f"KNO-{number}") for number in range(1, 4)))
        for part in self.parts:
            self.check(part, self.colleague)
        self.nonconformity = self.parts.with_user(self.maker).action_report("Split at the screw holes").sudo()
        self.today = fields.Date.today()

    def decide(self, kind, parts=None, by=None, **terms):
        self.nonconformity.with_user(by or self.lead).action_decide(kind, "Seen", parts and parts.ids, **terms)

    def held(self):
        return self.parts.filtered("is_held")

    def concede(self, part, **terms):
        self.decide("scrap", self.parts - part)
        self.decide("use_as_is", part, **terms)

    def test_each_part_goes_its_own_way_and_the_last_one_closes(self):
        self.decide("use_as_is", self.first)
        self.assertEqual((self.nonconformity.state, self.held()), ("open", self.second | self.third))
        self.decide("rework", self.second)
        self.assertEqual((self.nonconformity.state, self.nonconformity.disposition, self.nonconformity.waits_for_maker), ("open", "several", True))
        self.decide("scrap", self.third)
        self.assertEqual((self.nonconformity.state, self.third.state), ("decided", "scrapped"))
        self.nonconformity.with_user(self.maker).action_rework_done("Filled")
        self.assertEqual((self.nonconformity.state, self.held()), ("reworked", self.second))
        self.check(self.second, self.colleague)
        self.assertEqual((self.nonconformity.state, self.second.is_held), ("closed", False))

    def test_all_alike_is_one_decision(self):
        with Form(self.env["wcm.nonconformity.decide"].with_user(self.lead).with_context(default_nonconformity_id=self.nonconformity.id)) as form:
            form.disposition = "use_as_is"
            form.reason = "Hidden by the cladding"
        form.record.action_confirm()
        self.assertEqual((self.nonconformity.state, self.nonconformity.disposition, self.held()), ("closed", "use_as_is", self.parts.browse()))
        self.assertEqual(self.first.concession, f"{self.nonconformity.name} for Test home only")

    def test_the_dialog_decides_on_those_that_are_left_in_it(self):
        dialog = self.env["wcm.nonconformity.decide"].with_user(self.lead).with_context(default_nonconformity_id=self.nonconformity.id)
        with Form(dialog) as form:
            form.part_ids.remove(self.third.id)
            form.disposition = "use_as_is"
            form.holds = "date"
            form.until = self.today + timedelta(days=30)
            form.reason = "Hidden"
        form.record.action_confirm()
        self.assertEqual(self.held(), self.third)
        self.assertEqual(dialog.create({"disposition": "scrap", "reason": "x"}).part_ids, self.third)

    def test_a_decision_again_replaces_the_one_before_and_both_are_kept(self):
        self.decide("rework", self.first)
        self.decide("scrap", self.first)
        lines = self.nonconformity.disposition_ids.filtered(lambda one: one.part_id == self.first)
        self.assertEqual(sorted(lines.mapped("state")), ["done", "replaced"])

    def test_what_is_done_is_not_decided_again(self):
        self.decide("use_as_is", self.first)
        with self.assertRaisesRegex(UserError, "not done yet"):
            self.decide("scrap", self.first)
        with self.assertRaisesRegex(UserError, "not done yet"):
            self.decide("scrap", self.make_part("KNO-9"))

    def test_only_the_part_that_fails_again_goes_back_to_be_decided(self):
        self.decide("scrap", self.third)
        self.decide("rework", self.first | self.second)
        self.nonconformity.with_user(self.maker).action_rework_done("Filled")
        self.check(self.first, self.colleague)
        self.check(self.second, self.lead, thickness="17")
        self.assertEqual((self.nonconformity.state, self.first.is_held, self.second.is_held), ("open", False, True))
        with self.assertRaisesRegex(UserError, "second person"):
            self.decide("use_as_is", self.second)
        self.decide("use_as_is", self.second, by=self.second_lead)
        self.assertEqual((self.nonconformity.state, self.second.quality_state), ("closed", "concession"))

    def test_a_repair_is_looked_at_by_a_quality_lead_who_did_not_do_it(self):
        self.decide("scrap", self.second | self.third)
        self.decide("repair", steps="Glue\nScrew")
        self.nonconformity.with_user(self.lead).action_rework_done("Glued it myself")
        self.assertTrue(self.first.is_held)
        with self.assertRaisesRegex(UserError, "another quality lead"):
            self.nonconformity.with_user(self.lead).action_close()
        self.nonconformity.with_user(self.second_lead).action_close()
        self.assertEqual((self.nonconformity.state, self.first.is_held), ("closed", False))
        self.assertIn("Test home", self.first.concession)

    def test_who_reworked_an_earlier_round_does_not_pass_a_later_one(self):
        self.decide("scrap", self.second | self.third)
        self.decide("rework")
        self.nonconformity.with_user(self.colleague).action_rework_done("Once")
        self.check(self.first, self.coordinator, thickness="17")
        self.decide("rework")
        self.nonconformity.with_user(self.maker).action_rework_done("Twice")
        check = self.first.inspection_ids.filtered(lambda one: one.state == "open")
        self.fill_in(check, self.colleague)
        with self.assertRaisesRegex(UserError, "another person"):
            check.with_user(self.colleague).action_close()

    def test_who_held_more_parts_does_not_use_them_as_they_are(self):
        more = self.make_part("KNO-8")
        self.nonconformity.with_user(self.second_lead).action_contain(more.ids, "day")
        for kind in ("use_as_is", "repair", "scrap"):
            with self.assertRaisesRegex(UserError, "second person"):
                self.decide(kind, by=self.second_lead)
        with self.assertRaisesRegex(UserError, "second person"):
            self.nonconformity.with_user(self.second_lead).action_cancel("Nothing")
        self.assertTrue(more.is_held)

    def test_a_concession_that_ran_out_holds_what_is_not_installed_again(self):
        self.concede(self.first, until=self.today)
        disposition = self.env["wcm.disposition"]
        disposition._cron_lapse_concessions()
        self.assertFalse(self.first.is_held)
        self.first.disposition_ids[:1].until = self.today - timedelta(days=1)
        with self.assertRaisesRegex(UserError, "does not hold any more"):
            self.first._check_may_move("pack")
        disposition._cron_lapse_concessions()
        self.assertEqual((self.nonconformity.state, self.first.is_held, self.first.quality_state), ("open", True, "held"))
        self.assertRegex(self.first.hold_reason, "concession .until .*does not hold any more, so a quality lead decides again")
        self.decide("use_as_is", by=self.second_lead, until=self.today + timedelta(days=9))
        self.assertEqual((self.nonconformity.state, self.first.is_held), ("closed", False))

    def test_a_concession_for_one_home_does_not_hold_for_another(self):
        self.concede(self.first)
        other = self.make_build("Other home", {self.block: 1})
        self.first.disposition_ids[:1].concession_build_id = other
        self.env["wcm.disposition"]._cron_lapse_concessions()
        self.assertTrue(self.first.is_held)

    def test_what_is_installed_stays(self):
        self.concede(self.first, until=self.today)
        self.first.disposition_ids[:1].until = self.today - timedelta(days=1)
        self.first.state = "installed"
        self.env["wcm.disposition"]._cron_lapse_concessions()
        self.assertFalse(self.first.is_held)

    def test_terms_that_make_no_sense_are_refused_in_words(self):
        for kind, terms, words in (
            ("use_as_is", {"until": "2020-01-01"}, "not in the past"),
            ("return", {"then": "credit"}, "arrived on site"),
            ("scrap", {"replacement": "other"}, "which other member"),
            ("scrap", {"replacement": "other", "membership_id": self.alder.id}, "which other member"),
            ("rework", {"state": "done"}, "Not known"),
            ("use_as_is", {"until": "soon"}, "date"),
            ("return", {"then": "unlink"}, "Choose"),
        ):
            with self.subTest(kind=kind, **terms), self.assertRaisesRegex(UserError, words):
                self.decide(kind, **terms)

    def test_nobody_writes_a_decision_by_hand(self):
        self.decide("rework")
        line = self.nonconformity.disposition_ids[:1]
        values = {"nonconformity_id": self.nonconformity.id, "part_id": self.first.id, "kind": "use_as_is", "state": "done", "decided_by_id": self.lead.id}
        for user in (self.maker, self.coordinator, self.manager, self.lead):
            for call in (
                lambda user=user: line.with_user(user).write({"state": "done"}),
                lambda user=user: self.env["wcm.disposition"].with_user(user).create(values),
                lambda user=user: line.with_user(user).unlink(),
            ):
                with self.assertRaises(AccessError):
                    call()
            with self.assertRaises(UserError):
                self.nonconformity.with_user(user).write({"disposition_ids": [(1, line.id, {"state": "done"})]})
        self.assertEqual(self.held(), self.parts)

    def test_a_member_reads_the_decisions_on_its_own_parts_only(self):
        self.decide("rework", steps="Glue")
        lines = self.env["wcm.disposition"].with_user(self.maker).search([])
        self.assertEqual(lines.mapped("steps"), ["Glue"] * 3)
        self.assertFalse(self.env["wcm.disposition"].with_user(self.rival).search([]))
        with self.assertRaises(AccessError):
            lines.read(["replacement_order_id"])

    def test_scrap_is_made_again_by_another_member_who_learns_nothing(self):
        self.order.instructions = "As Alder likes it"
        self.decide("scrap", self.first | self.second, replacement="other", membership_id=self.birch.id)
        order = self.first.disposition_ids.replacement_order_id
        self.assertEqual((order.membership_id, order.quantity, order.state, order.product_id), (self.birch, 2, "draft", self.block))
        self.assertEqual((order.price_unit, order.instructions), (order._open_book_price(), False), "By the other member's own rates")
        self.assertGreater(order.price_unit, 0)

    def test_what_another_member_without_rates_makes_again_is_not_offered_for_nothing(self):
        self.birch.facility_id.capability_ids.cost_per_hour = 0
        self.decide("scrap", self.first, replacement="other", membership_id=self.birch.id)
        order = self.first.disposition_ids.replacement_order_id
        self.assertEqual(order.price_unit, 0)
        with self.assertRaisesRegex(UserError, "No price is said for"):
            order.with_user(self.manager).action_offer()

    def test_the_other_member_reads_nothing_of_the_first(self):
        self.decide("scrap", self.first | self.second, replacement="other", membership_id=self.birch.id)
        order = self.first.disposition_ids.replacement_order_id
        self.assertNotIn("Alder", "".join(order.message_ids.mapped("body")))

    def test_nobody_takes_a_part_out_of_its_nonconformity(self):
        for user in (self.coordinator, self.manager, self.lead):
            for field in ("nonconformity_ids", "inspection_ids", "disposition_ids"):
                with self.subTest(user.login, field=field), self.assertRaises(AccessError):
                    self.first.with_user(user).write({field: [(5,)]})
        self.assertEqual(self.held(), self.parts)
