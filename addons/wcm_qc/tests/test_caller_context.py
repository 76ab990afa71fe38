from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import UserError

from .common import QualityCase


class TestCallerContext(QualityCase):
    """A caller sends any context along with a call. What the system makes of its own goes by none of it."""

    def as_caller(self, record, user, **context):
        return record.with_user(user).with_context(**context)

    def conceded(self, part):
        """As a default of a nonconformity: decided and done, by nobody."""
        line = {"part_id": part.id, "kind": "use_as_is", "state": "done", "decided_by_id": self.lead.id}
        return {"default_state": "closed", "default_disposition_ids": [(0, 0, line)]}

    def test_a_failed_check_holds_whatever_defaults_came_with_its_closing(self):
        self.make_control_plan()
        part = self.make_part("KNO-1")
        check = part.inspection_ids
        self.fill_in(check, self.maker, thickness="19")
        self.as_caller(check, self.maker, **self.conceded(part)).action_close()
        self.assertEqual((part.nonconformity_ids.state, len(part.disposition_ids), part.is_held), ("open", 0, True))
        with self.assertRaisesRegex(UserError, "cannot be packed"):
            part._check_may_move("pack")

    def test_a_report_holds_whatever_defaults_came_with_it(self):
        part = self.make_part("KNO-1")
        for user in (self.maker, self.coordinator, self.lead):
            found = self.as_caller(part, user, **self.conceded(part)).action_report("Corner off").sudo()
            self.assertEqual((found.state, len(found.disposition_ids), found.opened_by_id), ("open", 0, user))

    def test_what_is_written_by_hand_takes_no_state_from_the_context(self):
        part = self.make_part("KNO-1")
        found = self.as_caller(self.env["wcm.nonconformity"], self.coordinator, **self.conceded(part)).create({"title": "Corner off", "part_ids": part.ids})
        self.assertEqual((found.state, len(found.disposition_ids), found.holder_ids), ("open", 0, self.coordinator))

    def test_a_check_opens_empty(self):
        self.make_control_plan()
        part = self.new_part("KNO-1").with_context(default_passed_by_hand="pass", default_reading="18", default_state="passed", default_checked_by_id=self.lead.id)
        part.write({"state": "made", "made_by_id": self.maker.id})
        self.assertEqual(set(part.inspection_ids.line_ids.mapped("verdict")), {"none"})
        self.assertEqual((part.inspection_ids.state, part.inspection_ids.line_ids.checked_by_id), ("open", self.env["res.users"]))

    def test_a_sample_begins_open(self):
        self.make_control_plan(sampling="nth", sampling_every=1000)
        parts = self.new_part("KNO-1") | self.new_part("KNO-2")
        context = {"default_state": "accepted", "default_resumed_by_id": self.lead.id, "default_decided_on": "2026-01-01 00:00:00"}
        parts.with_context(**context).write({"state": "made", "made_by_id": self.maker.id})
        self.assertEqual((self.order.sample_ids.state, self.order.sample_ids.resumed_by_id, self.order.sample_ids.decided_on), ("open", self.env["res.users"], False))

    def test_what_holds_parts_is_not_deleted_as_if_we_were_uninstalled(self):
        part = self.make_part("KNO-1")
        recall = self.env["wcm.recall"].with_user(self.manager).create({"reason": "Wet sheets", "product_ids": self.block.ids})
        recall.action_hold()
        self.assertTrue(part.is_held)
        with self.assertRaisesRegex(UserError, "is kept"):
            self.as_caller(recall, self.manager, _force_unlink=True).unlink()
        self.assertTrue(recall.exists())

    def test_an_approved_plan_keeps_its_checkpoints(self):
        plan = self.make_control_plan()
        for record in (plan.checkpoint_ids[0], plan):
            with self.assertRaisesRegex(UserError, "does not change any more"):
                self.as_caller(record, self.lead, _force_unlink=True).unlink()
        with self.assertRaisesRegex(UserError, "does not change any more"):
            self.as_caller(plan, self.lead, _force_unlink=True).write({"checkpoint_ids": [(2, plan.checkpoint_ids[0].id)]})

    def test_a_concession_ends_at_the_same_hour_for_everybody(self):
        self.make_control_plan()
        part, found = self.failed_part("KNO-1")
        with freeze_time("2026-11-02 12:00:00"):
            found.with_user(self.lead).action_decide("use_as_is", "Not seen", until="2026-11-02")
        after = datetime(2026, 11, 3, 0, 30)
        for zone in ("Pacific/Pago_Pago", "UTC", "Pacific/Kiritimati"):
            with freeze_time(after), self.assertRaisesRegex(UserError, "does not hold any more"):
                part.with_context(tz=zone)._check_may_move("pack")
            with freeze_time(after - timedelta(hours=1)):
                part.with_context(tz=zone)._check_may_move("pack")
