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
        sequence = self.sequence
        sequence.action_propose_again()
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

    def test_bars_show_each_machine_and_tell_orders_of_one_component_apart(self):
        self.assertIn("Big router", self.sequence.picture)
        for order in (self.blocks, self.beams):
            words = f"{order.quantity} × {order.product_id.default_code}, {order.build_id.name}"
            self.assertIn(words, self.sequence.picture)
            self.assertIn(order.name, self.sequence.line_ids.mapped("work_order_name"))

    def test_what_is_not_proved_says_how_far_it_is_from_that(self):
        words = self.sequence._in_words({"status": "stopped", "late": 2205, "late_bound": 2115})
        self.assertIn("36.8 hours late", words)
        self.assertIn("at most 1.5 hours more than the least possible", words)
        words = self.sequence._in_words({"status": "stopped", "late": 0, "late_bound": 0, "longer_at_most": 90})
        self.assertIn("at most 1.5 working hours longer than the shortest possible", words)

    def test_the_member_accepts_and_a_coordinator_does_not_replace_it(self):
        self.sequence.action_accept()
        self.assertEqual(self.sequence.state, "accepted")
        with self.assertRaisesRegex(UserError, "only the member"):
            self.sequence.with_user(self.coordinator).action_propose_again()
        self.sequence.action_propose_again()
        self.assertEqual(self.sequence.state, "proposed")

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
            self.sequence.action_propose_again()

    def test_what_was_moved_by_hand_stays_when_it_is_opened_again(self):
        self.sequence.line_ids[-1:].position = -5
        self.assertIn(-5, self.propose(self.alder_user).line_ids.mapped("position"))

    def test_what_was_moved_is_taken_back_save_by_save(self):
        def order():
            return self.sequence.line_ids.sorted("position").ids

        steps = [order()]
        for line in (self.sequence.line_ids[-1], self.sequence.line_ids[1]):
            self.sequence.write({"line_ids": [Command.update(line.id, {"position": -len(steps)})]})
            steps.append(order())
        self.assertEqual(len({tuple(step) for step in steps}), 3)
        for step in reversed(steps[:-1]):
            self.assertTrue(self.sequence.can_undo)
            self.sequence.action_undo()
            self.assertEqual(order(), step)
        self.assertFalse(self.sequence.can_undo)
        with self.assertRaisesRegex(UserError, "Nothing was moved"):
            self.sequence.action_undo()

    def test_an_arrow_moves_a_line_one_place_up_and_undo_takes_it_back(self):
        before = self.sequence.line_ids.sorted("position").ids
        self.sequence.line_ids.browse(before[2]).action_earlier()
        self.assertEqual(self.sequence.line_ids.sorted("position").ids, [before[0], before[2], before[1], before[3]])
        self.sequence.line_ids.browse(before[0]).action_earlier()
        self.sequence.action_undo()
        self.assertEqual(self.sequence.line_ids.sorted("position").ids, before)

    def test_only_the_member_moves_a_line_or_takes_it_back(self):
        for user in (self.birch_user, self.coordinator, self.other_coordinator):
            for step in (self.sequence.with_user(user).action_undo, self.sequence.line_ids[1].with_user(user).action_earlier):
                with self.assertRaises(AccessError):
                    step()

    def test_booked_maintenance_stops_its_machine(self):
        begin = min(self.sequence.sudo().line_ids.filtered("equipment_id").mapped("start"))
        request = self.env["maintenance.request"].create({
            "name": "New spindle", "equipment_id": self.router.id, "schedule_date": begin, "schedule_end": begin + timedelta(days=1),
        })
        self.sequence.action_propose_again()
        self.assertGreaterEqual(min(self.sequence.sudo().line_ids.filtered("equipment_id").mapped("start")), request.schedule_end)
        request.stage_id = self.env["maintenance.stage"].search([("done", "=", True)], limit=1)
        self.sequence.action_propose_again()
        self.assertEqual(min(self.sequence.sudo().line_ids.filtered("equipment_id").mapped("start")), begin)

    def test_hours_that_were_said_of_a_week_count_instead_of_the_share(self):
        capability = self.alder.facility_id.capability_ids.filtered(lambda row: row.process_id == self.routing)
        every = capability._windows([], self.monday)
        self.env["wcm.capability.week"].create({"capability_id": capability.id, "week_start": self.monday, "hours": 0})
        closed = capability._windows([], self.monday)
        week = 7 * 24 * 60
        self.assertEqual([window for window in every if window[0] >= week], closed)
