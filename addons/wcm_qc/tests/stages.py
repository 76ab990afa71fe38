from odoo.exceptions import UserError

from odoo.addons.wcm_network.tests.common import MakingCase

from .common import QualityCase


class StageCase(MakingCase):
    """Two blocks of Alder Works, from the start of their order to the wall; each test approves the plans that it is about."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.maker = cls.alder_user
        cls.colleague = cls.alder._create_portal_user("colleague@example.com", "Colleague")
        cls.lead = cls.make_user("lead_t", "wcm_qc.group_quality_lead")
        cls.second_lead = cls.make_user("second_lead_t", "wcm_qc.group_quality_lead")
        cls.order = cls.make_order(cls.alder, cls.block_line, 2, state="accepted")
        cls.order.with_user(cls.coordinator).action_release()
        cls.supply(cls.order)
        cls.first, cls.second = cls.order.part_ids.sorted("name")

    @classmethod
    def plan(cls, stage, *checkpoints, **values):
        points = checkpoints or ({"name": f"Right at {stage}", "kind": "pass_fail", "point_type": "hold"},)
        return QualityCase.make_control_plan.__func__(cls, *points, stage=stage, name=stage, **values)

    def start(self):
        self.order.with_user(self.maker).action_start()

    def make(self, parts=None, by=None):
        (parts or self.order.part_ids).with_user(by or self.maker).action_mark_made("SH-A")

    def open_check(self, part, stage):
        return part.inspection_ids.filtered(lambda check: check.state == "open" and check.stage == stage)

    def close(self, part, stage, user=None, verdict="pass"):
        check = self.open_check(part, stage).with_user(user or self.lead)
        check.line_ids.passed_by_hand = verdict
        check.action_close()
        return check.sudo()

    def to_site(self):
        self.start()
        self.make()
        self.order.part_ids.with_user(self.maker).action_pack()
        shipment = self.order.part_ids.shipment_id
        shipment.with_user(self.maker).action_dispatch()
        return shipment

    def assert_refused(self, words, call, *args):
        with self.assertRaisesRegex(UserError, words), self.env.cr.savepoint():
            call(*args)
        self.env.invalidate_all()
