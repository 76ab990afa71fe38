from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import NetworkCase


@tagged("post_install", "-at_install")
class TestWorkSequence(NetworkCase):
    """The order of work of a week: proposed, moved by the member, accepted; nobody else's business."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.blocks = cls.make_order(cls.alder, cls.block_line, 5, state="accepted")
        cls.beams = cls.make_order(cls.alder, cls.beam_line, 3, state="accepted", date_due=cls.monday + timedelta(days=2))
        cls.router = cls.env["maintenance.equipment"].create(
            {"name": "Big router", "facility_id": cls.alder.facility_id.id, "process_id": cls.routing.id}
        )
        cls.sequence = cls.propose(cls.alder_user)

    @classmethod
    def propose(cls, user):
        action = cls.blocks.with_user(user).action_propose_sequence()
        return cls.env["wcm.work.sequence"].with_user(user).browse(action["res_id"])

    def test_a_proposal_places_every_operation_on_the_members_machines(self):
        lines = self.sequence.sudo().line_ids
        self.assertEqual(set(lines.work_order_id), {self.blocks, self.beams})
        self.assertEqual(len(lines), 4)
        self.assertEqual(lines.equipment_id, self.router)
        self.assertEqual(set(lines.mapped("machine")), {"Big router", self.assembly.name})
        self.assertTrue(all(line.start < line.end for line in lines))
        self.assertGreaterEqual(min(lines.mapped("start")).date(), self.monday)

    def test_its_week_is_written_as_the_reader_writes_days(self):
        self.env["res.lang"]._activate_lang("en_GB")
        self.assertIn(self.monday.strftime("%d/%m/%Y"), self.sequence.with_context(lang="en_GB").display_name)

    def test_nothing_is_late_that_need_not_be(self):
        self.assertEqual(self.sequence.late_count, 0)
        self.assertIn("Proved", self.sequence.proof)

    def test_the_member_moves_a_line_and_sees_at_once_what_becomes_late(self):
        self.beams.sudo().date_due = self.monday
        sequence = self.propose(self.alder_user)
        late = sequence.late_count
        block = sequence.line_ids.filtered(lambda line: line.work_order_id == self.blocks)[:1]
        before = block.start
        with Form(sequence, view="wcm_network.workshop_work_sequence_form") as form:
            position = next(at for at, line in enumerate(form.line_ids._records) if line["id"] == block.id)
            with form.line_ids.edit(position) as line:
                line.position = -1
            self.assertGreaterEqual(form.late_count, late)
        self.assertLess(block.start, before)

    def test_what_is_moved_before_the_operation_that_it_needs_still_waits_for_it(self):
        cut, put_together = self.sequence.line_ids.filtered(lambda line: line.work_order_id == self.blocks)
        put_together.position = -5
        self.assertGreaterEqual(put_together.start, cut.end)

    def test_bars_show_each_machine_and_the_number_of_the_order(self):
        self.assertIn("Big router", self.sequence.picture)
        for order in (self.blocks, self.beams):
            self.assertIn(f"{order.product_id.default_code}, {order.name}", self.sequence.picture)
            self.assertIn(order.name, self.sequence.line_ids.mapped("work_order_name"))

    def test_what_is_not_proved_says_how_far_it_is_from_that(self):
        words = self.sequence._in_words({"status": "stopped", "late": 2205, "late_bound": 90, "gap": 0.96})
        self.assertIn("36.8 hours late", words)
        self.assertIn("cannot be less than 1.5", words)

    def test_the_member_accepts_and_a_coordinator_does_not_replace_it(self):
        self.sequence.action_accept()
        self.assertEqual(self.sequence.state, "accepted")
        with self.assertRaisesRegex(UserError, "only the member"):
            self.propose(self.coordinator)

    def test_the_regions_coordinator_reads_and_changes_nothing(self):
        seen = self.sequence.with_user(self.coordinator)
        self.assertTrue(seen.line_ids[:1].machine)
        for change in (seen.action_accept, lambda: seen.line_ids[:1].write({"position": 9})):
            with self.assertRaises(AccessError):
                change()

    def test_others_get_nothing(self):
        for user in (self.birch_user, self.other_coordinator):
            self.assertFalse(self.env["wcm.work.sequence"].with_user(user).search([]))
            self.assertFalse(self.env["wcm.work.sequence.line"].with_user(user).search([]))
            with self.assertRaises(AccessError):
                self.sequence.with_user(user).action_accept()

    def test_a_coordinator_of_the_home_alone_does_not_look_into_the_factory(self):
        order = self.make_order(self.birch, self.block_line, 1, state="accepted")
        with self.assertRaises(AccessError):
            order.with_user(self.coordinator).action_propose_sequence()

    def test_a_member_writes_no_more_than_the_place(self):
        line = self.sequence.line_ids[:1]
        for values in ({"machine": "x"}, {"work_order_id": self.beams.id}, {"sequence_id": self.sequence.id}):
            with self.assertRaises(AccessError):
                line.write(values)
        for values in ({"state": "accepted"}, {"question": {}}, {"line_ids": [Command.delete(line.id)]}):
            with self.assertRaises(AccessError):
                self.sequence.write(values)

    def test_without_orders_it_says_so(self):
        self.env["wcm.process.requirement"].search([("bom_id", "in", (self.block_bom + self.beam_bom).ids)]).unlink()
        with self.assertRaisesRegex(UserError, "nothing to put in order"):
            self.propose(self.alder_user)
