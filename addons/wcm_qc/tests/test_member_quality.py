from odoo.addons.wcm_qc.tests.common import QualityCase


class TestMemberQuality(QualityCase):
    """What a member reads of its own quality, and never of another's."""

    def setUp(self):
        super().setUp()
        self.make_control_plan()
        self.check(self.make_part("KNO-1"), self.colleague)
        self.wrong, self.nonconformity = self.failed_part("KNO-2")
        self.make_part("KNO-3")

    def page(self, user):
        return self.env["wcm.membership"].with_user(user).workshop_quality()

    def figures(self, user):
        [member] = self.page(user)["members"]
        return member

    def cards(self, user):
        return {card["key"]: card["count"] for card in self.page(user)["cards"] if card["count"]}

    def test_first_pass_yield_counts_the_members_own_blocks_month_by_month(self):
        figures = self.figures(self.maker)
        self.assertEqual((figures["parts"], figures["right"], figures["yield"]), (2, 1, 0.5))
        self.assertEqual([row["parts"] for row in figures["trend"]], [0, 0, 0, 0, 0, 2])
        self.assertIsNone(figures["trend"][0]["yield"])

    def test_a_block_that_was_right_only_after_rework_is_not_right_first_time(self):
        self.nonconformity.with_user(self.lead).action_decide("rework", "Plane it")
        self.nonconformity.with_user(self.maker).action_rework_done("Planed")
        self.check(self.wrong, self.colleague)
        self.assertEqual(self.wrong.quality_state, "passed")
        self.assertEqual(self.figures(self.maker)["right"], 1)

    def test_it_says_what_is_open_and_what_is_to_do(self):
        self.assertEqual({row["label"]: row["count"] for row in self.figures(self.maker)["open"]}, {"Blocks on hold": 2, "Nonconformities not closed": 1, "Checks to do": 1})
        self.assertEqual(self.cards(self.maker), {"checks": 1})
        self.nonconformity.with_user(self.lead).action_decide("rework", "Plane it")
        self.assertEqual(self.cards(self.maker), {"checks": 1, "rework": 1})

    def test_a_cost_is_asked_of_owners_and_supervisors_and_not_of_makers(self):
        self.nonconformity.with_user(self.lead).action_set_cost("member", 120, "Old drawing")
        self.assertEqual(self.cards(self.maker)["cost"], 1)
        self.colleague.group_ids -= self.env.ref("wcm_network.group_member_owner") | self.env.ref("wcm_network.group_member_office")
        self.assertNotIn("cost", self.cards(self.colleague))
        self.nonconformity.with_user(self.maker).action_agree_cost()
        self.assertNotIn("cost", self.cards(self.maker))

    def test_another_member_reads_nothing_of_it(self):
        rival = self.figures(self.rival)
        self.assertEqual(rival["id"], self.birch.id)
        self.assertEqual((rival["parts"], [row["count"] for row in rival["open"]], self.cards(self.rival)), (0, [0, 0, 0], {}))

    def test_who_is_no_member_reads_nothing_whatever_the_role(self):
        for user in (self.lead, self.coordinator, self.manager):
            self.assertEqual(self.page(user), {"members": [], "cards": []})
