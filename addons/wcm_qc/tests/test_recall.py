from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import QualityCase


@tagged("post_install", "-at_install")
class TestRecallAndQuality(QualityCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.good = cls.make_part("R-GOOD")
        cls.bad = cls.make_part("R-BAD")
        cls.recall = cls.env["wcm.recall"].with_user(cls.coordinator).create({"reason": "Wet sheets", "membership_ids": cls.alder.ids, "date_from": "2026-04-01"})

    def release(self, user):
        recall = self.recall.with_user(user)
        recall.release_reason = "Dried and measured"
        recall.action_release()

    def test_a_recall_and_a_nonconformity_hold_beside_each_other(self):
        nonconformity = self.env["wcm.nonconformity"].sudo().create({"title": "Split", "part_ids": self.bad.ids})
        self.recall.action_hold()
        self.assertIn("Split", self.bad.hold_reason)
        self.assertTrue(self.bad.hold_reason.endswith(self.recall._hold_reason()))
        self.release(self.lead)
        self.assertEqual((self.good.is_held, self.bad.is_held), (False, True))
        self.assertNotIn("Wet sheets", self.bad.hold_reason)
        self.assertEqual(self.bad.event_ids.sorted("id")[-1].biz_step, "holding")
        nonconformity.with_user(self.lead).action_cancel("It was the paint")
        self.assertFalse(self.bad.is_held)

    def test_a_nonconformity_that_ends_lets_no_recalled_part_go(self):
        self.recall.action_hold()
        nonconformity = self.env["wcm.nonconformity"].sudo().create({"title": "Split", "part_ids": self.bad.ids})
        nonconformity.with_user(self.lead).action_cancel("It was the paint")
        self.assertEqual((self.bad.is_held, self.bad.hold_reason), (True, self.recall._hold_reason()))

    def test_recalled_parts_do_not_move_in_stock(self):
        self.put_in_stock(self.good)
        self.recall.action_hold()
        with self.assertRaisesRegex(UserError, "Wet sheets"):
            self.good.lot_id._check_may_move_to(self.stock)

    def test_only_a_quality_lead_who_made_none_of_it_releases(self):
        self.recall.action_hold()
        for user in (self.coordinator, self.manager):
            with self.subTest(user.login), self.assertRaisesRegex(AccessError, "Only a quality lead"):
                self.release(user)
        self.bad.sudo().made_by_id = self.lead
        with self.assertRaisesRegex(UserError, "You made some of these parts"):
            self.release(self.lead)
        self.release(self.second_lead)
        self.assertEqual(self.recall.state, "released")

    def test_a_quality_lead_recalls_over_all_regions(self):
        rival = self.make_part("R-RIVAL", self.rival_order, by=self.rival)
        recall = self.env["wcm.recall"].with_user(self.lead).create({"reason": "Bad glue", "date_from": "2026-04-01"})
        self.assertEqual(recall.found_count, 3)
        recall.action_hold()
        self.assertTrue(rival.is_held)
        self.assertEqual(recall.action_open_parts()["res_model"], "wcm.part")
        self.assertTrue(recall._workbook().startswith(b"PK"))
