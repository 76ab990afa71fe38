from odoo import SUPERUSER_ID, Command, api
from odoo.exceptions import UserError
from odoo.service.model import retrying
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.wcm_network.tests.test_work_order_concurrency import ConcurrencyCase


@tagged("post_install", "-at_install")
class TestControlPlanConcurrency(ConcurrencyCase):
    """Two leads wrote a plan for the same component, and approve them at the same moment."""

    @classmethod
    def _make_records(cls, env):
        maker = cls._maker(env)
        look = Command.create({"name": "Look", "kind": "pass_fail"})
        plans = env["wcm.control.plan"].create([{"name": name, "product_ids": maker.block.ids, "checkpoint_ids": [look]} for name in ("One", "Other")])
        cls.plan_ids = plans.ids

    def approve(self, plan_id, before=None):
        with self.registry.cursor() as cr:
            plan = api.Environment(cr, SUPERUSER_ID, {})["wcm.control.plan"].browse(plan_id)
            plan.mapped("state")  # the transaction begins here
            if before:
                before()
            try:
                retrying(plan.action_approve, plan.env)
            except UserError as error:
                cr.rollback()
                return str(error)
        return "approved"

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_the_second_is_told_of_the_first(self):
        one, other = self.plan_ids
        answer = self.approve(one, before=lambda: self.assertEqual(self.approve(other), "approved"))
        self.assertIn("Other, version 1 is already approved for the same components", answer)
