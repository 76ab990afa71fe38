import base64
import re
from datetime import timedelta
from urllib.parse import urlsplit

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.wcm_mapping.tests.common import photo_of

from .common import BRISTOL, NetworkCase

SAID = {
    "organisation": "Oak Co-op", "organisation_type": "cooperative", "name": "Oak Works", "zip": "BS4 1DB", "processes": ["cnc_routing"],
    "wants": "Wall blocks", "suggester_name": "Jo Oak", "suggester_email": "jo@oak.example", "consent": "yes",
}  # fmt: skip
PAGES = "odoo.addons.base.models.ir_rule"


class ApplicationCase(NetworkCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for model in ("wcm.membership.application", "wcm.suggestion.count"):
            cls.env[model].search([]).unlink()
        cls.env["wcm.document.kind"].search([]).active = False
        cls.insurance = cls.env["wcm.document.kind"].create({"name": "Liability insurance", "kind": "public_liability"})
        cls.listed = cls.make_facility("Elm Works", cls.bristol, "charity", BRISTOL)
        cls.listed.write({"visibility": "public", "operator_id": False, "zip": "BS4 1DB", "city": "Bristol"})

    @classmethod
    def applications(cls):
        return cls.env["wcm.membership.application"].search([])

    def token(self, address="/spaces/join"):
        return re.search(r'name="csrf_token" value="([^"]+)"', self.url_open(address).text)[1]

    def send(self, address="/spaces/join", **said):
        return self.url_open(address, data={"csrf_token": self.token(address), **SAID, **said}, allow_redirects=False)

    def apply(self, confirmed=True, **said):
        """An application from the public page of the listed space, with its link."""
        self.assertEqual(self.send(f"/spaces/{self.listed.id}/join", **said).status_code, 303)
        application = self.applications()[:1]
        if confirmed:
            self.url_open(f"{self.link(application)}/confirm", data={"x": "1"})
            application.invalidate_recordset()
        return application

    def link(self, application):
        return urlsplit(application._url()).path

    def add_paper(self, application, content=None, day=None, kind=None, name="insurance.jpg"):
        day = fields.Date.to_string(fields.Date.today() + timedelta(days=300)) if day is None else day
        files = {"document": (name, photo_of("nobody") if content is None else content)}
        data = {"kind_id": (kind or self.insurance).id, "expires_on": day, "issuer": "Mutual"}
        answer = self.url_open(f"{self.link(application)}/document", data=data, files=files, allow_redirects=False)
        application.invalidate_recordset()
        return answer

    def mails(self, application):
        return self.env["mail.mail"].search([("model", "=", application._name), ("res_id", "=", application.id)])


@tagged("post_install", "-at_install")
class TestApplicationPages(ApplicationCase):
    def test_the_map_and_each_space_lead_to_the_form(self):
        self.assertIn('href="/spaces/join"', self.url_open("/spaces").text)
        self.assertIn(f'href="/spaces/{self.listed.id}/join"', self.url_open(self.listed._public_path()).text)

    def test_bad_input_is_answered_beside_its_field_and_nothing_is_written(self):
        answer = self.send(organisation="", hours="many", owner_name="Kim", wants="A long story", suggester_email="jo", processes=[])
        self.assertEqual(answer.status_code, 422)
        for field in ("organisation", "hours", "owner_email", "suggester_email", "processes"):
            self.assertIn(f'id="{field}_error"', answer.text)
        self.assertIn(">A long story</textarea>", answer.text, "what was written is still there")
        self.assertFalse(self.applications() or self.env["wcm.facility.suggestion"].search([("name", "=", "Oak Works")]))

    def test_a_new_space_goes_the_way_of_all_suggestions(self):
        self.assertEqual(self.send().status_code, 303)
        application = self.applications()
        self.assertEqual((application.state, application.suggestion_id.name, application.facility_id), ("unconfirmed", "Oak Works", self.env["wcm.facility"]))
        self.assertEqual(self.mails(application).email_to, "jo@oak.example")
        self.assertFalse(self.env["mail.mail"].search([("model", "=", "wcm.facility.suggestion"), ("res_id", "=", application.suggestion_id.id)]))
        self.url_open(f"{self.link(application)}/confirm", data={"x": "1"})
        self.assertEqual((application.state, application.suggestion_id.state), ("waiting", "review"))
        application.suggestion_id.region_id = self.bristol
        application.suggestion_id.with_user(self.manager).action_accept_all()
        self.assertEqual((application.facility_id.name, application.region_id), ("Oak Works", self.bristol))

    def test_sent_twice_it_is_one_application_and_one_mail(self):
        for _time in range(2):
            self.assertEqual(self.send().status_code, 303)
        self.assertEqual(len(self.mails(self.applications().ensure_one())), 1)
        self.assertEqual(len(self.env["wcm.facility.suggestion"].search([("name", "=", "Oak Works")])), 1)

    def test_a_machine_is_thanked_and_forgotten_and_many_are_told_to_wait(self):
        self.assertEqual(self.send(fax="1").status_code, 303)
        self.assertFalse(self.applications())
        self.env["ir.config_parameter"].set_param("wcm_mapping.suggestions_per_email_and_day", "1")
        self.send()
        answer = self.send(wants="Roof beams")
        self.assertEqual((answer.status_code, len(self.applications())), (429, 1))

    def test_opening_the_link_confirms_nothing(self):
        application = self.apply(confirmed=False)
        self.assertIn("Confirm</button>", self.url_open(self.link(application)).text)
        self.assertEqual(application.state, "unconfirmed")
        self.assertEqual(self.add_paper(application).status_code, 404, "documents come after the address")
        self.url_open(f"{self.link(application)}/confirm", data={"x": "1"})
        self.assertEqual((application.state, len(application.check_ids)), ("waiting", 6))
        self.assertEqual(application.activity_ids.user_id, self.coordinator)

    def test_a_link_that_is_forged_opens_nothing(self):
        application = self.apply()
        for wrong in (self.link(application)[:-3], "/spaces/join/x", "/spaces/join/%00"):
            for part in ("", "/confirm", "/document", "/withdraw"):
                answer = self.url_open(wrong + part, data={"x": "1"} if part else None)
                self.assertEqual(answer.status_code, 404, wrong + part)
        self.assertEqual(application.state, "waiting")

    def test_the_applicant_sees_what_is_missing_and_adds_it(self):
        application = self.apply()
        self.assertIn("Still missing: <strong>Liability insurance", self.url_open(self.link(application)).text)
        self.assertEqual(self.add_paper(application).status_code, 303)
        paper = application.document_ids
        self.assertEqual((paper.state, paper.issuer, application.missing_words), ("waiting", "Mutual", False))
        self.assertIn("All that we ask for is here", self.url_open(self.link(application)).text)
        copy = self.url_open(f"{self.link(application)}/document/{paper.id}")
        self.assertEqual((copy.content, copy.headers["Content-Type"]), (base64.b64decode(paper.document), "application/octet-stream"))
        self.add_paper(application, name="newer.jpg")
        self.assertEqual(application.document_ids.document_name, "newer.jpg", "one that nobody looked at is replaced")

    def test_a_paper_is_a_pdf_or_a_photo_that_still_holds(self):
        application = self.apply()
        past = fields.Date.to_string(fields.Date.today() - timedelta(days=1))
        for wrong in ({"content": b"<html><script>1</script></html>"}, {"content": b""}, {"day": ""}, {"day": past}, {"day": "soon"}):
            answer = self.add_paper(application, **wrong)
            self.assertEqual(answer.status_code, 422, wrong)
            self.assertIn(f'id="wrong_{self.insurance.id}"', answer.text, "told beside its field")
        self.assertFalse(application.document_ids)

    def test_one_applicant_sees_nothing_of_another(self):
        one = self.apply()
        self.add_paper(one)
        other = self.apply(suggester_email="kim@ash.example", suggester_name="Kim Ash", organisation="Ash Ltd")
        page = self.url_open(self.link(other)).text
        self.assertNotIn("Jo Oak", page)
        for address in (f"/document/{one.document_ids.id}", f"/web/content/wcm.application.document/{one.document_ids.id}/document"):
            self.assertEqual(self.url_open(address if address.startswith("/web") else self.link(other) + address).status_code, 404)

    def test_who_withdraws_is_asked_nothing_more(self):
        application = self.apply()
        for _time in range(2):
            self.url_open(f"{self.link(application)}/withdraw", data={"x": "1"})
        self.assertEqual((application.state, application.activity_ids), ("withdrawn", self.env["mail.activity"]))
        self.assertEqual(self.add_paper(application).status_code, 422)
        self.assertTrue(self.apply(), "and may apply again")

    def test_one_more_space_begins_with_what_is_known(self):
        application = self.apply()
        token = self.link(application).rpartition("/")[2]
        page = self.url_open(f"/spaces/join?known={token}").text
        for words in ('value="Oak Co-op"', 'value="jo@oak.example"'):
            self.assertIn(words, page)
        self.assertNotIn("Oak Co-op", self.url_open(f"/spaces/join?known={token}x").text)


@tagged("post_install", "-at_install")
class TestApplicationReview(ApplicationCase):
    def reviewed(self):
        application = self.apply().with_user(self.coordinator)
        application.action_review()
        return application

    def tick_all(self, application):
        for check in application.check_ids.filtered(lambda check: not check.is_done):
            if not check.holds:
                check.note = "Seen on the visit"
            check.action_tick()

    def test_missing_documents_are_asked_for_by_mail(self):
        application = self.apply().with_user(self.coordinator)
        application.action_ask_missing()
        mail = self.mails(application).sorted("id")[-1:]
        self.assertIn("Liability insurance", mail.body_html)
        self.assertIn("/spaces/join/", mail.body_html)
        self.assertTrue(application.asked_on)

    def test_the_review_begins_a_membership_of_the_space_and_its_organisation(self):
        application = self.reviewed()
        member = application.membership_id
        self.assertEqual((application.state, member.state, member.facility_id), ("review", "under_review", self.listed))
        self.assertEqual(member.partner_id.name, "Oak Co-op")
        application.action_invite_owner()
        self.assertEqual(member._owners().login, "jo@oak.example")

    def test_who_keeps_the_listing_already_becomes_the_owner_with_the_same_login(self):
        login = self.make_user("jo@oak.example", "wcm_mapping.group_operator")
        self.listed.operator_user_ids = login
        application = self.reviewed()
        application.action_invite_owner()
        self.assertEqual(application.membership_id._owners().user_id, login)

    def test_a_second_space_of_the_same_organisation_has_the_same_operator(self):
        first = self.reviewed()
        self.listed = self.make_facility("Elm Annex", self.bristol, "charity", BRISTOL)
        self.listed.write({"visibility": "public", "operator_id": False, "zip": "BS4 1DB", "city": "Bristol"})
        second = self.reviewed()
        self.assertNotEqual(first.membership_id, second.membership_id)
        self.assertEqual(first.membership_id.partner_id, second.membership_id.partner_id)

    def test_what_the_records_do_not_say_is_ticked_with_a_note_only(self):
        application = self.reviewed()
        audit = application.check_ids.filtered(lambda check: check.key == "audit")
        with self.assertRaisesRegex(UserError, "Write in the note"):
            audit.action_tick()
        audit.note = "Visited on Monday, report follows"
        audit.action_tick()
        self.assertEqual((audit.is_done, audit.done_by_id), (True, self.coordinator))
        with self.assertRaises(AccessError):
            audit.is_done = False
        audit.action_untick()
        self.assertFalse(audit.done_on)

    def test_admission_asks_for_the_review_and_keeps_the_papers_with_the_space(self):
        application = self.reviewed()
        self.add_paper(application)
        application.document_ids.with_user(self.coordinator).action_accept()
        application.action_invite_owner()
        with self.assertRaisesRegex(UserError, "References were asked"):
            application.action_admit()
        application.membership_id.action_accept_terms(on_behalf=True, signed_by="Jo Oak")
        self.tick_all(application)
        application.action_admit()
        self.assertEqual((application.state, application.membership_id.state), ("admitted", "probation"))
        paper = self.listed.certificate_ids
        self.assertEqual((paper.kind, paper.review, paper.issuer), ("public_liability", "accepted", "Mutual"))
        self.assertIn("is in the network", self.mails(application).sorted("id")[-1:].body_html)

    def test_who_is_declined_is_told_why_and_may_apply_again(self):
        application = self.reviewed()
        with self.assertRaisesRegex(UserError, "Write the reason"):
            application.action_decline()
        application.answer = "Your insurance ends in March."
        application.action_decline()
        self.assertEqual((application.state, application.membership_id.state), ("declined", "declined"))
        self.assertIn("ends in March", self.mails(application).sorted("id")[-1:].body_html)
        self.assertIn("ends in March", self.url_open(self.link(application.sudo())).text)
        again = self.reviewed()
        self.assertNotEqual(again, application)
        self.assertEqual(again.membership_id.state, "under_review")
        self.assertIn("ends in March", again.earlier_words)

    def test_an_applicant_who_withdraws_in_the_review_ends_it(self):
        application = self.reviewed()
        self.url_open(f"{self.link(application.sudo())}/withdraw", data={"x": "1"})
        self.assertEqual((application.state, application.membership_id.state), ("withdrawn", "declined"))

    def test_a_coordinator_types_in_what_it_was_told(self):
        application = self.env["wcm.membership.application"].with_user(self.coordinator).create({
            "name": "Fir Ltd", "facility_id": self.listed.id, "contact_name": "Fay", "contact_email": "fay@fir.example",
        })
        self.assertEqual((application.state, application.region_id, len(application.check_ids)), ("waiting", self.bristol, 6))
        with self.assertRaises(AccessError):
            application.state = "admitted"

    @mute_logger(PAGES)
    def test_coordinators_see_applications_of_their_own_regions_and_members_none(self):
        application = self.apply()
        self.add_paper(application)
        for user in (self.other_coordinator, self.alder_user, self.make_user("elsewhere", "base.group_user")):
            with self.assertRaises(AccessError):
                application.with_user(user).read(["name"])
            with self.assertRaises(AccessError):
                application.document_ids.with_user(user).read(["document"])
            with self.assertRaises(AccessError):
                application.check_ids.with_user(user).action_tick()
        with self.assertRaises(AccessError):
            application.with_user(self.coordinator).write({"facility_id": self.birch.facility_id.id})
        unconfirmed = self.apply(confirmed=False, suggester_email="kim@ash.example")
        self.assertNotIn(unconfirmed, application.with_user(self.coordinator).search([]))

    def test_who_applied_in_vain_is_forgotten(self):
        application, unconfirmed = self.apply(), self.apply(confirmed=False, suggester_email="kim@ash.example")
        self.add_paper(application)
        application._own_withdraw()
        long_ago = fields.Datetime.now() - timedelta(days=400)
        application.decided_on = long_ago
        self.env.flush_all()
        self.env.cr.execute("UPDATE wcm_membership_application SET create_date = %s WHERE id = %s", (long_ago, unconfirmed.id))
        self.env["wcm.membership.application"].invalidate_model()
        self.env["wcm.membership.application"]._cron_tidy()
        self.assertFalse(unconfirmed.exists())
        self.assertEqual((application.contact_email, application.document_ids), ("-", self.env["wcm.application.document"]))
