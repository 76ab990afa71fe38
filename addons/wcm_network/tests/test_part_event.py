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

    def tamper(self, event):
        self.env.cr.execute("ALTER TABLE wcm_part_event DISABLE TRIGGER wcm_part_event_append_only")
        self.env.cr.execute("UPDATE wcm_part_event SET place = 'Elsewhere' WHERE id = %s", [event.id])
        self.env.cr.execute("ALTER TABLE wcm_part_event ENABLE TRIGGER wcm_part_event_append_only")
        self.env.invalidate_all()

    def test_all_histories_are_verified_and_managers_told_once(self):
        self.assertFalse(self.env["wcm.part"]._verify_histories())
        event = self.part.event_ids.sorted("id")[1]
        self.tamper(event)
        for _night in range(2):
            self.assertEqual(self.env["wcm.part"]._verify_histories(), {self.part: event})
        self.assertTrue(self.part.broken_on)
        messages = self.env["mail.message"].search([("model", "=", "wcm.part"), ("res_id", "=", self.part.id), ("subject", "like", "was changed")])
        self.assertEqual(len(messages), 1)
        self.assertIn(self.manager.partner_id, messages.partner_ids)
        self.assertIn("Checked", messages.body)

    def test_what_many_parts_are_told_at_once_verifies_like_any_step(self):
        parts = self.part | self.make_released(self.alder, self.block_line, 3).part_ids
        self.env["wcm.part.event"]._append_many(parts.ids, "holding", "Ünïcode “x”", {"recall": "RC/1", "b": [1.5, "ü"]})
        self.env.invalidate_all()
        for part in parts:
            self.assertEqual((part.event_ids.sorted("id")[-1].place, part.history_intact), ("Alder Works", True))
        self.assertFalse(self.env["wcm.part"]._verify_histories())

    def test_verification_takes_the_same_few_queries_for_more_parts(self):
        self.make_released(self.alder, self.block_line, 6)
        self.env.flush_all()
        with self.assertQueryCount(3):
            list(self.env["wcm.part.event"]._broken())
