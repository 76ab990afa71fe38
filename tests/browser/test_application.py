"""An organisation applies on a phone, adds its insurance by the link, and a coordinator reviews and admits it."""

from urllib.parse import urlsplit

from odoo import fields
from odoo.tests import tagged

from odoo.addons.wcm_mapping.tests.common import photo_of

from .common import DESKTOP, PHONE, StoryCase


@tagged("post_install", "-at_install")
class TestApplication(StoryCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for model in ("wcm.membership.application", "wcm.suggestion.count"):
            cls.env[model].search([]).unlink()
        cls.env["wcm.document.kind"].search([]).active = False
        cls.env["wcm.document.kind"].create([{"name": "Liability insurance", "kind": "public_liability"}, {"name": "Other papers", "is_required": False, "expires": False}])
        cls.elm = cls.make_facility("Elm Works", cls.bristol, "charity", {"latitude": 51.43, "longitude": -2.58})
        cls.elm.write({"visibility": "public", "zip": "BS4 1DB", "city": "Bristol", "operator_id": False})

    def application(self):
        return self.env["wcm.membership.application"].search([])

    def check_page(self, page, name):
        self.assert_accessible(page, name=name)
        width = page.evaluate("document.documentElement.scrollWidth")
        self.assertLessEqual(width, page.viewport_size["width"], f"{name} scrolls sideways")
        self.picture(page, f"application-{name}")

    def test_from_the_public_page_to_probation(self):
        self.applies_on_a_phone()
        self.adds_its_insurance()
        application = self.application()
        self.assertEqual((application.state, application.document_ids.state, application.region_id), ("waiting", "waiting", self.bristol))
        self.is_reviewed()
        self.assertEqual((application.state, application.membership_id.state), ("admitted", "probation"))
        self.assertEqual(self.elm.certificate_ids.kind, "public_liability")

    def applies_on_a_phone(self):
        with self.browser_page(size=PHONE) as page:
            page.goto(self.elm._public_path())
            page.get_by_role("link", name="Join the network with this space").click()
            page.get_by_role("button", name="Send the application").click()
            page.locator(".wcm_errors").wait_for()
            self.check_page(page, "error")
            self.forgive("422")
            page.get_by_label("Name of the organisation").fill("Oak Co-op")
            page.get_by_label("Kind of organisation").select_option("cooperative")
            page.get_by_label("CNC routing").check()
            page.get_by_label("What would you like to make?").fill("Wall blocks, and later roof beams")
            page.get_by_label("Hours a week for it").fill("20")
            page.get_by_label("Your name").fill("Jo Oak")
            page.get_by_label("Your e-mail address").fill("jo@oak.example")
            page.get_by_label("I have read this and agree.").check()
            self.check_page(page, "form")
            page.get_by_role("button", name="Send the application").click()
            page.get_by_role("heading", name="Look into your mail").wait_for()
            self.check_page(page, "sent")

    def adds_its_insurance(self):
        link = urlsplit(self.application()._url()).path
        with self.browser_page(size=PHONE) as page:
            page.goto(link)
            self.check_page(page, "confirm")
            page.get_by_role("button", name="Confirm").click()
            page.get_by_text("Thank you, it is confirmed.").wait_for()
            self.check_page(page, "missing")
            page.get_by_role("button", name="Send").first.click()
            page.get_by_text("Add the paper itself").wait_for()
            self.forgive("422")
            page.get_by_label("The paper itself").first.set_input_files({"name": "insurance.jpg", "mimeType": "image/jpeg", "buffer": photo_of("nobody")})
            page.get_by_label("Last day").fill(fields.Date.to_string(fields.Date.add(fields.Date.today(), months=9)))
            page.get_by_role("button", name="Send").first.click()
            page.get_by_text("All that we ask for is here.").wait_for()
            self.check_page(page, "complete")
        with self.browser_page(size=DESKTOP) as page:
            page.goto(link)
            self.check_page(page, "desktop")

    def is_reviewed(self):
        with self.browser_page(self.coordinator.login) as page:
            page.goto("/odoo/network-applications")
            page.locator(".o_data_row", has_text="Oak Co-op").click()
            page.get_by_role("button", name="Start review").click()
            page.locator(".o_statusbar_status button[aria-checked=true]", has_text="Under review").wait_for()
            page.get_by_role("row", name="Liability insurance").get_by_role("button", name="Accept").click()
            page.get_by_role("row", name="Liability insurance").get_by_text("Accepted").wait_for()
            page.get_by_role("button", name="Invite the owner").click()
            page.get_by_role("tab", name="Review").click()
            page.get_by_role("row", name="Kit and capability").get_by_role("button", name="Tick").click()
            page.get_by_role("row", name="Kit and capability").get_by_role("button", name="Take back").wait_for()
            self.picture(page, "application-review")
        application = self.application()
        application.membership_id.with_user(self.coordinator).action_accept_terms(on_behalf=True, signed_by="Jo Oak")
        for check in application.check_ids.filtered(lambda check: not check.is_done):
            check.with_user(self.coordinator).note = "Seen on the visit"
            check.with_user(self.coordinator).action_tick()
        with self.browser_page(self.coordinator.login) as page:
            page.goto(f"/odoo/network-applications/{application.id}")
            page.get_by_role("button", name="Admit").click()
            page.locator(".o_statusbar_status button[aria-checked=true]", has_text="Admitted").wait_for()
            self.picture(page, "application-admitted")
