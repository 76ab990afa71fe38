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

    def test_a_step_is_chosen_by_its_name_and_time(self):
        event = self.part.event_ids.sorted("id")[0].with_user(self.coordinator).with_context(tz="UTC")
        self.assertRegex(event.display_name, r"^Label issued, \d+/\d+/\d+, \d+:\d\d")

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

    def cut(self, *events):
        """Deleted by whoever owns the database, with the trigger that forbids it turned off."""
        self.env.cr.execute("ALTER TABLE wcm_part_event DISABLE TRIGGER wcm_part_event_append_only")
        self.env.cr.execute("DELETE FROM wcm_part_event WHERE id = ANY(%s)", [[event.id for event in events]])
        self.env.cr.execute("ALTER TABLE wcm_part_event ENABLE TRIGGER wcm_part_event_append_only")
        self.env.invalidate_all()

    def words(self):
        return self.env["wcm.part"].browse(self.part.id)._broken_words(self.env["wcm.part"]._verify_histories())[self.part]

    def test_steps_cut_off_the_end_of_a_history_are_found(self):
        first, second, third = self.part.event_ids.sorted("id")
        self.assertTrue(self.part.history_intact)
        self.cut(third)
        self.assertFalse(self.part._verify_history())
        self.assertFalse(self.part.history_intact)
        self.assertEqual(self.env["wcm.part"]._verify_histories(), {self.part: second})
        self.assertEqual(self.words(), f"Steps of {self.part.name} are missing after “Checked”, the last one that is left: 1")
        self.assertIn("are missing after", self.part.with_user(self.coordinator).timeline()["cut"])
        self.cut(first, second)
        self.assertEqual(self.env["wcm.part"]._verify_histories(), {self.part: self.env["wcm.part.event"]})
        self.assertEqual(self.words(), f"All steps of {self.part.name} are missing: 3")
        self.assertFalse(self.part.history_intact)

    def test_a_step_put_in_the_place_of_one_that_was_cut_off_is_found(self):
        last = self.part.event_ids.sorted("id")[-1]
        self.cut(last)
        self.part._log("inspecting", note="Another story")
        self.env.invalidate_all()
        self.assertEqual(self.env["wcm.part"]._verify_histories().keys(), {self.part})

    @mute_logger("odoo.sql_db")
    def test_the_database_keeps_the_end_of_a_history_by_itself_and_refuses_others(self):
        query = "SELECT steps, event_hash FROM wcm_part_head WHERE part_id = %s"
        self.env.cr.execute(query, [self.part.id])
        self.assertEqual(self.env.cr.fetchall(), [(3, self.part.event_ids.sorted("id")[-1].event_hash)])
        for change in ("UPDATE wcm_part_head SET steps = 2 WHERE part_id = %s", "DELETE FROM wcm_part_head WHERE part_id = %s"):
            with self.subTest(change), self.assertRaises(psycopg2.Error), self.env.cr.savepoint():
                self.env.cr.execute(change, [self.part.id])
        for user in (self.alder_user, self.coordinator, self.manager):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.env["wcm.part.head"].with_user(user).search([])
