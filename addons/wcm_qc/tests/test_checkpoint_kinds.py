import base64
import hashlib

from psycopg2.errors import RaiseException

from odoo.exceptions import UserError, ValidationError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import QualityCase, picture

FIT = {"name": "Fit of the pegs", "kind": "choice", "options_pass": "Tight\nBy hand\n", "options_fail": " Loose ", "sequence": 1}
SEAL = {"name": "Released by", "kind": "signature", "sequence": 2}


class TestCheckpointKinds(QualityCase):
    def setUp(self):
        super().setUp()
        self.plan = self.make_control_plan({**FIT, "picture": picture(), "instruction": "Push each peg."}, SEAL)
        self.inspection = self.make_part("KNO-1").inspection_ids
        self.fit, self.seal = self.inspection.line_ids

    def test_each_answer_counts_as_pass_or_fail(self):
        for answer, verdict in [("Tight", "pass"), ("By hand", "pass"), ("Loose", "fail"), ("", "none"), (False, "none")]:
            self.fit.reading = answer
            self.assertEqual(self.fit.verdict, verdict, answer)

    def test_an_answer_that_nobody_offered_is_refused_in_words(self):
        for answer in ("tight", "Tight\nBy hand", "18"):
            with self.assertRaisesRegex(ValidationError, "Fit of the pegs.*Tight, By hand, Loose"), self.env.cr.savepoint():
                self.fit.reading = answer

    def test_a_plan_says_in_words_what_is_right(self):
        width = {"name": "Width", "kind": "measurement", "nominal": 600, "tolerance_minus": 1.5, "tolerance_plus": 1}
        plan = self.make_control_plan(width, {**width, "name": "Depth", "tolerance_minus": 1, "reading_count": 3}, {"name": "Edge", "kind": "photo"}, approve=False)
        said = [point.right_words for point in plan.checkpoint_ids | self.plan.checkpoint_ids]
        self.assertEqual(said, ["600 −1.5 +1 mm", "600 ± 1 mm, 3 times", "Photo", "Tight / By hand (not: Loose)", "Signature"])

    def test_a_choice_is_not_passed_by_hand(self):
        self.fit.passed_by_hand = "pass"
        self.assertEqual(self.fit.verdict, "none")

    def test_a_choice_has_answers_and_each_once(self):
        for wrong in ({"options_pass": False}, {"options_fail": False, "options_pass": "Tight"}, {"options_fail": "Loose\ntight"}):
            with self.subTest(wrong=wrong), self.assertRaises(ValidationError), self.env.cr.savepoint():
                self.make_control_plan({**FIT, **wrong}, approve=False)

    def test_a_later_version_changes_neither_answers_nor_picture_of_a_check(self):
        before = self.fit.picture_sha256
        version = self.env["wcm.control.plan"].browse(self.plan.with_user(self.lead).action_new_version()["res_id"])
        version.checkpoint_ids[0].write({"options_pass": "Glued", "picture": False})
        version.with_user(self.lead).action_approve()
        self.assertEqual((self.fit.options_pass, self.fit.options_fail, self.fit.picture_sha256), ("Tight\nBy hand", "Loose", before))
        self.assertEqual(self.env["wcm.checkpoint"]._find_picture(before), self.plan.checkpoint_ids[0])

    def test_a_thousand_checks_keep_one_picture(self):
        self.make_part("KNO-2")
        files = self.env["ir.attachment"].sudo().search([("res_field", "!=", False), ("res_model", "in", ("wcm.checkpoint", "wcm.inspection.line"))])
        self.assertEqual(len(files.filtered(lambda file: file.res_field == "picture")), 1)
        stored = self.plan.checkpoint_ids[0].picture
        self.assertEqual(self.fit.picture_sha256, hashlib.sha256(base64.b64decode(stored)).hexdigest())

    def test_the_picture_of_an_approved_plan_stays(self):
        file = self.env["ir.attachment"].sudo().search([("res_model", "=", "wcm.checkpoint"), ("res_field", "=", "picture"), ("res_id", "in", self.plan.checkpoint_ids.ids)])
        for change in (lambda: file.write({"raw": b"other"}), file.unlink):
            with self.assertRaisesRegex(UserError, "does not change any more"):
                change()

    def test_a_signature_says_who_gave_it(self):
        seal = self.seal.with_user(self.colleague)
        self.assertEqual(seal.verdict, "none")
        seal.signature = picture()
        self.assertEqual((seal.verdict, seal.signed_by, self.seal.checked_by_id), ("pass", self.colleague.name, self.colleague))
        seal.signature = False
        self.assertEqual((seal.verdict, seal.signed_by), ("none", False))

    def test_nobody_signs_for_somebody_else(self):
        with self.assertRaises(UserError):
            self.seal.with_user(self.colleague).write({"signature": picture(), "signed_by": "Lead"})
        with self.assertRaises(UserError):
            self.seal.with_user(self.lead).write({"signed_by": "Lead"})

    def test_who_does_not_sign_fails_it(self):
        self.seal.passed_by_hand = "fail"
        self.assertEqual(self.seal.verdict, "fail")
        self.seal.passed_by_hand = "pass"
        self.assertEqual(self.seal.verdict, "none")

    def closed(self):
        self.fit.with_user(self.colleague).reading = "Tight"
        self.seal.with_user(self.colleague).signature = picture()
        self.inspection.with_user(self.colleague).action_close()
        self.env.flush_all()

    def test_nothing_passes_without_its_signature(self):
        self.fit.reading = "Tight"
        with self.assertRaisesRegex(UserError, "Not checked: Released by"):
            self.inspection.with_user(self.colleague).action_close()

    @mute_logger("odoo.sql_db")
    def test_the_database_keeps_answers_and_signatures_of_a_closed_inspection(self):
        self.closed()
        line = "UPDATE wcm_inspection_line SET"
        for statement in (
            f"{line} options_pass = 'Loose' WHERE id = {self.fit.id}", f"{line} options_fail = NULL WHERE id = {self.fit.id}",
            f"{line} picture_sha256 = 'x' WHERE id = {self.fit.id}", f"{line} signed_by = 'Somebody' WHERE id = {self.seal.id}",
            f"UPDATE ir_attachment SET checksum = 'x' WHERE res_model = 'wcm.inspection.line' AND res_id = {self.seal.id}",
            f"UPDATE ir_attachment SET res_id = 0 WHERE res_model = 'wcm.inspection.line' AND res_id = {self.seal.id}",
            f"DELETE FROM ir_attachment WHERE res_model = 'wcm.inspection.line' AND res_id = {self.seal.id}",
        ):
            with self.subTest(statement), self.assertRaisesRegex(RaiseException, "closed"), self.env.cr.savepoint():
                self.env.cr.execute(statement)

    def test_a_correction_carries_answer_and_signature(self):
        self.closed()
        action = self.inspection.with_user(self.lead).action_correct("It was the other block")
        fit, seal = self.env["wcm.inspection"].browse(action["res_id"]).line_ids
        self.assertEqual((fit.reading, fit.verdict, fit.options_pass, fit.picture_sha256), ("Tight", "pass", "Tight\nBy hand", self.fit.picture_sha256))
        self.assertEqual((seal.verdict, seal.signed_by, seal.signature), ("pass", self.colleague.name, self.seal.signature))

    def test_what_was_chosen_and_who_signed_is_told_later(self):
        self.closed()
        self.assertEqual((self.fit._reading_words(), self.seal._reading_words()), ("Tight", "signed by Colleague"))
        self.assertIn("signed by Colleague", self.seal._timeline_words())
        files = self.env["wcm.evidence.pack"]._files(self.inspection.part_id)
        self.assertRegex(files.photo(self.seal.id, "signature"), "^signatures/check ")


@tagged("post_install", "-at_install")
class TestCheckPicture(HttpCase, QualityCase):
    def test_who_has_a_check_sees_its_picture_and_others_do_not(self):
        plan = self.make_control_plan({**FIT, "picture": picture()})
        sha256 = plan.checkpoint_ids.picture_sha256
        self.maker.password = "maker-password"
        stranger = self.make_user("stranger_t", "base.group_portal")
        stranger.password = "stranger-password"
        self.env.flush_all()
        for login, password, status in [(None, None, 303), ("stranger_t", "stranger-password", 404), (self.maker.login, "maker-password", 200)]:
            self.authenticate(login, password)
            answer = self.url_open(f"/quality/picture/{sha256}", allow_redirects=False)
            self.assertEqual(answer.status_code, status, login)
        self.assertEqual(hashlib.sha256(answer.content).hexdigest(), sha256)
        self.assertEqual(self.url_open(f"/quality/picture/{'0' * 64}").status_code, 404)
