from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import NetworkCase


@tagged("post_install", "-at_install")
class TestProbationLimits(NetworkCase):
    """What is offered by hand goes by the same limits as plans."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alder.state = "probation"
        cls.parameters = cls.env["ir.config_parameter"]

    def offer(self, quantity, **values):
        order = self.make_order(self.alder, self.block_line, quantity, **values).with_user(self.coordinator)
        order.action_offer()
        return order

    def test_without_limits_nothing_is_refused(self):
        self.assertEqual(self.offer(8).state, "offered")

    def test_more_than_its_share_of_a_component_of_a_home_is_not_offered(self):
        self.parameters.set_param("wcm_network.probation_share", "0.25")
        self.assertEqual(self.offer(2).state, "offered")
        with self.assertRaisesRegex(UserError, "at most 2 of the 8 W-T-1 of Test home, and with this it would have 3"):
            self.offer(1)
        self.alder.state = "active"
        self.assertEqual(self.offer(1).state, "offered")

    def test_it_cannot_ask_for_more_itself(self):
        self.parameters.set_param("wcm_network.probation_share", "0.25")
        order = self.offer(2)
        order.with_user(self.alder_user).action_counter(quantity=5, reason="We have time")
        with self.assertRaises(UserError):
            order.action_accept_counter()
        self.assertEqual(order.state, "countered")

    def test_more_hours_in_a_week_are_not_offered(self):
        self.parameters.set_param("wcm_network.probation_hours_per_week", "3")
        week = {"date_start": self.monday, "date_due": self.monday + timedelta(days=4)}
        self.assertEqual(self.offer(2, **week).state, "offered")
        with self.assertRaisesRegex(UserError, "at most 3 hours of .* a week, and in the week of"):
            self.offer(4, **week)
        later = {name: day + timedelta(weeks=3) for name, day in week.items()}
        self.assertEqual(self.offer(2, **later).state, "offered")

    def test_one_block_may_always_be_offered(self):
        self.parameters.set_param("wcm_network.probation_share", "0.01")
        self.assertEqual(self.offer(1).state, "offered")

    def test_a_figure_that_is_none_is_no_limit(self):
        self.parameters.set_param("wcm_network.probation_share", "a quarter")
        self.assertEqual(self.offer(8).state, "offered")

    def test_a_manager_reads_and_sets_the_figures_on_one_page(self):
        rules = self.env["wcm.membership.rules"].with_user(self.manager)
        rules.create({"probation_hours": 12, "probation_share": 25, "leaving_data_days": 30}).action_save()
        members = self.env["wcm.membership"]
        self.assertEqual((members._probation_hours(), members._probation_share(), self.env["wcm.membership.archive"]._keep_days()), (12, 0.25, 30))
        again = rules.create({})
        self.assertEqual((again.probation_hours, again.probation_share, again.leaving_data_days), (12, 25, 30))
        for wrong in ({"probation_hours": -1}, {"probation_hours": 200}, {"probation_share": 101}, {"leaving_data_days": 0}):
            with self.assertRaises(UserError):
                rules.create(wrong).action_save()
        with self.assertRaises(AccessError):
            rules.with_user(self.coordinator).create({})
