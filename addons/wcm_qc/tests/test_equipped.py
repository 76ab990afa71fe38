from contextlib import suppress
from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.wcm_network.tests.test_bench import BenchCase

from .common import QualityCase
from .instruments import InstrumentCase


class EquippedCase(InstrumentCase):
    """The thickness of a block is measured with a caliper, by somebody who has learnt it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.learnt = cls.env["wcm.competence.kind"].create({"name": "Measuring thickness"})
        cls.plan = cls.make_control_plan()
        cls.block_part = cls.make_part("KNO-1")
        cls.inspection = cls.block_part.inspection_ids
        cls.thickness = cls.inspection.line_ids[0]

    @classmethod
    def checkpoints(cls):
        return ({"name": "Thickness", "kind": "measurement", "nominal": 18, "tolerance_minus": 0.5, "tolerance_plus": 0.5, "sequence": 1, "instrument_kind_id": cls.kind.id},)

    def measure(self, instrument, user=None, reading="18.1", line=None):
        (line or self.thickness).with_user(user or self.colleague).write({"reading": reading, "instrument_id": instrument.id})


class TestEquipped(EquippedCase):
    def test_what_is_asked_for_is_frozen_and_what_was_used_is_kept(self):
        self.measure(self.caliper)
        self.inspection.with_user(self.colleague).action_close()
        line = self.thickness
        self.assertEqual((line.instrument_kind_id, line.calibration_id, self.inspection.state), (self.kind, self.caliper.calibration_ids, "passed"))
        self.assertIn("Caliper 1, S-Caliper 1", line.instrument_words)
        with self.assertRaisesRegex(Exception, "is closed"), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.env.cr.execute("UPDATE wcm_inspection_line SET instrument_id = NULL WHERE id = %s", (line.id,))

    def test_a_check_is_not_closed_without_saying_with_what(self):
        self.thickness.with_user(self.colleague).reading = "18.1"
        with self.assertRaisesRegex(UserError, "say with which caliper"):
            self.inspection.with_user(self.colleague).action_close()

    def test_failed_by_hand_needs_no_instrument(self):
        self.thickness.with_user(self.colleague).passed_by_hand = "fail"
        self.inspection.with_user(self.colleague).action_close()
        self.assertEqual(self.inspection.state, "failed")

    def test_only_an_instrument_in_date_and_of_its_kind_and_at_hand_is_accepted(self):
        made = self.in_every_state()
        tape = self.make_instrument("Tape", kind_id=self.tape_kind.id)
        self.calibrate(tape)
        foreign, lent, networks = self.make_instrument("Foreign", self.birch), self.make_instrument("Lent out"), self.make_instrument("Network", False)
        for one in (foreign, lent, networks):
            self.calibrate(one)
        lent._lend(self.birch, None)
        refused = {
            made["overdue"]: "was due for calibration", made["failed"]: "failed its calibration", made["never"]: "has no calibration", tape: "no caliper",
            foreign: "was not with", lent: "was not with", networks: "was not with",
        }
        for instrument, words in refused.items():
            with self.subTest(instrument=instrument.name), self.assertRaisesRegex(UserError, words) as caught, self.env.cr.savepoint():
                self.measure(instrument)
            self.assertEqual(instrument.name in str(caught.exception), words != "was not with", "Nothing is said about what is not here.")
        for state in ("usable", "due"):
            self.measure(made[state])
        self.measure(networks, self.coordinator)

    def test_what_is_borrowed_is_used_by_the_borrower_while_it_has_it(self):
        borrowed = self.make_instrument("Borrowed", self.birch)
        self.calibrate(borrowed, days_ago=3)
        borrowed._lend(self.alder, None)
        self.measure(borrowed)
        borrowed._take_back()
        self.inspection.with_user(self.colleague).action_close()
        self.assertEqual(self.inspection.state, "passed")

    def test_no_reading_beyond_its_range(self):
        short = self.make_instrument("Short", range_max=1, unit="cm")
        self.calibrate(short)
        with self.assertRaisesRegex(UserError, "cannot have shown that"):
            self.measure(short, reading="18.1")
        self.measure(short, reading="9.5")
        weighs = self.make_instrument("Scale", unit="kg")
        self.calibrate(weighs)
        with self.assertRaisesRegex(UserError, "something else"):
            self.measure(weighs)

    def test_those_in_date_are_offered_and_the_last_used_first(self):
        self.in_every_state()
        offered = self.thickness.with_user(self.colleague).instrument_choices
        self.assertEqual({name.split(",")[0] for _id, name, _code in offered}, {"Caliper 1", "Caliper usable", "Caliper due"})
        self.measure(self.env["wcm.instrument"].browse(offered[-1][0]))
        self.env.invalidate_all()
        self.assertEqual(self.thickness.with_user(self.colleague).instrument_choices[0], offered[-1])

    def test_an_instrument_out_of_date_is_accepted_by_no_chain_of_calls(self):
        """Chosen while it was good, it is asked about again whenever something is entered, closed or corrected."""
        overdue = self.in_every_state()["overdue"]
        line, inspection = self.thickness, self.inspection
        for user in (self.maker, self.colleague, self.coordinator, self.lead):
            mine, whole = line.with_user(user), inspection.with_user(user)
            context = {"wcm_doing": {"time": "2020-01-01"}, "force": True, "tracking_disable": True}
            calls = (
                lambda mine=mine: mine.write({"instrument_id": overdue.id}),
                lambda mine=mine, context=context: mine.with_context(**context).write({"instrument_id": overdue.id, "reading": "18"}),
                lambda whole=whole: whole.write({"line_ids": [Command.update(line.id, {"instrument_id": overdue.id, "reading": "18"})]}),
                lambda mine=mine: mine.web_save({"instrument_id": overdue.id}, {"display_name": {}}),
                lambda mine=mine: mine.write({"calibration_id": self.caliper.calibration_ids.id}),
                lambda mine=mine: mine.write({"checked_at": "2020-01-01 10:00:00"}),
                lambda mine=mine: mine.write({"instrument_kind_id": False}),
                lambda mine=mine: mine.load([".id", "instrument_id/.id", "reading"], [[str(line.id), str(overdue.id), "18"]]),
            )
            for number, call in enumerate(calls):
                with self.subTest(user=user.login, number=number), suppress(UserError), self.env.cr.savepoint():
                    call()
                self.env.invalidate_all()
                self.assertFalse(line.instrument_id or line.reading, number)

    def test_chosen_before_it_ran_out_it_is_refused_with_what_is_measured_after(self):
        self.measure(self.caliper)
        self.run_out(self.caliper)
        with self.assertRaisesRegex(UserError, "was due"), self.env.cr.savepoint():
            self.thickness.with_user(self.colleague).reading = "18.2"
        with self.assertRaisesRegex(UserError, "was due"):
            self.inspection.with_user(self.colleague).action_close()
        self.assertEqual(self.inspection.state, "open")

    def test_a_correction_asks_again(self):
        self.measure(self.caliper)
        self.inspection.with_user(self.colleague).action_close()
        self.run_out(self.caliper)
        self.inspection.with_user(self.lead).action_correct("Typed wrongly")
        correction = self.block_part.inspection_ids.filtered(lambda one: one.state == "open")
        self.assertEqual(correction.line_ids.instrument_id, self.caliper)
        for call in (lambda: correction.line_ids.with_user(self.lead).write({"reading": "18.3"}), correction.with_user(self.lead).action_close):
            with self.assertRaisesRegex(UserError, "was due"), self.env.cr.savepoint():
                call()
        self.assertEqual(correction.state, "open")

    def run_out(self, instrument):
        """The calibration turns out to be over since yesterday."""
        yesterday = fields.Date.today() - timedelta(days=1)
        instrument.calibration_ids.filtered("counts").ensure_one()
        self.calibrate(instrument, days_ago=100, due_on=yesterday, corrects_id=instrument.calibration_id.id, reason="Mistyped")


class TestCompetent(EquippedCase):
    @classmethod
    def checkpoints(cls):
        learnt = cls.env["wcm.competence.kind"].search([("name", "=", "Measuring thickness")])
        return ({"name": "Thickness", "kind": "measurement", "nominal": 18, "tolerance_minus": 0.5, "tolerance_plus": 0.5, "sequence": 1, "competence_kind_id": learnt.id},)

    def train(self, user, authorise=True, **values):
        holder = {"user_id": user.id} if user._is_internal() else {"person_id": self.alder.person_ids.filtered(lambda one: one.user_id == user).id}
        one = self.env["wcm.competence"].create({"kind_id": self.learnt.id, "trained_by": "Lab", **holder, **values})
        if authorise:
            one.with_user(self.lead).action_authorise()
            one.authorised_on -= timedelta(hours=1)
        return one

    def test_nobody_enters_or_closes_it_without_a_competence_in_force(self):
        today = fields.Date.today()
        line = self.thickness.with_user(self.colleague)
        self.train(self.maker)
        self.train(self.colleague, authorise=False)
        self.train(self.colleague, valid_from=today - timedelta(days=90), valid_until=today - timedelta(days=1))
        self.train(self.colleague, valid_from=today + timedelta(days=1))
        withdrawn = self.train(self.colleague, withdraw_reason="Measured wrongly")
        withdrawn.with_user(self.lead).action_withdraw()
        with self.assertRaisesRegex(UserError, "Colleague has no valid training"), self.env.cr.savepoint():
            line.reading = "18.1"
        self.thickness.with_user(self.maker).reading = "18.1"
        with self.assertRaisesRegex(UserError, "Colleague has no valid training"), self.env.cr.savepoint():
            self.inspection.with_user(self.colleague).action_close()
        held = self.train(self.colleague)
        self.inspection.with_user(self.colleague).action_close()
        self.assertEqual((self.inspection.state, self.thickness.competence_id.person_id.user_id, held.state), ("passed", self.maker, "valid"))

    def test_withdrawn_between_the_check_and_its_closing_somebody_else_checks_again(self):
        first = self.train(self.colleague)
        self.thickness.with_user(self.colleague).reading = "18.1"
        first.withdraw_reason = "Measured wrongly"
        first.with_user(self.lead).action_withdraw()
        with self.assertRaisesRegex(UserError, "Colleague has no valid training"), self.env.cr.savepoint():
            self.inspection.with_user(self.colleague).action_close()
        self.train(self.second_lead)
        self.thickness.with_user(self.second_lead).reading = "18.2"
        self.inspection.with_user(self.second_lead).action_close()
        self.assertEqual((self.inspection.state, self.thickness.competence_id.user_id, self.thickness.reading), ("passed", self.second_lead, "18.2"))

    def test_people_of_the_network_need_it_too(self):
        with self.assertRaisesRegex(UserError, "no valid training"), self.env.cr.savepoint():
            self.thickness.with_user(self.second_lead).reading = "18.1"
        self.train(self.second_lead)
        self.thickness.with_user(self.second_lead).reading = "18.1"
        self.assertEqual(self.thickness.competence_id.user_id, self.second_lead)

    def test_what_was_learnt_at_one_member_counts_for_its_blocks_only(self):
        theirs = self.birch.person_ids.filtered(lambda one: one.user_id == self.rival)
        held = self.env["wcm.competence"].create({"kind_id": self.learnt.id, "trained_by": "Lab", "person_id": theirs.id})
        held.with_user(self.lead).action_authorise()
        found = [held._find(self.learnt, self.rival, theirs.browse(), member, fields.Datetime.now()) for member in (self.alder, self.birch)]
        self.assertEqual(found, [held.browse(), held])


@tagged("post_install", "-at_install")
class TestEquippedBench(BenchCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead = cls.make_user("lead_t", "wcm_qc.group_quality_lead")
        cls.colleague = cls.alder._create_portal_user("colleague@example.com", "Colleague")
        cls.kind = cls.env.ref("wcm_qc.instrument_kind_caliper")
        cls.learnt = cls.env["wcm.competence.kind"].create({"name": "Measuring thickness"})
        for name in ("make_instrument", "calibrate"):
            setattr(cls, name, getattr(InstrumentCase, name).__func__.__get__(cls))
        cls.caliper = cls.make_instrument("Caliper 1")
        cls.good = cls.calibrate(cls.caliper, days_ago=20)
        cls.plan = QualityCase.make_control_plan.__func__(cls)
        cls.part = cls.parts[0]

    @classmethod
    def checkpoints(cls):
        return EquippedCase.checkpoints.__func__(cls)

    def tell(self, days_ago, instrument=None):
        """Made and checked without network, so many days ago."""
        age = days_ago * 86400
        answers = [{"name": "Thickness", "reading": "18.1", "instrument": (instrument or self.caliper).id}]
        self.run_all(self.told("made", age=age + 3600, parts=self.part.ids, sheets="SH-A"))
        return self.told("check", age=age, parts=self.part.ids, answers=answers)

    def test_what_is_with_the_member_and_in_date_goes_along(self):
        others = [self.make_instrument("Foreign", self.birch), self.make_instrument("Overdue"), self.make_instrument("Never")]
        self.calibrate(others[0])
        self.calibrate(others[1], days_ago=400)
        content = self.alder.with_user(self.alder_user)._bench_snapshot()
        self.assertEqual([one["id"] for one in content["instruments"]], self.caliper.ids)
        self.assertEqual(content["checks"][str(self.part.work_order_id.id)]["points"][0]["instrument_kind"], self.kind.id)

    def test_the_time_of_the_check_counts_and_not_that_of_its_arrival(self):
        self.calibrate(self.caliper, days_ago=20, good_for=15, corrects_id=self.good.id, reason="Mistyped")
        check = self.tell(days_ago=10)
        self.assertEqual(self.states(check, user=self.colleague), ["done"])
        self.assertEqual((self.part.inspection_ids.state, self.caliper.state), ("passed", "overdue"))

    def test_checked_after_it_ran_out_is_refused_in_words(self):
        self.calibrate(self.caliper, days_ago=20, good_for=15, corrects_id=self.good.id, reason="Mistyped")
        self.assertIn("was due for calibration", self.refused(self.tell(days_ago=2), user=self.colleague))
        self.assertFalse(self.part.inspection_ids.line_ids.reading)

    def test_found_wrong_between_the_check_and_its_arrival_is_told(self):
        wrong = self.calibrate(self.caliper, days_ago=3, result="failed", as_found="out")
        check = self.tell(days_ago=6)
        self.assertEqual(self.states(check, user=self.colleague), ["done"])
        inspection = self.part.inspection_ids
        self.assertIn("found wrong after this was measured", "".join(inspection.message_ids.mapped("body")))
        self.assertEqual(wrong.with_user(self.lead).affected_part_count, 1)

    def test_an_instrument_of_another_member_is_refused_without_a_word_about_it(self):
        foreign = self.make_instrument("Foreign", self.birch)
        self.calibrate(foreign)
        for told in (foreign.id, 2**30):
            answer = self.refused(self.tell(1, self.env["wcm.instrument"].browse(told)), user=self.colleague)
            self.assertNotIn("Foreign", answer)
            self.assertFalse(self.part.inspection_ids.line_ids.instrument_id)
        self.assertIn("does not understand", self.refused(self.tell(1, type("Odd", (), {"id": "1 OR 1=1"})), user=self.colleague))
