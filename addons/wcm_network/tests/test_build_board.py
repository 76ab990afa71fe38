from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import MakingCase


class BoardCase(MakingCase):
    """Of 8 blocks Alder has made 3 and Birch is offered 2; of 4 beams Birch has agreed to 1. Blocks are walls, beams the roof."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.block_line.stage, cls.beam_line.stage = "walls", "roof"
        cls.order = cls.make_made(cls.alder, cls.block_line, 3)
        cls.make_order(cls.birch, cls.block_line, 2, state="offered")
        cls.make_order(cls.birch, cls.beam_line, 1, state="accepted")

    def blocks(self, user=None, **values):
        domain = [("build_id", "=", self.build.id), *((name, "=", value) for name, value in values.items())]
        return self.env["wcm.build.block"].with_user(user or self.coordinator).search(domain)

    def states(self, line):
        return sorted(self.blocks(build_line_id=line.id).mapped("state"))

    def board(self, user=None):
        return self.build.with_user(user or self.coordinator).board()

    def stage(self, name):
        return next(stage for stage in self.board()["stages"] if stage["stage"] == name)


@tagged("post_install", "-at_install")
class TestBuildBoard(BoardCase):
    def test_a_home_has_a_row_for_each_block_that_it_needs(self):
        self.assertEqual(self.states(self.block_line), ["made"] * 3 + ["offered"] * 2 + ["wanted"] * 3)
        self.assertEqual(self.states(self.beam_line), ["agreed"] + ["wanted"] * 3)

    def test_each_row_has_an_id_of_its_own_that_stays(self):
        ids = self.blocks().ids
        self.assertEqual(len(set(ids)), 12)
        self.build.note = "Another day"
        self.assertEqual(self.blocks().ids, ids)

    def test_blocks_come_in_lifting_order(self):
        self.assertEqual(self.blocks().mapped("stage"), ["walls"] * 8 + ["roof"] * 4)

    def test_groups_follow_the_home_and_the_block_and_not_the_alphabet(self):
        self.env["wcm.build.line"].create([
            {"build_id": self.build.id, "product_id": self.block.id, "quantity": 1, "stage": stage, "date_required": self.block_line.date_required}
            for stage in ("floor", "other")
        ])
        self.env.flush_all()
        read = self.env["wcm.build.block"].with_user(self.coordinator).formatted_read_group
        groups = read([("build_id", "=", self.build.id)], ["stage", "state"], ["__count"])
        self.assertEqual(
            [(group["stage"], group["state"]) for group in groups],
            [("floor", "wanted"), ("walls", "wanted"), ("walls", "offered"), ("walls", "made"), ("roof", "wanted"), ("roof", "agreed"), ("other", "wanted")],
        )
        backwards = read([("build_id", "=", self.build.id)], ["stage"], ["__count"], order="stage desc")
        self.assertEqual([group["stage"] for group in backwards], ["other", "roof", "walls", "floor"])

    def test_a_row_knows_member_order_and_shipment(self):
        self.order.part_ids[0].with_user(self.alder_user).action_pack()
        packed = self.blocks(state="packed")
        self.assertEqual((packed.membership_id, packed.work_order_id, packed.shipment_id), (self.alder, self.order, self.order.part_ids[0].shipment_id))

    def test_a_scrapped_block_stands_until_another_takes_its_place(self):
        self.order.part_ids[0].sudo().state = "scrapped"
        self.assertEqual(self.states(self.block_line), ["made"] * 2 + ["offered"] * 2 + ["scrapped"] + ["wanted"] * 3)
        self.make_order(self.birch, self.block_line, 4, state="offered")
        self.assertEqual(self.states(self.block_line), ["made"] * 2 + ["offered"] * 6)

    def test_a_void_label_was_never_a_block(self):
        order = self.make_released(self.birch, self.beam_line, 2)
        order.part_ids[0]._discard("Called off")
        self.assertEqual(self.states(self.beam_line), ["agreed", "to_make"] + ["wanted"] * 2)

    def test_an_order_on_hold_holds_its_blocks_and_says_why(self):
        self.order.with_user(self.coordinator).action_hold("Wrong drawing")
        self.assertEqual(self.blocks(is_held=True).mapped("hold_reason"), ["Wrong drawing"] * 3)

    def test_the_board_counts_each_stage_against_the_promise(self):
        walls = self.stage("walls")
        self.assertEqual([walls[name] for name in ("needed", "agreed", "made", "shipped", "here")], [8, 3, 3, 0, 0])
        self.assertEqual(walls["promised"], str(self.block_line.date_required))
        self.assertEqual([stage["stage"] for stage in self.board()["stages"]], ["walls", "roof"])

    def test_a_cell_of_the_board_says_part_order_and_member(self):
        row = self.stage("walls")["lines"][0]["blocks"][0]
        part = self.order.part_ids.filtered(lambda part: part.name == row[2])
        self.assertEqual(row[1:], ["made", part.name, part.id, self.order.id, self.alder.id, ""])

    def test_a_member_of_another_region_is_named_on_the_board(self):
        self.assertIn({"id": self.birch.id, "name": self.birch.name}, self.board()["members"])

    def test_a_row_opens_the_block_or_what_there_is_of_it(self):
        for state, model in (("made", "wcm.part"), ("offered", "wcm.work.order"), ("wanted", "wcm.build")):
            self.assertEqual(self.blocks(state=state)[0].action_open()["res_model"], model)

    def test_a_home_without_components_has_an_empty_board(self):
        self.assertEqual(self.make_build("Bare", {}).with_user(self.coordinator).board()["stages"], [])

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_the_board_is_for_coordinators_of_the_region(self):
        self.assertFalse(self.blocks(self.other_coordinator))
        for user in (self.other_coordinator, self.alder_user):
            with self.assertRaises(AccessError):
                self.board(user)
        with self.assertRaises(AccessError):
            self.blocks(self.alder_user)

    def test_the_board_takes_few_queries_however_many_blocks(self):
        self.block_line.quantity = 1000
        self.board()  # rules and access are looked up once
        self.env.invalidate_all()
        with self.assertQueryCount(12):
            board = self.board()
        self.assertEqual(sum(len(line["blocks"]) for stage in board["stages"] for line in stage["lines"]), 1004)
