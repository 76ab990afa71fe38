from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import MakingCase


@tagged("post_install", "-at_install")
class TestPartTimeline(MakingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.part = cls.make_dispatched(cls.alder, cls.block_line, 2).part_ids[0]

    def timeline(self, user=None):
        return self.part.with_user(user or self.coordinator).timeline()

    def step(self, kind):
        return next(step for step in self.timeline()["steps"] if step["kind"] == kind)

    def test_steps_come_in_the_order_of_the_history(self):
        self.assertEqual([step["kind"] for step in self.timeline()["steps"]], self.part.event_ids.sorted("id").mapped("biz_step"))

    def test_a_step_says_who_where_and_from_what(self):
        made = self.step("assembling")
        self.assertEqual((made["who"], made["place"]), (self.alder_user.name, self.alder.facility_id.name))
        self.assertRegex(dict(made["details"])["Sheet lots"], r"^SH-A \([\d.]+ sheets of .+\)$")
        self.assertEqual(dict(self.step("shipping")["details"])["To"], self.site.name)

    def test_facts_say_home_maker_drawings_and_sheets(self):
        facts = dict(self.timeline()["facts"])
        self.assertEqual((facts["Made by"], facts["Sheets"], facts["Public code"]), (self.alder.name, "SH-A", self.part.code))
        self.assertIn("v1", facts["Drawings"])

    def test_a_step_that_was_changed_in_the_database_is_named(self):
        self.assertTrue(self.timeline()["intact"])
        event = self.part.event_ids.sorted("id")[1]
        self.env.cr.execute("ALTER TABLE wcm_part_event DISABLE TRIGGER wcm_part_event_append_only")
        self.env.cr.execute("UPDATE wcm_part_event SET note = 'Other' WHERE id = %s", [event.id])
        self.env.invalidate_all()
        self.assertEqual((self.timeline()["intact"], self.timeline()["broken"]), (False, event.id))

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_who_did_what_is_for_coordinators_of_the_region(self):
        for user in (self.other_coordinator, self.alder_user, self.birch_user):
            with self.assertRaises(AccessError):
                self.timeline(user)
