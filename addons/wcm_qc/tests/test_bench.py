from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from odoo.addons.wcm_network.tests.test_bench import BenchCase

from .common import QualityCase, picture


@tagged("post_install", "-at_install")
class TestBenchChecks(BenchCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead = cls.make_user("lead_t", "wcm_qc.group_quality_lead")
        cls.colleague = cls.alder._create_portal_user("colleague@example.com", "Colleague")
        cls.plan = QualityCase.make_control_plan.__func__(cls)
        cls.part = cls.parts[0]

    @classmethod
    def checkpoints(cls):
        return QualityCase.checkpoints()

    def answers(self, thickness="18.1", edges="pass"):
        photo = picture().decode()
        return [{"name": "Thickness", "reading": thickness}, {"name": "Photo of the face", "photo": photo}, {"name": "Edges clean", "passed_by_hand": edges}]

    def made(self, age=0):
        return self.told("made", age=age, parts=self.part.ids, sheets="SH-A")

    def check(self, age=0, **values):
        return self.told("check", age=age, parts=self.part.ids, answers=self.answers(**values))

    def test_a_check_done_offline_is_filled_in_and_closed_once(self):
        self.run_all(self.made(age=7200))
        check = self.check(age=3600)
        for _again in range(2):
            self.assertEqual(self.states(check, user=self.colleague), ["done"])
        inspection = self.part.inspection_ids
        self.assertEqual((inspection.state, inspection.inspector_id, inspection.line_ids[0].reading), ("passed", self.colleague, "18.1"))
        self.assertTrue(inspection.line_ids[1].photo)
        now = fields.Datetime.now()
        for time in (inspection.closed_at, inspection.line_ids[0].checked_at):
            self.assertAlmostEqual(now - time, timedelta(hours=1), delta=timedelta(seconds=30))

    def test_no_check_is_dated_before_the_block_was_made(self):
        self.run_all(self.made(age=60))
        self.assertEqual(self.states(self.check(age=30 * 86400), user=self.colleague), ["done"])
        inspection = self.part.inspection_ids
        self.assertEqual((inspection.closed_at, inspection.line_ids[0].checked_at), (self.part.made_on, self.part.made_on))

    def test_made_and_failed_offline_holds_the_block(self):
        self.assertEqual(self.states(self.made(), self.check(thickness="21")), ["done", "done"])
        self.assertEqual((self.part.inspection_ids.state, self.part.is_held), ("failed", True))

    def test_the_maker_is_told_that_somebody_else_passes_a_hold_point(self):
        self.run_all(self.made())
        self.assertIn("another person passes this check", self.refused(self.check()))
        self.assertFalse(self.part.inspection_ids.line_ids[0].reading)

    def test_on_a_shared_tablet_the_people_are_told_apart_by_their_pin(self):
        people = self.env["wcm.member.person"]
        ann, ben = people.create([{"name": name, "membership_id": self.alder.id, "pin": "4711"} for name in ("Ann", "Ben")])
        by_ann, by_ben = (people.with_user(self.alder_user)._unlock(person.id, "4711")["token"] for person in (ann, ben))
        self.run_all({**self.made(), "person": by_ann})
        for person in (None, by_ann):
            self.assertIn("another person passes this check", self.refused({**self.check(), "person": person}))
        self.assertEqual(self.states({**self.check(), "person": by_ben}), ["done"])
        self.assertEqual((self.part.inspection_ids.state, self.part.event_ids[-1].person_id), ("passed", ben))

    def test_who_made_it_does_not_pass_it_with_another_login(self):
        people = self.env["wcm.member.person"]
        ann = people.create({"name": "Ann", "membership_id": self.alder.id, "pin": "4711"})
        here, there = (people.with_user(user)._unlock(ann.id, "4711")["token"] for user in (self.alder_user, self.colleague))
        self.run_all({**self.made(), "person": here})
        self.assertIn("another person passes", self.refused({**self.check(), "person": there}, user=self.colleague))

    def test_a_block_made_without_a_pin_is_passed_by_another_login(self):
        ben = self.env["wcm.member.person"].create({"name": "Ben", "membership_id": self.alder.id, "pin": "4711"})
        token = self.env["wcm.member.person"].with_user(self.alder_user)._unlock(ben.id, "4711")["token"]
        self.run_all(self.made())
        self.assertIn("another person passes", self.refused({**self.check(), "person": token}))

    def test_a_check_of_other_points_is_not_filled_in(self):
        self.run_all(self.made())
        for answers in (self.answers()[:2], [], None, [None], [{**self.answers()[0], "name": "Length"}, *self.answers()[1:]]):
            with self.subTest(answers=answers):
                self.assertRegex(self.refused(self.told("check", parts=self.part.ids, answers=answers)), "has changed since|does not understand")
        self.assertIn("too large", self.refused(self.told("check", parts=self.part.ids, answers=[*self.answers()[:1], {"name": "Photo of the face", "photo": "x" * 4_000_000}, self.answers()[2]])))

    def test_a_block_that_is_not_made_or_is_checked_is_refused_in_words(self):
        self.assertIn("is not made yet", self.refused(self.check()))
        self.run_all(self.made())
        self.run_all(self.check(), user=self.colleague)
        self.assertIn("is closed and stays as it is", self.refused(self.check(), user=self.colleague))

    def test_another_member_checks_and_reports_nothing(self):
        self.run_all(self.made())
        for told in (self.check(), self.told("report", parts=self.part.ids, reason="Crack")):
            self.assertIn("not yours", self.refused(told, user=self.birch_user))

    def test_what_is_wrong_is_reported_and_holds_the_block(self):
        self.run_all(self.made(), self.told("report", parts=self.part.ids, reason="Crack at the corner"))
        self.assertEqual(self.part.nonconformity_ids.title, "Crack at the corner")

    def test_what_has_to_be_checked_is_taken_along_before_the_block_is_made(self):
        taken = self.env["wcm.membership"].with_user(self.alder_user)._bench_snapshot()
        plan = taken["checks"][str(self.order.id)]
        self.assertEqual([point["name"] for point in plan["points"]], ["Thickness", "Photo of the face", "Edges clean"])
        self.assertEqual((plan["points"][0]["limits"], plan["hold"]), ("17.5 – 18.5 mm", True))
        self.run_all(self.made())
        part = next(part for part in self.env["wcm.membership"].with_user(self.alder_user)._bench_snapshot()["parts"] if part["id"] == self.part.id)
        self.assertEqual((part["check"]["state"], part["check"]["others"], len(part["check"]["points"])), ("open", True, 3))
