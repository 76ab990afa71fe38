import re
from datetime import timedelta
from urllib.parse import urlsplit

from odoo.tests import HttpCase, tagged

from ..controllers.public_page import network_of
from .common import SuggestionCase

NASTY = "<script>alert(1)</script> {{ 7*7 }} ${x} <t t-out='object.env'/> ' OR 1=1 --"


@tagged("post_install", "-at_install")
class TestSuggestionPages(SuggestionCase, HttpCase):
    def form_of(self, address):
        """{name: value or list} of a form as a browser without JavaScript would send it back."""
        text = self.url_open(address).text
        return {"csrf_token": re.search(r'name="csrf_token" value="([^"]+)"', text)[1]}

    def send(self, address="/spaces/suggest", **said):
        said = {"name": "Oak Works", "zip": "BS4 1DB", "suggester_email": "jo@example.org", "consent": "yes", **said}
        return self.url_open(address, data={**self.form_of(address), **said}, allow_redirects=False)

    def found(self):
        return self.suggestions.search([])

    def link(self, suggestion):
        return urlsplit(suggestion._confirmation_url()).path

    def test_the_map_and_each_space_lead_to_the_forms(self):
        self.assertIn('href="/spaces/suggest"', self.url_open("/spaces").text)
        self.assertIn(f'href="/spaces/{self.listed.id}/suggest"', self.url_open(self.listed._public_path()).text)

    def test_a_suggestion_is_kept_and_its_sender_asked_to_look_into_the_mail(self):
        answer = self.send(processes=["cnc_routing", "assembly"], materials=["birch_plywood"], suggester_name="Jo")
        self.assertEqual((answer.status_code, urlsplit(answer.headers["Location"]).path), (303, "/spaces/suggest/thanks"))
        self.assertIn("look into your mail", self.url_open("/spaces/suggest/thanks").text)
        suggestion = self.found()
        self.assertEqual((suggestion.state, suggestion.name, suggestion.suggester_name), ("unconfirmed", "Oak Works", "Jo"))
        self.assertEqual(self.mails(suggestion).email_to, "jo@example.org")

    def test_nothing_is_lost_on_an_error(self):
        answer = self.send(name="", message="A long story", processes="cnc_routing", organisation_type="charity", consent="")
        self.assertEqual(answer.status_code, 422)
        for words in ("Please write the name", ">A long story</textarea>", 'value="BS4 1DB"', "Please tick the box"):
            self.assertIn(words, answer.text)
        self.assertRegex(answer.text, r'value="cnc_routing"\s+checked="checked"')
        self.assertRegex(answer.text, r'value="charity"\s+selected="selected"')
        self.assertFalse(self.found())

    def test_a_correction_begins_with_what_is_public_and_nothing_else(self):
        self.listed.write({"email": "private@example.org", "street": "1 Private Lane", "phone": "0117 1"})
        text = self.url_open(f"/spaces/{self.listed.id}/suggest").text
        self.assertIn('value="Elm Works"', text)
        self.assertIn('value="BS4 1"', text, "its postcode is published to the sector")
        for secret in ("private@example.org", "Private Lane", "0117 1", "BS4 1DB"):
            self.assertNotIn(secret, text.replace("For example BS4 1DB", ""))

    def test_a_correction_is_kept_with_its_space(self):
        said = {"name": "Elm Factory", "zip": "BS4 1", "city": "Bristol", "processes": "assembly"}
        self.assertEqual(self.send(f"/spaces/{self.listed.id}/suggest", **said).status_code, 303)
        self.assertEqual((self.found().facility_id, self.found().line_ids.field), (self.listed, "name"))

    def test_a_space_that_is_not_listed_is_answered_like_one_that_does_not_exist(self):
        token = self.form_of("/spaces/suggest")
        answers = []
        for number in (self.workshop.id, 2_000_000_000, 99_999_999_999):
            address = f"/spaces/{number}/suggest"
            for data in (None, {**token, "name": "x"}):
                answer = self.url_open(address, data=data)
                answers.append((answer.status_code, re.sub(r"\d+", "", re.sub(r"csrf_token[^,]*,", "", answer.text))))
        self.assertEqual({status for status, _text in answers}, {404})
        self.assertNotIn("Bristol Workshop", "".join(text for _status, text in answers))
        self.assertEqual(answers[0], answers[2])
        self.assertEqual(answers[1], answers[3])

    def test_opening_the_link_confirms_nothing_and_the_button_does_once(self):
        self.send()
        suggestion, link = self.found(), self.link(self.found())
        for _time in range(3):
            self.assertIn("Confirm</button>", self.url_open(link).text)
        self.assertEqual(suggestion.state, "unconfirmed")
        button = self.form_of(link)
        for _time in range(2):
            self.assertIn("Thank you, it is confirmed", self.url_open(link, data=button).text)
        self.assertEqual(suggestion.state, "review")
        self.assertEqual(len(suggestion.activity_ids), 1)
        self.assertIn("Thank you, it is confirmed", self.url_open(link).text)

    def test_an_old_link_does_not_reopen_what_is_decided(self):
        suggestion = self.suggest()
        self.accept(suggestion)
        link = self.link(suggestion)
        self.assertIn("it is confirmed", self.url_open(link, data=self.form_of("/spaces/suggest")).text)
        self.assertEqual(suggestion.state, "accepted")

    def test_a_link_that_is_forged_or_too_old_says_what_to_do(self):
        suggestion = self.suggest(confirmed=False)
        link = self.link(suggestion)
        token = self.form_of("/spaces/suggest")
        for wrong in (link[:-3], link + "AAAA", "/spaces/suggest/confirm/x", "/spaces/suggest/confirm/%00%ff"):
            for data in (None, token):
                with self.subTest(link=wrong[-10:], data=bool(data)):
                    answer = self.url_open(wrong, data=data)
                    self.assertEqual(answer.status_code, 404)
                    self.assertIn("This link does not work", answer.text)
        suggestion.state = "expired"
        self.assertEqual(self.url_open(link, data=token).status_code, 404)
        self.assertEqual(suggestion.state, "expired")

    def test_a_page_of_somebody_else_cannot_send_the_form(self):
        link = self.link(self.suggest(confirmed=False))
        for address in ("/spaces/suggest", link):
            self.assertEqual(self.url_open(address, data={"name": "x"}).status_code, 400)
        self.assertEqual(len(self.found()), 1)
        self.assertEqual(self.found().state, "unconfirmed")

    def test_a_machine_that_fills_in_everything_is_thanked_and_forgotten(self):
        self.assertEqual(self.send(fax="0117 496 0000").status_code, 303)
        self.assertFalse(self.found())

    def test_thirty_in_a_row_are_too_many(self):
        button = self.form_of("/spaces/suggest")
        said = {"zip": "BS4 1DB", "consent": "yes", **button}
        answers = [
            self.url_open(
                "/spaces/suggest", data={**said, "name": f"Works {n}", "suggester_email": f"jo{n}@example.org"}, allow_redirects=False
            )
            for n in range(30)
        ]
        self.assertEqual([answer.status_code for answer in answers], [303] * 10 + [429] * 20)
        self.assertIn("Please wait some hours", answers[-1].text)
        self.assertIn('value="Works 29"', answers[-1].text, "nothing is lost")
        self.assertEqual(len(self.found()), 10)

    def test_nobody_has_one_person_mailed_again_and_again(self):
        statuses = [self.send(name=f"Works {n}", suggester_email="Victim@example.org").status_code for n in range(7)]
        self.assertEqual(statuses, [303] * 5 + [429] * 2)

    def test_a_double_click_is_one_suggestion(self):
        for _time in range(7):
            self.assertEqual(self.send().status_code, 303)
        self.assertEqual(len(self.found()), 1)
        self.assertEqual(len(self.mails(self.found())), 1)

    def test_who_waits_for_the_mail_in_vain_sends_the_form_again_and_gets_another(self):
        self.send()
        self.found().sent_on -= timedelta(minutes=11)
        self.assertEqual(self.send().status_code, 303)
        self.assertEqual((len(self.found()), len(self.mails(self.found()))), (1, 2))

    def test_words_that_look_like_code_stay_words(self):
        texts = ("name", "street", "city", "opening_hours", "description", "kit", "message", "suggester_name")
        answer = self.send(consent="", **dict.fromkeys(texts, NASTY))
        self.assertEqual(answer.status_code, 422)
        self.assertNotIn("<script>alert(1)", answer.text)
        self.assertEqual(self.send(**dict.fromkeys(texts, NASTY)).status_code, 303)
        suggestion = self.found()
        self.assertEqual((suggestion.name, suggestion.kit), (NASTY, NASTY))
        page = self.url_open(self.link(suggestion)).text
        self.assertNotIn("<script>alert(1)", page)
        suggestion._confirm()
        facility = self.accept(suggestion)
        self.assertNotIn("<script>", facility.message_ids[0].body)
        self.assertNotIn("<script>", "".join(self.mails(suggestion).mapped("body_html")))

    def test_wrong_codes_and_ids_are_refused(self):
        answer = self.send(processes=["1", "cnc_routing", "'; DROP TABLE"], materials="x", organisation_type="army", access_type="9")
        self.assertEqual(answer.status_code, 422)
        self.assertEqual(answer.text.count("on the list was sent"), 4, "beside the field and on top, for both lists")

    def test_what_is_not_in_the_form_is_not_read(self):
        self.send(state="accepted", facility_id=str(self.listed.id), region_id="1", visibility="public", kind="correction")
        suggestion = self.found()
        self.assertEqual((suggestion.state, suggestion.kind, suggestion.visibility), ("unconfirmed", "new", "private"))
        self.assertFalse(suggestion.facility_id)

    def test_far_too_much_is_refused(self):
        self.assertEqual(self.send(message="x" * 300_000).status_code, 413)
        self.assertEqual(self.send(message="x" * 50_000).status_code, 422)
        self.assertFalse(self.found())

    def test_a_household_has_many_long_addresses_and_is_counted_once(self):
        self.assertEqual(network_of("2001:db8:1:2:3::4"), network_of("2001:db8:1:2:ffff::9"))
        self.assertNotEqual(network_of("192.0.2.1"), network_of("192.0.2.2"))
        self.assertEqual(network_of(None), "")

    def test_the_pages_are_nobody_elses_to_frame_or_keep(self):
        headers = self.url_open("/spaces/suggest").headers
        self.assertEqual((headers["X-Frame-Options"], headers["Cache-Control"]), ("SAMEORIGIN", "no-store"))
