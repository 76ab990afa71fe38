import base64
from io import BytesIO

from lxml import html
from PIL import Image

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .common import MappingCase, photo_of


@tagged("post_install", "-at_install")
class TestOperator(MappingCase, HttpCase):
    """Operators keep their own listing, on pages made for it, and reach nothing else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.user("operator", "wcm_mapping.group_operator")
        cls.rival = cls.user("rival", "wcm_mapping.group_operator")
        cls.workshop.operator_user_ids, cls.far_workshop.operator_user_ids = cls.operator, cls.rival
        cls.router = cls.equipment(cls.workshop, cls.routing, name="Router", envelope_x_mm=1000)
        cls.foreign = cls.equipment(cls.far_workshop, cls.routing, name="Rival's router")
        cls.address = f"/my/spaces/{cls.workshop.id}"

    def setUp(self):
        super().setUp()
        self.authenticate("operator", "operator")

    def form_of(self, path):
        """What a browser would send of the page's long form, as it stands."""
        page = html.fromstring(self.url_open(path).text)
        return dict(page.xpath("//form[@enctype]")[0].form_values())

    def send(self, path, files=None, **changes):
        return self.url_open(path, data={**self.form_of(path), **changes}, files=files)

    def post(self, path, **sent):
        token = self.form_of(f"{self.address}/edit")["csrf_token"]
        return self.url_open(path, data={"csrf_token": token, **sent})

    @staticmethod
    def picture():
        stream = BytesIO()
        Image.new("RGB", (8, 8), "green").save(stream, "PNG")
        return stream.getvalue()

    def history(self):
        return " ".join(self.workshop.message_ids.mapped("body")) + " ".join(
            self.workshop.message_ids.sudo().tracking_value_ids.mapped(lambda value: str(value.new_value_char))
        )

    def test_the_listing_is_changed_and_counts_as_verified_by_its_operator(self):
        page = self.send(f"{self.address}/edit", opening_hours="Mo-Sa 08:00-18:00", visibility="public", publish_contact="1", email="us@example.com")
        self.assertIn("Saved", page.text)
        space = self.workshop
        self.assertEqual((space.opening_hours, space.visibility, space.publish_contact, space.email), ("Mo-Sa 08:00-18:00", "public", True, "us@example.com"))
        self.assertEqual((space.verified_on, space.verified_how, space.verified_by_id), (fields.Date.today(), "operator", self.operator))
        self.assertEqual(space.published_by_id, self.operator)

    def test_coordinators_see_what_the_operator_changed(self):
        self.send(f"{self.address}/edit", opening_hours="Mo-Sa", street="9 New Road")
        message = self.workshop.message_ids.filtered(lambda message: "9 New Road" in message.body)
        self.assertIn("Opening Hours: nothing → Mo-Sa", message.body)
        self.assertEqual(message.author_id, self.operator.partner_id)
        self.assertEqual(self.workshop.activity_ids.user_id, self.coordinator)
        self.assertTrue(self.workshop.operator_changed_on)
        self.assertIn(self.workshop, self.env["wcm.facility"].with_user(self.coordinator).search([("operator_changed_on", ">=", "today -30d")]))

    def test_who_saves_second_is_told_what_the_first_changed(self):
        shown = self.form_of(f"{self.address}/edit")
        self.workshop.with_user(self.coordinator).write({"opening_hours": "Mo-Fr 10-16", "street": "1 Coordinator Way"})
        page = self.url_open(f"{self.address}/edit", data={**shown, "opening_hours": "Mo-Su"})
        self.assertIn("Opening Hours: Mo-Fr 10-16", page.text)
        self.assertEqual(self.workshop.opening_hours, "Mo-Fr 10-16")
        again = dict(html.fromstring(page.text).xpath("//form[@enctype]")[0].form_values())
        self.assertEqual((again["opening_hours"], again["street"]), ("Mo-Su", "1 Coordinator Way"))
        self.assertIn("Saved", self.url_open(f"{self.address}/edit", data=again).text)
        self.assertEqual((self.workshop.opening_hours, self.workshop.street), ("Mo-Su", "1 Coordinator Way"))

    def test_what_somebody_else_changed_meanwhile_stays_where_the_operator_did_not_touch_it(self):
        shown = self.form_of(f"{self.address}/edit")
        self.workshop.with_user(self.coordinator).description = "Two\nlines"
        self.url_open(f"{self.address}/edit", data={**shown, "phone": "0117 496 0555"})
        self.assertEqual((self.workshop.description, self.workshop.phone), ("Two\nlines", "0117 496 0555"))

    def test_two_operators_change_one_machine(self):
        path = f"{self.address}/kit/{self.router.id}"
        first, second = self.form_of(path), self.form_of(path)
        self.url_open(path, data={**first, "envelope_x_mm": "2000"})
        page = self.url_open(path, data={**second, "envelope_x_mm": "3000", "make": "Felder"})
        self.assertIn("Somebody else changed this", page.text)
        self.assertEqual((self.router.envelope_x_mm, self.router.make), (2000, False))
        self.url_open(path, data={**second, "make": "Felder"})
        self.assertEqual((self.router.envelope_x_mm, self.router.make), (2000, "Felder"))

    def test_a_page_that_sends_no_or_a_broken_memory_is_still_saved(self):
        for number, seen in enumerate(("", "{", "[1]", "3")):
            self.send(f"{self.address}/edit", phone=f"0117 496 050{number}", seen=seen)
            self.assertEqual(self.workshop.phone, f"0117 496 050{number}")

    def test_nothing_changed_asks_no_coordinator(self):
        self.send(f"{self.address}/edit")
        self.assertFalse(self.workshop.activity_ids)
        self.assertEqual(self.workshop.verified_how, "operator")

    def test_all_still_right_is_one_button(self):
        self.assertIn("marked as checked today", self.post(f"{self.address}/confirm").text)
        self.assertEqual(self.workshop.verified_how, "operator")

    def test_what_is_not_the_operators_to_say_is_not_taken_from_the_page(self):
        before = self.workshop.read(["name", "region_id", "source", "is_illustrative", "create_uid"])
        others = {"name": "Best Workshop", "region_id": self.dorset.id, "source": "okw", "is_illustrative": "1", "verified_by_id": "1",
                  "operator_user_ids": "1", "operator_id": "1", "licence": "None", "latitude": "1", "active": "0", "external_id": "7"}
        self.send(f"{self.address}/edit", **others)
        self.assertEqual(self.workshop.read(["name", "region_id", "source", "is_illustrative", "create_uid"]), before)
        self.assertEqual((self.workshop.active, self.workshop.latitude, self.workshop.verified_by_id), (True, 51.45, self.operator))

    def test_over_rpc_an_operator_reaches_nothing(self):
        capability = self.capability(self.workshop, self.routing)
        own = self.workshop | self.far_workshop
        calls = {
            "write listing": lambda env: own[0].with_env(env).write({"street": "x"}),
            "read listing": lambda env: own[0].with_env(env).read(["name"]),
            "other listing": lambda env: own[1].with_env(env).read(["name"]),
            "verify": lambda env: own[0].with_env(env).action_mark_verified(),
            "ask": lambda env: own[0].with_env(env).action_ask_to_confirm(),
            "evidence": lambda env: capability.with_env(env).write({"evidence_level": "audited"}),
            "price": lambda env: capability.with_env(env).read(["cost_per_hour"]),
            "kit": lambda env: env["maintenance.equipment"].create({"name": "x", "facility_id": own[0].id}),
            "kit of others": lambda env: env["maintenance.equipment"].search([]),
            "claims": lambda env: env["wcm.facility.claim"].search([]),
            "questions": lambda env: env["wcm.facility.confirmation"].search([]),
            "proposals": lambda env: env["wcm.capability.proposal"].create({"facility_id": own[0].id, "process_id": self.routing.id}),
            "audits": lambda env: env["wcm.audit"].search([]),
            "certificates": lambda env: env["wcm.certificate"].search([]),
            "capacity": lambda env: env["wcm.capacity"].search([]),
        }
        for name, call in calls.items():
            with self.subTest(name), self.assertRaises(AccessError):
                call(self.env(user=self.operator))
        response = self.make_jsonrpc_request_error("wcm.facility", "write", [self.workshop.ids, {"street": "x"}])
        self.assertIn("AccessError", response)
        self.assertIn("private", self.make_jsonrpc_request_error("wcm.facility", "_operator_save", [self.workshop.ids, {}]).lower())

    def make_jsonrpc_request_error(self, model, method, args):
        body = {"jsonrpc": "2.0", "method": "call", "params": {"model": model, "method": method, "args": args, "kwargs": {}}}
        return str(self.url_open(f"/web/dataset/call_kw/{model}/{method}", json=body).json()["error"])

    def test_pages_of_anothers_space_are_not_there(self):
        other = f"/my/spaces/{self.far_workshop.id}"
        for path in (other, f"{other}/edit", f"{other}/kit/new", f"{other}/propose", f"{other}/photo", f"{self.address}/kit/{self.foreign.id}",
                     f"{self.address}/kit/{self.foreign.id}/photo", f"{self.address}/kit/0", f"{other}/kit/{self.router.id}", "/my/spaces/99999999"):
            with self.subTest(path):
                self.assertEqual(self.url_open(path).status_code, 404)
        for path in (f"{other}/edit", f"{other}/confirm", f"{other}/kit/{self.foreign.id}", f"{self.address}/kit/{self.foreign.id}",
                     f"{self.address}/kit/{self.foreign.id}/retire", f"{self.address}/kit/0/retire", f"{other}/propose"):
            with self.subTest(path):
                self.assertEqual(self.post(path, name="Mine", process_id=str(self.routing.id), street="x").status_code, 404)
        self.assertEqual((self.foreign.name, self.foreign.active, self.far_workshop.street), ("Rival's router", True, False))

    def test_a_form_from_another_site_is_refused(self):
        self.assertEqual(self.url_open(f"{self.address}/edit", data={"street": "x"}).status_code, 400)
        self.assertFalse(self.workshop.street)

    def test_without_a_login_there_is_only_the_login_page(self):
        self.authenticate(None, None)
        self.assertIn("/web/login", self.url_open(self.address).url)

    def test_what_is_wrong_is_said_and_nothing_is_written(self):
        path = f"{self.address}/edit"
        for wrong in ({"visibility": "everybody"}, {"email": "nonsense"}, {"status": ""}):
            with self.subTest(wrong):
                page = self.send(path, street="9 New Road", **wrong)
                self.assertIn('class="wcm_error"', page.text)
                self.assertIn("9 New Road", page.text, "typed words are kept")
                self.assertFalse(self.workshop.street)

    def test_a_photo_is_a_picture(self):
        files = {"photo": ("us.png", self.picture(), "image/png")}
        self.send(f"{self.address}/edit", files=files)
        self.assertTrue(self.workshop.image_1920)
        self.assertEqual(self.url_open(f"{self.address}/photo").headers["Content-Type"], "image/jpeg")
        script = {"photo": ("us.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "image/svg+xml")}
        self.assertIn("A photo is a JPEG", self.send(f"{self.address}/edit", files=script).text)

    def test_a_photo_is_kept_without_what_the_camera_wrote_however_small_its_file(self):
        coarse = photo_of("Ann Erskine", Image.effect_noise((256, 256), 60).convert("RGB"), quality=20)
        self.send(f"{self.address}/edit", files={"photo": ("us.jpg", coarse, "image/jpeg")})
        self.assertEqual(self.url_open(f"{self.address}/photo").headers["Content-Type"], "image/jpeg")
        self.assertNotIn(b"Ann Erskine", base64.b64decode(self.workshop.image_1920))

    def test_a_photo_that_is_broken_is_said_and_nothing_is_written(self):
        broken = {"photo": ("us.jpg", photo_of("Ann")[:400], "image/jpeg")}
        page = self.send(f"{self.address}/edit", files=broken, street="9 New Road")
        self.assertIn("This photo is broken", page.text)
        self.assertFalse(self.workshop.image_1920 or self.workshop.street)

    def test_a_new_postcode_moves_a_rough_point_only(self):
        self.send(f"{self.address}/edit", zip="BS4 1DQ")
        self.assertEqual(self.workshop.latitude, 51.45)
        self.workshop.location_precision = "postcode_sector"
        self.send(f"{self.address}/edit", zip="BH1 1AA")
        self.assertLess(self.workshop.latitude, 51)

    def test_kit_is_added_from_a_machine_model_changed_and_retired(self):
        machine = self.env["wcm.machine.model"].search([("envelope_x_mm", ">", 0)], limit=1)
        new = f"{self.address}/kit/new"
        self.send(f"{new}?machine={machine.id}", photo="")
        added = self.workshop.equipment_ids - self.router
        self.assertEqual((added.machine_model_id, added.make, added.envelope_x_mm), (machine, machine.make, machine.envelope_x_mm))
        self.send(f"{self.address}/kit/{self.router.id}", envelope_x_mm="1300", condition="worn", tolerance_mm="0.2")
        self.assertEqual((self.router.envelope_x_mm, self.router.condition, self.router.tolerance_mm), (1300, "worn", 0.2))
        self.assertIn("Envelope X (mm): 1000 → 1300", self.history())
        self.post(f"{self.address}/kit/{self.router.id}/retire")
        self.assertFalse(self.router.active)
        self.assertIn("Retired", self.url_open(self.address).text)
        self.post(f"{self.address}/kit/{self.router.id}/retire", back="1")
        self.assertTrue(self.router.active)

    def test_kit_that_cannot_be_is_refused_in_words(self):
        path = f"{self.address}/kit/{self.router.id}"
        for wrong in ({"quantity": "0"}, {"envelope_x_mm": "-5"}, {"tolerance_mm": "nan"}, {"power_kw": "a lot"}, {"name": ""}, {"process_id": "99999999"}):
            with self.subTest(wrong):
                self.assertIn('class="wcm_error"', self.send(path, **wrong).text)
        self.assertEqual((self.router.quantity, self.router.envelope_x_mm, self.router.name), (1, 1000, "Router"))

    def test_materials_are_ticked_and_unticked(self):
        material = self.env["wcm.material"].search([], limit=1)
        path = f"{self.address}/kit/{self.router.id}"
        self.send(path, material_ids=str(material.id))
        self.assertEqual(self.router.material_ids, material)
        self.send(path, material_ids="")
        self.assertFalse(self.router.material_ids)

    def test_a_proposed_capability_counts_when_a_coordinator_records_it(self):
        self.send(f"{self.address}/propose", process_id=str(self.routing.id), envelope_x_mm="2440", note="We do it daily", evidence_level="audited")
        proposal = self.workshop.proposal_ids.with_user(self.coordinator)
        self.assertEqual((proposal.state, self.workshop.capability_ids), ("waiting", self.env["wcm.capability"]))
        self.assertEqual(self.workshop.activity_ids.user_id, self.coordinator)
        self.assertIn("waits for your coordinator", self.url_open(self.address).text)
        proposal.action_record()
        capability = self.workshop.capability_ids
        self.assertEqual((capability.process_id, capability.envelope_x_mm, capability.evidence_level), (self.routing, 2440, "declared"))
        with self.assertRaises(UserError):
            proposal.action_record()

    def test_a_refused_proposal_says_why_to_its_operator(self):
        self.send(f"{self.address}/propose", process_id=str(self.routing.id))
        proposal = self.workshop.proposal_ids.with_user(self.coordinator)
        with self.assertRaises(UserError):
            proposal.action_refuse()
        proposal.answer = "Show us first"
        proposal.action_refuse()
        self.assertIn("Show us first", self.url_open(self.address).text)
        self.assertFalse(self.workshop.capability_ids)

    def test_a_proposal_is_decided_by_its_region_only(self):
        self.send(f"{self.address}/propose", process_id=str(self.routing.id))
        other = self.user("dorset_coordinator", "wcm_mapping.group_mapping_user")
        for user in (other, self.operator, self.outsider):
            for action in ("action_record", "action_refuse"):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    getattr(self.workshop.proposal_ids.with_user(user), action)()
        with self.assertRaises(AccessError):
            self.workshop.proposal_ids.with_user(self.coordinator).state = "recorded"

    def test_prices_and_internal_notes_are_on_no_page(self):
        self.capability(self.workshop, self.routing, cost_per_hour=43.21)
        self.workshop.message_post(body="Do not trust them")
        pages = [self.address, f"{self.address}/edit", f"{self.address}/kit/{self.router.id}", f"{self.address}/propose"]
        text = "".join(self.url_open(path).text for path in pages)
        self.assertNotIn("43.21", text)
        self.assertNotIn("Do not trust", text)
        self.assertNotIn("Dorset Workshop", text)

    def test_who_keeps_one_space_comes_to_it_at_once(self):
        self.assertTrue(self.url_open("/my/spaces").url.endswith(self.address))
        self.far_workshop.operator_user_ids += self.operator
        self.assertIn("Dorset Workshop", self.url_open("/my/spaces").text)
        self.assertIn("/my/spaces", self.url_open("/my/home").text)

    def test_the_operator_is_asked_first_whether_the_listing_is_right(self):
        self.operator.partner_id.email = "operator@example.com"
        self.workshop.email = "shop@example.com"
        self.assertEqual(self.workshop._question_email(), "operator@example.com")
