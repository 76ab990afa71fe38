from contextlib import contextmanager

from odoo import Command
from odoo.exceptions import AccessError, UserError

from .common import QualityCase


class TestTwoCompanies(QualityCase):
    """A hold is a hold in every company: whoever works for another one moves, scraps and adjusts no held block."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_control_plan()
        cls.other = cls.env["res.company"].create({"name": "Other network"})
        groups = "stock.group_stock_manager,mrp.group_mrp_manager,wcm_network.group_coordinator"
        cls.stranger = cls.make_user("stranger_t", groups, company_id=cls.other.id, company_ids=[Command.set(cls.other.ids)])
        cls.both = cls.make_user("both_t", groups, company_id=cls.other.id, company_ids=[Command.set((cls.other | cls.company).ids)])
        cls.shared, cls.elsewhere = cls.env["stock.location"].create([{"name": name, "usage": "internal", "company_id": False} for name in ("Yard of both", "Shed of both")])

    def setUp(self):
        super().setUp()
        self.part = self.make_part("KNO-1")
        self.assertTrue(self.part.is_held)

    def move_values(self, source, destination, company):
        line = {
            "product_id": self.block.id, "lot_id": self.part.lot_id.id, "quantity": 1, "picked": True,
            "location_id": source.id, "location_dest_id": destination.id, "company_id": company.id,
        }
        return {
            "product_id": self.block.id, "product_uom_qty": 1, "location_id": source.id, "location_dest_id": destination.id, "picked": True,
            "company_id": company.id, "move_line_ids": [Command.create(line)],
        }

    @contextmanager
    def refused(self):
        """By the hold, or since it is not theirs to see."""
        with self.env.cr.savepoint() as savepoint:
            try:
                yield
            except (UserError, AccessError):
                savepoint.rollback()
            else:
                self.fail("Nobody refused.")
        self.env.invalidate_all()

    def callers(self):
        yield self.stranger, self.other
        yield self.both, self.other
        yield self.both, self.company

    def test_nobody_of_another_company_moves_a_held_block(self):
        quant = self.put_in_stock(self.part, self.shared)
        for user, company in self.callers():
            moves = self.env["stock.move"].with_user(user).with_company(company)
            with self.refused():
                moves.create(self.move_values(self.shared, self.elsewhere, company))._action_done()
            self.env.invalidate_all()
            self.assertEqual((quant.quantity, quant.location_id), (1, self.shared))

    def test_nobody_of_another_company_scraps_or_adjusts_a_held_block(self):
        quant = self.put_in_stock(self.part, self.shared)
        for user, company in self.callers():
            env = self.env(user=user, context={"allowed_company_ids": company.ids})
            with self.refused():
                env["stock.scrap"].create({
                    "product_id": self.block.id, "lot_id": self.part.lot_id.id, "scrap_qty": 1, "location_id": self.shared.id, "company_id": company.id,
                }).action_validate()
            with self.refused():
                counted = env["stock.quant"].browse(quant.id).with_context(inventory_mode=True)
                counted.inventory_quantity = 0
                counted.action_apply_inventory()
            self.env.invalidate_all()
            self.assertEqual(quant.quantity, 1)

    def test_a_lot_of_no_company_is_held_for_all(self):
        self.part.lot_id.company_id = False
        quant = self.put_in_stock(self.part, self.shared)
        for user, company in self.callers():
            env = self.env(user=user, context={"allowed_company_ids": company.ids})
            with self.assertRaisesRegex(UserError, "KNO-1.*quality lead"), self.env.cr.savepoint():
                env["stock.lot"].browse(self.part.lot_id.id)._check_may_move_to(self.shared)
            move = env["stock.move"].create({
                "product_id": self.block.id, "product_uom_qty": 1, "location_id": self.shared.id, "location_dest_id": self.elsewhere.id,
                "company_id": company.id,
            })
            move._action_confirm()
            move._action_assign()
            self.assertEqual(move.quantity, 0, "It is not offered either.")
        self.assertEqual(quant.quantity, 1)

    def test_no_step_of_a_part_is_taken_from_another_company(self):
        for user, company in self.callers():
            part = self.part.with_user(user).with_company(company)
            for step in ("pack", "dispatch", "receive", "install"):
                with self.refused():
                    part._check_may_move(step)
