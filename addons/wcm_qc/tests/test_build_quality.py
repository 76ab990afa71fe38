from odoo.exceptions import AccessError
from odoo.tools import mute_logger

from .common import QualityCase


class TestBuildQuality(QualityCase):
    """Of 8 wall blocks of a home Alder has made some; each stands differently with its check."""

    def setUp(self):
        super().setUp()
        self.block_line.stage, self.beam_line.stage = "walls", "roof"
        self.make_control_plan()
        self.to_check = self.make_part("KNO-1")
        self.passed = self.make_part("KNO-2")
        self.check(self.passed, self.colleague)
        self.wrong, self.nonconformity = self.failed_part("KNO-3")
        self.conceded, other = self.failed_part("KNO-4")
        other.with_user(self.lead).action_decide("use_as_is", "Hidden")
        self.beam = self.make_part("KNO-B", self.beam_order)

    def blocks(self, user=None, **values):
        domain = [("build_id", "=", self.build.id), *((name, "=", value) for name, value in values.items())]
        return self.env["wcm.build.block"].with_user(user or self.lead).search(domain)

    def board(self, user=None):
        return self.build.with_user(user or self.lead).quality_board()

    def quality(self, part):
        return self.blocks(part_id=part.id).quality

    def test_each_block_says_how_it_stands_with_its_checks(self):
        self.assertEqual(
            [self.quality(part) for part in (self.to_check, self.passed, self.wrong, self.conceded, self.beam)],
            ["to_check", "passed", "nonconforming", "concession", "not_inspected"],
        )
        self.assertIn("not_made", self.blocks().mapped("quality"))

    def test_what_a_recall_keeps_is_held_and_says_why(self):
        recall = self.env["wcm.recall"].create({"reason": "Wet sheets", "product_ids": self.block.ids})
        recall.action_hold()
        block = self.blocks(part_id=self.passed.id)
        self.assertEqual(block.quality, "held")
        self.assertIn("Wet sheets", block.hold_reason)
        self.assertEqual(self.quality(self.to_check), "to_check")

    def test_the_board_counts_each_stage(self):
        walls = next(stage for stage in self.board()["stages"] if stage["stage"] == "walls")
        self.assertEqual({name: walls["counts"][name] for name in ("to_check", "passed", "nonconforming", "concession")}, {"to_check": 1, "passed": 1, "nonconforming": 1, "concession": 1})
        [block] = [block for line in walls["lines"] for block in line["blocks"] if block[2] == "KNO-3"]
        self.assertEqual((block[1], block[6]), ("nonconforming", ""))
        self.assertIn(self.nonconformity.name, block[7])

    def test_a_block_opens_what_keeps_it(self):
        opened = {part: self.blocks(part_id=part.id).action_open_quality() for part in (self.wrong, self.to_check, self.passed)}
        self.assertEqual((opened[self.wrong]["res_model"], opened[self.wrong]["res_id"]), ("wcm.nonconformity", self.nonconformity.id))
        self.assertEqual((opened[self.to_check]["res_model"], opened[self.to_check]["res_id"]), ("wcm.inspection", self.to_check.inspection_ids.id))
        self.assertEqual(opened[self.passed]["res_model"], "wcm.part")
        self.assertEqual(self.blocks(state="wanted")[0].action_open_quality()["res_model"], "wcm.build")

    def test_groups_come_in_the_order_in_which_a_block_is_checked(self):
        groups = self.env["wcm.build.block"].with_user(self.lead).formatted_read_group([("build_id", "=", self.build.id), ("part_id", "!=", False)], ["quality"], ["__count"])
        self.assertEqual([group["quality"] for group in groups], ["not_inspected", "to_check", "nonconforming", "passed", "concession"])

    def test_coordinators_of_the_region_and_quality_leads_see_it(self):
        self.assertEqual(self.board(self.coordinator)["stages"], self.board()["stages"])
        self.assertEqual(self.build.with_user(self.coordinator).action_quality_board()["context"], {"active_id": self.build.id})

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_nobody_else_does(self):
        block = self.blocks()[0]
        for user in (self.other_coordinator, self.maker, self.rival):
            for call in (self.build.with_user(user).quality_board, self.build.with_user(user).action_quality_board, block.with_user(user).action_open_quality):
                with self.assertRaises(AccessError):
                    call()

    def test_the_board_takes_few_queries_however_many_blocks(self):
        self.block_line.quantity = 1000
        for _warm in range(2):  # rules are asked for when a record is not in memory any more
            self.board()
            self.env.invalidate_all()
        with self.assertQueryCount(12):
            self.board()
