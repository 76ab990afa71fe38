import base64
from datetime import timedelta

from psycopg2 import IntegrityError
from psycopg2.errors import RaiseException

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import mute_logger

from .instruments import InstrumentCase

PDF = base64.b64encode(b"%PDF-1.4\n%%EOF\n").decode()


class TestInstrument(InstrumentCase):
    def test_its_state_follows_from_its_calibrations_and_the_day(self):
        for state, one in self.in_every_state().items():
            with self.subTest(state=state):
                self.assertEqual(one.state, state)
                self.assertIn(one, one.search([("state", "=", state)]))
                self.assertNotIn(one, one.search([("state", "in", ["usable", "due", "overdue", "failed", "never"]), ("state", "!=", state)]))

    def test_a_calibration_is_shown_and_dated(self):
        day = fields.Date.today()
        for values in ({"number": False}, {"date": day + timedelta(days=1)}, {"due_on": day + timedelta(days=800)}):
            with self.subTest(values=values), self.assertRaises(ValidationError), self.env.cr.savepoint():
                self.env["wcm.calibration"].create({"instrument_id": self.caliper.id, "laboratory": "x", "number": "y", **values})

    def test_without_a_day_it_is_due_as_late_as_its_kind_lets_it(self):
        made = self.env["wcm.calibration"].create({"instrument_id": self.caliper.id, "date": "2026-01-31", "laboratory": "x", "number": "y"})
        self.assertEqual(made.due_on, fields.Date.to_date("2027-01-31"))

    def test_a_calibration_is_never_changed_but_corrected_once_with_a_reason(self):
        wrong = self.calibrate(self.caliper)
        for user in (self.lead, self.maker, self.coordinator):
            for call in (lambda user=user: wrong.with_user(user).write({"result": "failed"}), wrong.with_user(user).unlink):
                with self.assertRaises(UserError):
                    call()
        with self.assertRaisesRegex(RaiseException, "kept as it was"), self.env.cr.savepoint():
            self.env.cr.execute("UPDATE wcm_calibration SET due_on = due_on + 100 WHERE id = %s", (wrong.id,))
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.calibrate(self.caliper, corrects_id=wrong.id)
        self.calibrate(self.caliper, result="failed", as_found="out", corrects_id=wrong.id, reason="The wrong line was ticked")
        self.assertEqual((wrong.counts, self.caliper.state), (False, "failed"))
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.calibrate(self.caliper, corrects_id=wrong.id, reason="Again")

    def test_what_was_calibrated_stays_what_it_is(self):
        for values in ({"kind_id": self.tape_kind.id}, {"serial": "other"}, {"range_max": 900}, {"membership_id": False}):
            with self.subTest(values=values), self.assertRaisesRegex(UserError, "add it as it is now"):
                self.caliper.with_user(self.lead).write(values)
        self.caliper.with_user(self.maker).write({"name": "Short caliper"})
        with self.assertRaises(UserError):
            self.caliper.with_user(self.lead).unlink()

    def test_it_is_lent_and_returned_and_every_loan_is_kept(self):
        self.caliper.with_user(self.maker).action_lend(self.birch.code.lower(), fields.Date.to_string(fields.Date.today()))
        self.assertEqual((self.caliper.keeper_id, self.caliper.is_borrowed, self.caliper.back_on), (self.birch, True, fields.Date.today()))
        with self.assertRaisesRegex(UserError, "lent already"):
            self.caliper.with_user(self.maker).action_lend(self.birch.code)
        self.caliper.with_user(self.rival).action_return()
        loan = self.caliper.loan_ids
        self.assertEqual((loan.lent_by_id, loan.returned_by_id, loan.borrower_id, self.caliper.keeper_id), (self.maker, self.rival, self.birch, self.alder))

    def test_who_had_it_at_a_time_is_known_afterwards(self):
        self.caliper._lend(self.birch, None)
        self.caliper.loan_ids.lent_on = fields.Datetime.now() - timedelta(days=10)
        self.caliper._take_back()
        self.caliper.loan_ids.returned_on = fields.Datetime.now() - timedelta(days=5)
        now = fields.Datetime.now()
        self.assertEqual([self.caliper._keeper_at(now - timedelta(days=days)) for days in (20, 7, 1)], [self.alder, self.birch, self.alder])

    def test_a_borrower_is_found_by_its_code_or_whole_name_and_not_by_a_part_of_it(self):
        for told in ("%", "_" * len(self.birch.code), self.birch.name[:4], "", None, 7, self.alder.code):
            with self.subTest(told=told), self.assertRaises(UserError):
                self.caliper.with_user(self.maker).action_lend(told)

    def test_the_workshop_tells_a_calibration_with_its_certificate(self):
        told = {"date": "2026-05-01", "due_on": "", "result": "good", "as_found": "in", "note": "", "laboratory": "Lab", "number": ""}
        self.caliper.with_user(self.maker).action_calibrate(certificate={"name": "cert.pdf", "data": PDF}, **told)
        kept = self.caliper.calibration_ids.filtered(lambda one: one.laboratory == "Lab")
        self.assertEqual((kept.certificate.decode(), kept.certificate_name, kept.create_uid), (PDF, "cert.pdf", self.maker))
        page = base64.b64encode(b"<html><script>1</script></html>").decode()
        for certificate in ({"name": "x", "data": page}, {"name": "x"}, "x"):
            with self.assertRaisesRegex(UserError, "PDF or a photo"):
                self.caliper.with_user(self.maker).action_calibrate(certificate=certificate, **told)
        for bad in ({"counts": False}, {"date": "tomorrow"}, {"laboratory": {"a": 1}}):
            with self.subTest(bad=bad), self.assertRaises(UserError):
                self.caliper.with_user(self.maker).action_calibrate(**{**told, **bad})

    def test_two_members_may_use_the_same_code(self):
        self.make_instrument("Other", self.birch, code=self.caliper.code)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.make_instrument("Same", code=self.caliper.code)


    def test_the_office_finds_what_is_to_be_calibrated_on_its_page(self):
        self.in_every_state()
        cards = {user: {card["key"]: card["count"] for card in self.env["wcm.membership"].with_user(user).workshop_summary()["cards"]} for user in (self.maker, self.colleague)}
        self.assertEqual((cards[self.maker]["instruments"], "instruments" in cards[self.colleague]), (4, False))


class TestInstrumentAccess(InstrumentCase):
    def test_nobody_but_its_owner_and_its_borrower_knows_of_it(self):
        self.assertFalse(self.env["wcm.instrument"].with_user(self.rival).search([]))
        self.assertFalse(self.env["wcm.calibration"].with_user(self.rival).search([]))
        self.caliper._lend(self.birch, None)
        mine = self.caliper.with_user(self.rival)
        self.assertEqual(mine.search([]), self.caliper)
        self.assertTrue(mine.calibration_ids.read(["number", "due_on"]))
        self.caliper._take_back()
        with self.assertRaises(AccessError):
            mine.read(["name"])
        self.assertNotIn(self.caliper, self.env["wcm.instrument"].with_user(self.other_coordinator).search([]))

    def test_a_borrower_sees_its_own_loan_and_no_other(self):
        third = self.make_third()
        self.caliper._lend(third, None)
        self.caliper._take_back()
        self.caliper._lend(self.birch, None)
        loans = self.env["wcm.instrument.loan"]
        self.assertEqual(loans.with_user(self.rival).search([]).borrower_id, self.birch)
        self.assertEqual(len(loans.with_user(self.maker).search([])), 2)

    def make_third(self):
        return self.make_member("Third", self.bristol, "sme", {"latitude": 51.4, "longitude": -2.6})

    def test_a_borrower_changes_lends_and_calibrates_nothing(self):
        self.caliper._lend(self.birch, None)
        mine = self.caliper.with_user(self.rival)
        told = {"instrument_id": self.caliper.id, "laboratory": "x", "number": "y"}
        for call in (
            lambda: mine.write({"name": "Mine"}), lambda: mine.action_lend(self.alder.code), lambda: mine.action_calibrate(laboratory="x", number="y"),
            mine.action_open_lend, mine.action_open_calibrate, lambda: self.env["wcm.calibration"].with_user(self.rival).create(told),
        ):
            with self.assertRaises(AccessError):
                call()

    def test_a_maker_uses_instruments_and_does_not_keep_them(self):
        self.assertEqual(self.caliper.with_user(self.colleague).name, "Caliper 1")
        told = {"instrument_id": self.caliper.id, "laboratory": "x", "number": "y"}
        mine = self.caliper.with_user(self.colleague)
        for call in (
            lambda: mine.write({"name": "Mine"}), lambda: mine.action_lend(self.birch.code), lambda: mine.action_calibrate(laboratory="x", number="y"),
            lambda: self.env["wcm.calibration"].with_user(self.colleague).create(told), lambda: mine.copy(),
        ):
            with self.assertRaises(AccessError):
                call()

    def test_a_member_adds_instruments_of_its_own_only(self):
        told = {"name": "Tape", "kind": str(self.tape_kind.id), "serial": "T1", "range_max": 5, "unit": "m", "code": ""}
        self.alder.with_user(self.maker).action_add_instrument(**told)
        mine = self.env["wcm.instrument"].search([("serial", "=", "T1")])
        self.assertEqual((mine.membership_id, mine.keeper_id, mine.unit, mine.create_uid), (self.alder, self.alder, "m", self.maker))
        self.assertTrue(mine.code)
        for user in (self.rival, self.colleague):
            with self.assertRaises(AccessError):
                self.alder.with_user(user).action_add_instrument(**told)
        for values in ({"membership_id": self.birch.id}, {"kind_id": self.kind.id}):
            with self.assertRaises(UserError):
                mine.with_user(self.maker).write(values)
        for bad in ({"name": " "}, {"kind": "99999999"}, {"kind": None}, {"serial": {}}, {"range_max": "x"}, {"keeper_id": 1}):
            with self.subTest(bad=bad), self.assertRaises(UserError):
                self.alder.with_user(self.maker).action_add_instrument(**{**told, **bad})

    def test_what_follows_from_loans_and_calibrations_is_not_written_by_hand(self):
        other = self.calibrate(self.make_instrument("Other"))
        for user in (self.maker, self.lead, self.coordinator):
            for values in ({"keeper_id": self.birch.id}, {"calibration_id": other.id}, {"due_on": "2099-01-01"}, {"result": "good"}, {"is_borrowed": True}):
                with self.subTest(user=user.login, values=values), self.assertRaises(AccessError):
                    self.caliper.with_user(user).write(values)
            with self.assertRaises(AccessError):
                other.with_user(user).create({"instrument_id": self.caliper.id, "laboratory": "x", "number": "y", "counts": False})

    def test_a_coordinator_lends_the_networks_instruments(self):
        networks = self.make_instrument("Torque", False)
        wizard = self.env["wcm.instrument.lend"].with_user(self.coordinator).create({"instrument_id": networks.id, "membership_id": self.alder.id})
        wizard.action_apply()
        self.assertEqual(networks.keeper_id, self.alder)
        self.assertEqual(networks.with_user(self.colleague).state, "never")

    def test_a_member_can_read_whatever_it_may_read_of_what_is_its_own(self):
        self.caliper._lend(self.birch, None)
        for records in (self.caliper, self.caliper.calibration_ids, self.caliper.loan_ids):
            for user in (self.maker, self.colleague, self.rival):
                mine = records.with_user(user)
                for name in (name for name, field in records._fields.items() if mine._has_field_access(field, "read")):
                    with self.subTest(model=records._name, field=name):
                        self.env.invalidate_all()
                        mine.read([name])
