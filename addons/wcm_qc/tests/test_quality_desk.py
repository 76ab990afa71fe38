from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user

from .common import QualityCase, picture


class TestQualityDesk(QualityCase):
    def setUp(self):
        super().setUp()
        self.today = fields.Date.today()

    def cards(self, user=None):
        """{key: card}, those with something in them."""
        return {card["key"]: card for card in self.env["wcm.quality.desk"].with_user(user or self.lead).cards() if card["count"]}

    def corrective(self, nonconformity, **values):
        said = {"name": "Check the stops", "nonconformity_id": nonconformity.id, "owner_id": self.coordinator.id, "due_on": self.today}
        return self.env["wcm.corrective.action"].create(said | values)

    def test_where_nothing_waits_all_cards_are_there_and_empty(self):
        cards = self.env["wcm.quality.desk"].with_user(self.lead).cards()
        self.assertIn("holds", [card["key"] for card in cards])
        self.assertFalse(self.cards())

    def test_the_hold_that_has_waited_longest_comes_first_and_says_who_made_it_where_it_is_and_how_long(self):
        self.make_control_plan()
        older, newer = self.make_part("KNO-1"), self.make_part("KNO-2")
        newer.state = "received"
        older.made_on = fields.Datetime.now() - timedelta(days=3)
        older_inspection, newer_inspection = older.inspection_ids, newer.inspection_ids
        card = self.cards()["holds"]
        self.assertEqual([line["id"] for line in card["lines"]], [older_inspection.id, newer_inspection.id])
        self.assertIn("KNO-1", card["lines"][0]["title"])
        self.assertIn(self.alder.name, card["lines"][0]["detail"])
        self.assertEqual(card["lines"][0]["waited"], "3 days")
        self.assertIn(self.site.name, card["lines"][1]["detail"])

    def test_a_hold_of_ones_own_block_waits_for_somebody_else(self):
        self.make_control_plan()
        self.make_part("KNO-1", by=self.second_lead)
        self.assertIn("holds", self.cards())
        self.assertNotIn("holds", self.cards(self.second_lead))

    def test_a_hold_point_is_listed_for_those_who_may_pass_it_as_closing_the_check_says(self):
        """Whoever is told that a hold point waits can pass it, and nobody else can."""
        people = self.lead | self.second_lead | self.coordinator | self.other_coordinator
        for release_by, may in (("person", self.lead | self.coordinator), ("network", self.lead | self.coordinator), ("lead", self.lead)):
            part = self.held_part(f"KNO-{release_by}", release_by, by=self.second_lead)
            self.assertEqual(self.listed(part, people), may, release_by)
            self.assertEqual(self.passing(part, people), may, release_by)

    def test_who_reworked_a_block_is_not_told_to_pass_it(self):
        self.make_control_plan()
        part, nonconformity = self.failed_part("KNO-1")
        nonconformity.with_user(self.second_lead).action_decide("rework", "Plane it")
        nonconformity.with_user(self.lead).action_rework_done("Planed")
        people = self.lead | self.second_lead
        self.assertEqual(self.listed(part, people), self.second_lead)
        self.assertEqual(self.passing(part, people), self.second_lead)

    def test_a_hold_point_that_asks_for_training_is_listed_for_who_has_it(self):
        kind = self.env["wcm.competence.kind"].create({"name": "Measuring blocks", "months": 12})
        part = self.held_part("KNO-1", "person", competence_kind_id=kind.id)
        self.env["wcm.competence"].create({"user_id": self.lead.id, "kind_id": kind.id, "trained_by": "College"}).with_user(self.second_lead).action_authorise()
        people = self.lead | self.second_lead | self.coordinator
        self.assertEqual(self.listed(part, people), self.lead)
        self.assertEqual(self.passing(part, people), self.lead)

    def test_who_packed_a_block_last_is_not_told_to_pass_its_dispatch(self):
        part = self.held_part("KNO-1", "person", stage="dispatch")
        for user in (self.lead, self.second_lead):
            part.with_user(user).sudo()._log("packing")
        self.env["wcm.inspection"]._open_for(part, "dispatch")
        people = self.lead | self.second_lead
        self.assertEqual(self.listed(part, people), self.lead)
        self.assertEqual(self.passing(part, people), self.lead)

    def test_the_field_says_the_same_as_the_list(self):
        mine, other = self.held_part("KNO-1", "person"), self.held_part("KNO-2", "person", by=self.lead)
        checks = (mine | other).inspection_ids.with_user(self.lead)
        self.assertEqual(checks.filtered("may_pass"), mine.inspection_ids.with_user(self.lead))
        self.assertEqual(self.env["wcm.inspection"].with_user(self.lead).search([("may_pass", "=", False), ("id", "in", checks.ids)]), other.inspection_ids.with_user(self.lead))
        with self.assertRaises(AccessError):
            self.env["wcm.inspection"].with_user(self.maker).search([("may_pass", "=", True)])

    def held_part(self, name, release_by, by=None, stage="final", **point):
        checkpoint = {"name": "Edges clean", "kind": "pass_fail", "point_type": "hold", "release_by": release_by, **point}
        self.env["wcm.control.plan"].with_user(self.lead).search([("state", "=", "approved")]).action_retire("Another one is tried")
        self.make_control_plan(checkpoint, stage=stage)
        return self.make_part(name, by=by)

    def listed(self, part, people):
        """For whom the check stands on their desk."""
        return people.filtered(lambda user: part.inspection_ids & self.env["wcm.inspection"].with_user(user).search(self.domain(user)).sudo())

    def domain(self, user):
        [card] = [card for card in self.env["wcm.quality.desk"].with_user(user).cards() if card["key"] == "holds"]
        return card["domain"]

    def passing(self, part, people):
        """Who can close the check as passed, tried one by one."""
        return people.filtered(lambda user: self.can_pass(part.inspection_ids.filtered(lambda one: one.state == "open").with_user(user)))

    def can_pass(self, check):
        try:
            with self.env.cr.savepoint() as savepoint:
                check.line_ids.filtered(lambda line: line.kind == "measurement").reading = "18"
                check.line_ids.filtered(lambda line: line.kind == "photo").photo = picture()
                check.line_ids.filtered(lambda line: line.kind == "pass_fail").passed_by_hand = "pass"
                check.action_close()
                savepoint.rollback()
        except (AccessError, UserError):
            return False
        finally:
            self.env.invalidate_all()
        return True

    def test_a_nonconformity_is_to_be_decided_then_to_be_carried_out(self):
        _part, nonconformity = self.make_part("KNO-1"), self.make_part("KNO-2").with_user(self.maker).action_report("Split")
        self.assertEqual([line["id"] for line in self.cards()["decide"]["lines"]], nonconformity.ids)
        nonconformity.with_user(self.lead).action_decide("rework", "Fill it")
        cards = self.cards()
        self.assertNotIn("decide", cards)
        self.assertIn("with the member", cards["carry_out"]["lines"][0]["detail"])
        nonconformity.with_user(self.maker).action_rework_done("Filled")
        self.assertIn("to check again", self.cards()["carry_out"]["lines"][0]["detail"])

    def test_a_concession_shows_when_it_runs_out_within_a_month(self):
        for days, name in ((10, "KNO-1"), (100, "KNO-2")):
            nonconformity = self.make_part(name).with_user(self.maker).action_report("Split")
            nonconformity.with_user(self.lead).action_decide("use_as_is", "Hidden", until=str(self.today + timedelta(days=days)))
        card = self.cards()["concessions"]
        self.assertEqual(card["count"], 1)
        self.assertIn("KNO-1", card["lines"][0]["title"])
        self.assertEqual(card["lines"][0]["model"], "wcm.nonconformity")

    def test_corrective_actions_are_due_and_later_asked_whether_they_helped_of_another_person(self):
        nonconformity = self.make_part("KNO-1").with_user(self.maker).action_report("Split").sudo()
        self.corrective(nonconformity, due_on=self.today + timedelta(days=60))
        self.assertNotIn("corrective", self.cards())
        action = self.corrective(nonconformity, due_on=self.today - timedelta(days=1))
        [line] = self.cards()["corrective"]["lines"]
        self.assertTrue(line["is_late"])
        action.with_user(self.coordinator).action_done("New stops")
        self.assertNotIn("effectiveness", self.cards())
        action.sudo().check_from = self.today
        self.assertIn("effectiveness", self.cards())
        self.assertNotIn("effectiveness", self.cards(self.coordinator))

    def test_a_draft_plan_waits_for_approval_and_a_sample_for_its_checks(self):
        plan = self.make_control_plan(approve=False, sampling="iso")
        self.assertIn("plans", self.cards())
        plan.with_user(self.lead).action_approve()
        self.make_part("KNO-1")
        cards = self.cards()
        self.assertNotIn("plans", cards)
        self.assertIn(self.alder.name, cards["samples"]["lines"][0]["detail"])

    def test_a_recall_waits_until_it_is_released(self):
        part = self.make_part("KNO-1")
        recall = self.env["wcm.recall"].create({"reason": "Wet sheets", "product_ids": part.product_id.ids})
        self.assertNotIn("recalls", self.cards())
        recall.action_hold()
        self.assertIn("recalls", self.cards())

    def test_a_cost_that_the_member_does_not_agree_to_comes_back(self):
        nonconformity = self.make_part("KNO-1").with_user(self.maker).action_report("Split")
        nonconformity.with_user(self.lead).action_set_cost("member", 120, "Old drawing")
        nonconformity.with_user(self.maker).action_refuse_cost("It was yours")
        self.assertIn("It was yours", self.cards()["cost"]["lines"][0]["detail"])

    def test_a_coordinator_sees_what_waits_in_the_own_region_and_decides_nothing(self):
        nonconformity = self.make_part("KNO-1").with_user(self.maker).action_report("Split")
        nonconformity.with_user(self.lead).action_decide("rework", "Fill it")
        self.make_part("KNO-2").with_user(self.maker).action_report("Bent")
        self.make_control_plan(approve=False)
        self.assertEqual(list(self.cards(self.coordinator)), ["carry_out"])
        self.assertFalse(self.cards(self.other_coordinator))

    def test_the_desk_is_for_nobody_else(self):
        for user in (self.maker, new_test_user(self.env, "employee_d", "base.group_user"), new_test_user(self.env, "funder_d", "wcm_network.group_funder")):
            with self.assertRaises(AccessError):
                self.cards(user)

    def test_the_desk_takes_few_queries_however_much_waits(self):
        self.make_control_plan()
        parts = [self.make_part(f"KNO-{number}") for number in range(8)]
        for part in parts[4:]:
            part.with_user(self.maker).action_report("Split")
        self.cards()  # rules and access are looked up once
        self.env.invalidate_all()
        with self.assertQueryCount(45):
            self.assertEqual(self.cards()["holds"]["count"], 8)
