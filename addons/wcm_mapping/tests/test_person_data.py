import base64
import io
import json
import zipfile

import openpyxl

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, new_test_user, tagged

from ..models.wcm_person_data import Person
from .common import MappingCase, photo_of

EMAIL = "ann.erskine@private.example"
NAME = "Ann Erskine"
PIXEL = base64.b64encode(photo_of("Ann"))


@tagged("post_install", "-at_install")
class TestPersonData(MappingCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ann = new_test_user(cls.env, "ann", groups="wcm_mapping.group_mapping_user", name=NAME, email=EMAIL)
        cls.person = cls.ann.partner_id
        cls.person.write({"phone": "0117 496 0123", "street": "7 Secret Street", "comment": "Likes tea"})
        cls.env["ir.attachment"].create({"name": "passport.txt", "raw": b"passport", "res_model": "res.partner", "res_id": cls.person.id})
        cls.workshop.write({
            "email": EMAIL.upper(), "phone": "0117 496 0123", "description": f"Ask {NAME} for a tour.", "source_extra": {"contact": [f"\n{EMAIL}"], "floor": 3},
            "operator_id": cls.person.id,
        })
        cls.bristol.coordinator_ids |= cls.ann
        cls.audit = cls.env["wcm.audit"].create({"facility_id": cls.workshop.id, "auditor_id": cls.ann.id})
        cls.workshop.message_subscribe(cls.person.ids)
        cls.workshop.with_user(cls.ann).message_post(body=f"I am {NAME}, write to {EMAIL}.")
        cls.env.flush_all()
        cls.env.cr.precommit.run()  # what is tracked is written at the end of a request
        cls.neighbour = cls.facility("Neighbour", cls.bristol, email=f"jo{EMAIL}", description=f"jo{EMAIL} and {EMAIL}.uk")

    def request(self, user=None, **values):
        return self.env["wcm.person.request"].with_user(user or self.manager).create({"partner_id": self.person.id, **values})

    def erase(self, **values):
        asked = self.request(confirmation="ERASE", **values)
        return self.env["wcm.erasure"].browse(asked.action_erase()["res_id"])

    def traces(self):
        """Fields of the whole database that still say something about Ann."""
        person = Person(emails=(EMAIL,), words=(EMAIL, NAME), phones=("1174960123",))
        return {f"{h.records._name}.{h.field.name}" for h in self.env["wcm.person.data"]._find(person)}

    def test_what_is_held_is_found_in_every_list(self):
        asked = self.request()
        asked.action_search()
        labels = " ".join(asked.line_ids.mapped("label"))
        for word in ("Production Space: Email", "Production Space: Other Fields", "Audit", "Coordinators", "Message", "Follower"):
            self.assertIn(word, labels)
        self.assertTrue(all(asked.line_ids.filtered(lambda line: line.erasing == "Stays").mapped("ground")))

    def test_an_address_alone_finds_the_person_and_what_has_no_contact(self):
        asked = self.env["wcm.person.request"].with_user(self.manager).create({"email": f" {EMAIL.title()} "})
        asked.action_search()
        self.assertIn(NAME, asked.people)

    def test_only_a_manager_looks_exports_and_erases(self):
        with self.assertRaises(AccessError):
            self.request(user=self.coordinator)
        asked = self.request(confirmation="ERASE")
        for work in ("action_search", "action_export_zip", "action_erase"):
            with self.assertRaises(AccessError):
                getattr(asked.with_user(self.coordinator), work)()
        with self.assertRaises(AccessError):
            self.env["wcm.person.data"].with_user(self.coordinator)._erase(Person(partners=(self.person.id,)), "request")
        another = self.user("another_manager", "wcm_mapping.group_mapping_manager")
        with self.assertRaises(AccessError):
            asked.with_user(another).action_search()

    def test_the_copy_holds_everything_and_no_password(self):
        asked = self.request()
        for login, code in (("mapping_manager", 200), ("mapping_coordinator", 403)):
            self.authenticate(login, login)
            answer = self.url_open(f"/privacy/person/{asked.id}.zip")
            self.assertEqual(answer.status_code, code)
            if code == 200:
                parts = zipfile.ZipFile(io.BytesIO(answer.content))
        document = json.loads(parts.read("person.json"))
        (contact,) = document["own"]["res.partner"]
        self.assertEqual((contact["name"], contact["street"]), (NAME, "7 Secret Street"))
        self.assertNotIn("password", document["own"]["res.users"][0])
        self.assertIn(b"passport", [parts.read(name) for name in parts.namelist() if name.startswith("files/")])
        book = openpyxl.load_workbook(io.BytesIO(parts.read("person.xlsx")))
        rows = list(book["Records"].iter_rows(min_row=4, values_only=True))
        self.assertTrue(any("Bristol Workshop" in row[1] for row in rows))
        self.assertTrue(all(row[5] != "[x]" for row in rows if row[4] == "stays"))

    def test_an_erased_person_is_nowhere_but_where_a_ground_is_given(self):
        self.assertGreater(len(self.traces()), 8)
        erasure = self.erase()
        self.assertEqual(self.traces(), set())
        self.assertEqual(self.person.name, f"Erased person {self.person.id}")
        self.assertFalse(any(self.person[name] for name in ("email", "phone", "street", "comment", "active")))
        self.assertEqual((self.ann.active, self.ann.login), (False, f"erased-{self.ann.id}"))
        self.assertEqual(self.workshop.description, "Ask [erased] for a tour.")
        self.assertEqual(self.workshop.source_extra, {"contact": ["\n[erased]"], "floor": 3})
        self.assertFalse(self.workshop.email or self.workshop.phone or self.workshop.operator_id)
        self.assertNotIn(self.ann, self.bristol.with_context(active_test=False).coordinator_ids)
        self.assertEqual(self.audit.auditor_id, self.ann, "who did it points to a login without a name")
        self.assertIn("Audit", erasure.kept_text)
        self.assertNotIn("Erskine", f"{erasure.done_text}{erasure.kept_text}")

    def test_a_telephone_number_is_found_however_it_is_written(self):
        for number in ("0117 496 0123", "01174960123", "(0117) 496-0123", "+44 117 496 0123", "+44 (0)117 4960123", "0044 117.496.0123", "0117\u00a0496\u00a00123"):
            self.neighbour.write({"description": f"Ring {number}, any day", "source_extra": {"tel": [number]}})
            person = self.env["wcm.person.data"]._person(self.person, False)
            held = {h.field.name for h in self.env["wcm.person.data"]._find(person) if h.records._name == "wcm.facility" and self.neighbour in h.records}
            self.assertLessEqual({"description", "source_extra"}, held, number)
            self.assertEqual(person.redacted(self.neighbour.description), "Ring [erased], any day")

    def test_a_longer_number_is_another_number(self):
        person = self.env["wcm.person.data"]._person(self.person, False)
        for number in ("0117 496 01234", "20117 496 0123", "0117 496 012", "part-901174960123"):
            self.assertFalse(person.is_told_by(f"Ring {number}."), number)

    def test_another_address_of_the_person_goes_too_and_a_colleague_below_them_stays(self):
        partners = self.env["res.partner"]
        delivery = partners.create({"parent_id": self.person.id, "type": "delivery", "name": "Back gate", "street": "9 Secret Lane", "phone": "01632 960123"})
        colleague = partners.create({"parent_id": self.person.id, "type": "contact", "name": "Bob Other", "email": "bob@other.example"})
        self.neighbour.description = "Ring +44 1632 960123"
        self.erase()
        self.assertEqual((delivery.name, delivery.street, delivery.phone, delivery.active), (f"Erased person {delivery.id}", False, False, False))
        self.assertEqual((colleague.name, colleague.email, colleague.active), ("Bob Other", "bob@other.example", True))
        self.assertEqual(self.neighbour.description, "Ring [erased]")

    def test_what_waits_to_be_done_says_the_name_no_more(self):
        activity = self.workshop.activity_schedule(
            "mail.mail_activity_data_todo", summary=f"Ring {NAME}", note=f"<p>{NAME}, 0117 496 0123</p>", user_id=self.coordinator.id
        )
        about = self.person.activity_schedule("mail.mail_activity_data_todo", user_id=self.coordinator.id)
        done = self.workshop.activity_schedule("mail.mail_activity_data_todo", user_id=self.coordinator.id)
        done.write({"active": False, "feedback": f"{EMAIL} is right"})
        self.erase()
        self.assertEqual((activity.summary, activity.note), ("Ring [erased]", "<p>[erased], [erased]</p>"))
        self.assertEqual((about.res_name, done.feedback), ("[erased]", "[erased] is right"))

    def test_papers_photos_and_links_say_the_name_no_more(self):
        certificate = self.env["wcm.certificate"].create(
            {"facility_id": self.workshop.id, "kind": "training", "subject": NAME, "document_name": "Ann_Erskine.pdf"}
        )
        self.audit.link_sent_to = EMAIL
        photo = self.env["wcm.audit.photo"].create({"audit_id": self.audit.id, "name": f"{NAME} at the saw", "image_1920": PIXEL})
        self.workshop._change_publication({"visibility": "public"}, "Her letter", PIXEL, f"{NAME}.png")
        self.erase()
        self.assertEqual((certificate.subject, certificate.document_name), ("[erased]", "[erased].pdf"))
        self.assertEqual((self.audit.link_sent_to, photo.name), (False, "[erased] at the saw"))
        self.assertEqual(self.workshop.publication_change_ids[0].agreement_filename, "[erased].png")

    def test_nobody_else_is_touched(self):
        self.erase()
        self.assertEqual((self.neighbour.email, self.neighbour.description), (f"jo{EMAIL}", f"jo{EMAIL} and {EMAIL}.uk"))

    def test_a_line_in_an_address_stands_for_itself(self):
        partners = self.env["res.partner"]
        person = partners.create({"name": "Cat", "email": "a_b@private.example"})
        other = partners.create({"name": "Dot", "email": "acb@private.example"})
        held = self.env["wcm.person.data"]._person(person, False)
        self.assertEqual((held.partners, held.emails), (tuple(person.ids), ("a_b@private.example",)))
        self.request(partner_id=person.id, confirmation="ERASE").action_erase()
        self.assertEqual((other.name, other.email, other.active), ("Dot", "acb@private.example", True))

    def test_who_shares_the_telephone_keeps_it(self):
        housemate = self.env["res.partner"].create({"name": "Eve", "phone": "+44 117 496 0123"})
        self.erase()
        self.assertEqual((housemate.phone, self.person.phone), ("+44 117 496 0123", False))

    def test_a_name_is_found_in_the_name_of_a_file_and_not_in_a_longer_name(self):
        person = Person(words=(NAME,))
        for text in ("Ann Erskine.pdf", "ann_erskine.pdf", "cv_Ann_Erskine_2026.pdf", "ann.erskine.jpg", "Ann Erskine's saw"):
            self.assertTrue(person.is_told_by(text), text)
        for text in ("Joann Erskine", "Mary-Ann Erskine", "Ann Erskine-Smith", "Ann Erskines", "Ann or Erskine", "ann.erskine.x@other.example"):
            self.assertFalse(person.is_told_by(text), text)

    def test_nothing_is_erased_without_the_word(self):
        for word in (False, "erase", "yes"):
            with self.assertRaises(UserError):
                self.request(confirmation=word).action_erase()
        self.assertEqual(self.person.name, NAME)

    def test_it_is_all_or_nothing(self):
        self.patch(self.registry["wcm.person.data"], "_erase_people", lambda *_args: 1 / 0)
        before = self.traces()
        with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
            self.erase()
        self.env.invalidate_all()
        self.assertEqual(self.traces(), before)

    def test_neither_oneself_nor_an_organisation_nor_the_system_is_erased(self):
        company = self.env["res.partner"].create({"name": "Company Ltd", "is_company": True})
        for partner in (self.manager.partner_id, company, self.env.ref("base.partner_root")):
            with self.assertRaises(UserError):
                self.request(partner_id=partner.id, confirmation="ERASE").action_erase()

    def test_the_next_import_leaves_the_contact_out_and_says_so(self):
        table = f"id,name,latitude,longitude,email,phone,contact_person,colour\n1,Shed,51.45,-2.6,{EMAIL},0117 496 0123,{NAME},green\n".encode()
        first = self.env["wcm.facility.import"]._import_bytes(table, "csv", "example.org", "CC BY 4.0", "A list")
        shed = first.line_ids.facility_id
        self.erase()
        self.assertFalse(shed.email)
        self.assertFalse(first.file, "the file named her")
        for kept in (table, table.replace(EMAIL.encode(), b"new.address@private.example")):
            run = self.env["wcm.facility.import"]._import_bytes(kept, "csv", "example.org", "CC BY 4.0", "A list")
            self.assertIn("asked to be erased", run.line_ids.warning)
            self.assertFalse(shed.email or shed.phone)
            self.assertNotIn("Erskine", json.dumps([run.line_ids.values, shed.source_extra, shed.source_values]))
        self.assertNotIn(EMAIL, str(self.env["wcm.erased.identity"].search([]).mapped("digest")))

    def test_a_file_that_names_nobody_erased_stays(self):
        run = self.env["wcm.facility.import"].create({"kind": "csv", "source_host": "x", "file": base64.b64encode(b"name\nShed\n")})
        self.erase()
        self.assertTrue(run.file)
