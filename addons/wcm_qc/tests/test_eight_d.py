from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import QualityCase


@tagged("post_install", "-at_install")
class TestEightD(QualityCase):
    def setUp(self):
        super().setUp()
        self.make_control_plan()
        self.part, self.nonconformity = self.failed_part("KNO-1")

    def report(self):
        return {code: dict(lines) for code, _title, lines in self.nonconformity.with_user(self.lead)._eight_d()}

    def html(self, user=None):
        report = self.env["ir.actions.report"].with_user(user or self.lead)
        return report._render_qweb_html("wcm_qc.eight_d", self.nonconformity.ids)[0].decode()

    def test_what_is_not_known_yet_is_said(self):
        known = self.report()
        self.assertEqual(list(known), [f"D{number}" for number in range(1, 9)])
        self.assertEqual((known["D4"], known["D5"], known["D6"], known["D7"], known["D8"]), ({}, {}, {}, {}, {}))
        self.assertEqual(known["D3"]["Parts held at once"], "KNO-1")
        self.assertEqual(self.html().count("not recorded"), 5)

    def test_every_discipline_says_what_the_system_knows(self):
        self.nonconformity.with_user(self.lead).write({"cause_category": "machine", "cause": "Loose stop"})
        self.nonconformity.with_user(self.lead).action_decide("rework", "Plane it")
        self.nonconformity.with_user(self.maker).action_rework_done("Planed")
        self.check(self.part, self.colleague)
        action = self.env["wcm.corrective.action"].with_user(self.lead).create({
            "name": "Check the stops", "nonconformity_id": self.nonconformity.id, "owner_id": self.coordinator.id, "due_on": fields.Date.today(),
        })
        action.with_user(self.coordinator).action_done("New stops")
        action.sudo().check_from = fields.Date.today()
        action.with_user(self.lead).action_effective("None since")
        self.nonconformity.with_user(self.coordinator).action_set_cost("network", 40, "Our drawing")
        known = self.report()
        self.assertEqual(known["D4"], {"Kind": "Machine", "In words": "Loose stop"})
        self.assertIn("Plane it", known["D5"]["KNO-1"])
        self.assertEqual(known["D6"]["KNO-1"], f"Planed ({self.maker.name})")
        self.assertIn("None since", known["D7"]["Check the stops"])
        self.assertIn("Our drawing", known["D8"]["Who pays"])
        self.assertNotIn("not recorded", self.html())

    def test_who_makes_it_again_is_said_to_a_coordinator_of_another_region_too(self):
        self.nonconformity.with_user(self.lead).action_decide("scrap", "Warped", replacement="other", membership_id=self.birch.id)
        order = self.nonconformity.disposition_ids.replacement_order_id
        self.assertIn(f"{order.name}, Birch Joinery", self.html(self.coordinator))

    def test_several_are_one_pdf(self):
        self.nonconformity |= self.failed_part("KNO-2")[1]
        pdf = self.env["ir.actions.report"].with_user(self.lead).with_context(force_report_rendering=True)
        self.assertTrue(pdf._render_qweb_pdf("wcm_qc.eight_d", self.nonconformity.ids)[0].startswith(b"%PDF"))

    def test_no_member_gets_it(self):
        for user in (self.maker, self.rival):
            with self.assertRaises(AccessError):
                self.html(user)
