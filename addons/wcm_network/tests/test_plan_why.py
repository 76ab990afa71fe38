from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.wcm_network.planning.why_not import Hours

from .common import NetworkCase


@tagged("post_install", "-at_install")
class TestPlanWhy(NetworkCase):
    """Alder is nearer, Birch is cheaper to make with and 400 km away in another region."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan = cls.make_plan()
        cls.plan.with_user(cls.coordinator)._solve_now()

    def asked(self, record, user):
        action = record.with_user(user).action_why_not()
        return self.env[action["res_model"]].with_user(user).browse(action["res_id"])

    def line_of(self, member):
        return self.plan.line_ids.filtered(lambda line: line.membership_id == member)[:1]

    def test_every_member_stands_beside_the_line_with_its_reason(self):
        body = self.asked(self.line_of(self.alder), self.manager).body
        self.assertIn("Alder Works", body)
        self.assertIn("Makes these", body)
        self.assertIn("Birch Joinery", body)
        self.assertRegex(body, r"transport \+")

    def test_parts_of_a_price_stay_in_their_region(self):
        body = self.asked(self.line_of(self.alder), self.coordinator).body
        self.assertIn("Has room, but a unit costs more", body)
        self.assertNotIn("making", body)
        self.assertNotIn("transport", body)

    def test_hours_stay_in_their_region(self):
        big = self.make_plan(self.make_build("Many homes", {self.block: 4000}))
        big.with_user(self.manager)._solve_now()
        [left] = big.unplaced_ids
        self.assertIn("h free", self.asked(left, self.manager).body)
        seen = self.asked(left, self.coordinator).body
        self.assertEqual((seen.count("CNC routing:"), seen.count("enough hours left in time")), (1, 2))

    def test_hours_that_are_free_in_pieces_do_not_look_as_if_they_were_enough(self):
        def text(**hours):
            return self.env["wcm.plan.why"]._hours_text(Hours(str(self.routing.id), **hours))

        self.assertIn("2.10 h free, but in pieces: at most 1.10 h in one week", text(free=2.1, most=1.1, asked=1.8))
        self.assertEqual(text(free=0.5, most=0.5, asked=1.8), "CNC routing: 0.50 h free, 1.80 h asked")

    def test_a_plan_is_explained_as_it_was_when_it_was_solved(self):
        self.birch.facility_id.status = "closed"
        self.plan.with_user(self.coordinator)._solve_now()
        self.birch.facility_id.status = "active"
        self.assertIn("Is not open at present", self.asked(self.line_of(self.alder), self.coordinator).body)

    def test_a_line_that_was_changed_since_is_not_explained_wrongly(self):
        line = self.line_of(self.alder)
        line.membership_id = self.birch
        with self.assertRaisesRegex(UserError, "changed since"):
            _body = self.asked(line, self.manager).body

    def test_a_plan_whose_question_was_not_kept_says_so(self):
        self.plan.run_ids.sudo().unlink()
        with self.assertRaisesRegex(UserError, "was not kept"):
            _body = self.asked(self.line_of(self.alder), self.manager).body

    def test_members_and_coordinators_of_other_regions_are_refused(self):
        line = self.line_of(self.alder)
        with self.assertRaises(AccessError):
            line.with_user(self.alder_user).action_why_not()
        with self.assertRaises(AccessError):
            _body = self.env["wcm.plan.why"].with_user(self.other_coordinator).create({"line_id": line.id}).body
