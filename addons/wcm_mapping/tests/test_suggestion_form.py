from odoo.tests import BaseCase, tagged

from ..suggestion_form import LIMITS, blank, is_machine, read_form

VOCABULARY = {
    "organisation_type": {"charity"},
    "access_type": {"public"},
    "processes": {"cnc_routing", "assembly"},
    "materials": {"plywood"},
}
GOOD = {"name": "Elm Works", "zip": "bs41db", "suggester_email": "jo@example.org", "consent": "yes"}
LISTED = {"name": "Elm Works", "zip": "BS4 1", "website": "not a website", "processes": ["assembly"], "description": "a\nb"}


@tagged("post_install", "-at_install")
class TestSuggestionForm(BaseCase):
    def form(self, present=None, **said):
        posted = {name: value if isinstance(value, list) else [value] for name, value in said.items()}
        return read_form(posted, VOCABULARY, present)

    def correct(self, **said):
        unchanged = {**LISTED, "suggester_email": "jo@example.org", "consent": "yes"}
        return self.form(LISTED, **{**unchanged, **said})

    def test_a_name_a_place_an_address_and_consent_are_enough(self):
        form = self.form(**GOOD)
        self.assertEqual(form.errors, {})
        self.assertEqual(form.changed, ["name", "zip"])
        self.assertEqual(form.values["zip"], "BS4 1DB")

    def test_each_thing_that_is_missing_is_named(self):
        self.assertEqual(set(self.form().errors), {"name", "zip", "suggester_email", "consent"})

    def test_a_street_and_a_town_do_instead_of_a_postcode(self):
        self.assertEqual(self.form(**{**GOOD, "zip": "", "street": "Leinster Avenue", "city": "Bristol"}).errors, {})
        self.assertIn("zip", self.form(**{**GOOD, "zip": "", "city": "Bristol"}).errors)

    def test_what_cannot_be_right_is_said_in_words(self):
        wrong = {
            "zip": "BS4 9ZZ9", "website": "my website", "email": "jo at example", "suggester_email": "jo@example",
            "phone": "ring me", "organisation_type": "army", "access_type": "1", "processes": ["7", "cnc_routing"], "materials": ["'--"],
        }  # fmt: skip
        for name, value in wrong.items():
            with self.subTest(name=name):
                form = self.form(**{**GOOD, name: value})
                self.assertEqual(set(form.errors), {name} - ({"zip"} if name == "zip" else set()))

    def test_a_postcode_that_cannot_exist_is_questioned(self):
        self.assertIn("zip", self.form(**{**GOOD, "zip": "BS99 9ZZ"}).errors)
        self.assertEqual(self.form(**{**GOOD, "zip": "75011"}).errors, {}, "other countries' are not judged")

    def test_websites_as_people_write_them_are_taken(self):
        for text in ("example.org", "www.example.org/a?b=c#d", "https://example.org:8443/x", "http://müller.de"):
            with self.subTest(text=text):
                self.assertEqual(self.form(**{**GOOD, "website": text}).errors, {})
        for text in ("javascript:alert(1)", "https://", "a b.org", "https://u:p@example.org", '"onclick="x'):
            with self.subTest(text=text):
                self.assertIn("website", self.form(**{**GOOD, "website": text}).errors)

    def test_too_much_is_refused_and_given_back(self):
        for name, limit in LIMITS.items():
            with self.subTest(name=name):
                form = self.form(**{**GOOD, name: "a" * (limit + 1)})
                self.assertIn(f"At most {limit} fit", form.errors[name])
                self.assertEqual(len(form.values[name]), limit + 1)
        self.assertEqual(len(self.form(**{**GOOD, "name": "a" * 100_000}).values["name"]), 2 * LIMITS["name"])

    def test_no_line_breaks_and_no_control_characters_where_one_line_is_asked_for(self):
        form = self.form(**{**GOOD, "name": "Elm\r\nBcc: x@example.org\x00\u202e", "message": "one\r\ntwo\x00"})
        self.assertEqual(form.values["name"], "Elm Bcc: x@example.org")
        self.assertEqual(form.values["message"], "one\ntwo")

    def test_two_addresses_are_none(self):
        for text in ("a@example.org,b@example.org", "a@example.org b@example.org", "<a@example.org>", "a@@example.org"):
            with self.subTest(text=text):
                self.assertIn("suggester_email", self.form(**{**GOOD, "suggester_email": text}).errors)

    def test_a_correction_holds_only_what_differs(self):
        form = self.correct(zip="BS4 1DB", description="a\r\nb")
        self.assertEqual((form.errors, form.changed), ({}, ["zip"]))

    def test_what_is_published_already_is_not_judged(self):
        self.assertEqual(self.correct(phone="0117 496 0000").errors, {})

    def test_unticking_a_process_is_a_correction(self):
        self.assertEqual(self.correct(processes=["cnc_routing"]).changed, ["processes"])

    def test_a_correction_without_any_difference_is_asked_again(self):
        self.assertIn("message", self.correct().errors)
        self.assertEqual(self.correct(message="It has moved.").errors, {})

    def test_the_name_cannot_be_corrected_away(self):
        self.assertIn("name", self.correct(name=" ").errors)

    def test_the_form_begins_with_what_is_published(self):
        values = blank(LISTED).values
        self.assertEqual((values["name"], values["processes"], values["email"]), ("Elm Works", ["assembly"], ""))

    def test_who_fills_in_the_trap_is_a_machine(self):
        self.assertTrue(is_machine({"fax": ["0117"]}))
        self.assertFalse(is_machine({"fax": [""]}))
