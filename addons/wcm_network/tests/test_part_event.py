import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import MakingCase


@tagged("post_install", "-at_install")
class TestPartEvent(MakingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.part = cls.make_released(cls.alder, cls.block_line, 1).part_ids
        cls.part._log("inspecting", note="Looks good", data={"b": 1, "a": [1.5, "ü"]})
        cls.part._log("holding", is_public=False)

    def test_every_event_carries_the_hash_of_the_one_before(self):
        events = self.part.event_ids.sorted("id")
        self.assertEqual(events.mapped("previous_hash"), [False, *events[:-1].mapped("event_hash")])
        self.assertTrue(all(len(event.event_hash) == 64 for event in events))
        self.env.invalidate_all()
        self.assertTrue(self.part.history_intact)

    def test_history_is_neither_written_nor_deleted_not_even_by_the_system(self):
        event = self.part.event_ids[0]
        for model in (event, event.sudo()):
            with self.assertRaisesRegex(UserError, "never changed"):
                model.write({"note": "x"})
            with self.assertRaisesRegex(UserError, "never deleted"):
                model.unlink()

    @mute_logger("odoo.sql_db")
    def test_the_database_itself_refuses_to_change_history(self):
        for query in ("UPDATE wcm_part_event SET note = 'x' WHERE id = %s", "DELETE FROM wcm_part_event WHERE id = %s"):
            with self.subTest(query), self.assertRaises(psycopg2.Error), self.env.cr.savepoint():
                self.env.cr.execute(query, [self.part.event_ids[0].id])

    def test_a_change_behind_the_back_of_the_software_shows(self):
        event = self.part.event_ids.sorted("id")[1]
        self.env.cr.execute("ALTER TABLE wcm_part_event DISABLE TRIGGER wcm_part_event_append_only")
        self.env.cr.execute("UPDATE wcm_part_event SET note = 'Looks bad' WHERE id = %s", [event.id])
        self.env.invalidate_all()
        self.assertEqual(self.part._verify_history(), event)
        self.assertFalse(self.part.history_intact)

    def test_nobody_writes_history_by_hand(self):
        values = {"part_id": self.part.id, "biz_step": "installing", "event_hash": "0" * 64}
        for user in (self.alder_user, self.coordinator, self.manager):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.env["wcm.part.event"].with_user(user).create(values)

    def test_a_part_is_found_by_serial_number_code_or_address(self):
        Part = self.env["wcm.part"]
        for text in (self.part.name, f" {self.part.name.lower()} ", self.part.code, self.part.public_url, self.part.public_url + "/?x=1"):
            with self.subTest(text):
                self.assertEqual(Part._find_by_code(text), self.part)

    def test_a_code_that_is_no_part_is_named(self):
        for text in ("5000112637922", "", None, "%", "https://example.com/part/"):
            with self.subTest(text), self.assertRaisesRegex(UserError, "is no part of the network"):
                self.env["wcm.part"]._find_by_code(text)
