from odoo import Command, fields
from odoo.tests import tagged

from .common import QualityCase

ADDRESS = "alder@example.com"


@tagged("post_install", "-at_install")
class TestErasure(QualityCase):
    """Somebody of a member signed, accepted, made and checked, was imported from a list, and asks to be forgotten."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_control_plan()
        cls.person = cls.maker.partner_id
        cls.person.write({"phone": "0117 496 0199", "street": "3 Home Street", "city": "Bristol", "zip": "BS1 4DJ", "country_id": cls.env.ref("base.uk").id})
        cls.name = cls.person.name
        cls.listed = cls.import_list(b"9,Alder annexe,51.45,-2.6,alder@example.com,+44 117 496 0199\n").line_ids.facility_id
        cls.offer = cls.make_order(cls.alder, cls.make_build("Second home", {cls.beam: 1}).line_ids, 1, state="offered")
        cls.offer.with_user(cls.maker).action_accept()
        cls.mine = cls.make_part("MINE")
        cls.mine.with_user(cls.maker).sudo()._log("assembling", note=f"{cls.name} glued it", data={"by": cls.name})
        cls.theirs = cls.make_part("THEIRS", by=cls.colleague)
        cls.inspection = cls.theirs.inspection_ids
        cls.fill_in(cls, cls.inspection, cls.maker)
        cls.inspection.line_ids[:1].sudo().note = f"{cls.name}: measured twice"
        cls.inspection.with_user(cls.maker).action_close()
        cls.broken = cls.make_part("BROKEN")
        cls.broken.with_user(cls.maker).action_report(f"Dropped by {cls.name}, ring 01174960199")

    @classmethod
    def import_list(cls, rows):
        table = b"id,name,latitude,longitude,email,phone\n" + rows
        return cls.env["wcm.facility.import"]._import_bytes(table, "csv", "list.example", "CC BY 4.0", "A list")

    def erase(self):
        asked = self.env["wcm.person.request"].with_user(self.manager).create({"partner_id": self.person.id, "confirmation": "ERASE"})
        return self.env["wcm.erasure"].browse(asked.action_erase()["res_id"])

    def post_bill(self, **values):
        """A bill that the person sent, with just the accounts that it needs."""
        accounts = self.env["account.account"]
        expense = accounts.create({"name": "Test expense", "code": "TE1", "account_type": "expense"})
        payable = accounts.create({"name": "Test payable", "code": "TP1", "account_type": "liability_payable", "reconcile": True})
        self.env["account.journal"].create({"name": "Test bills", "code": "TBILL", "type": "purchase", "default_account_id": expense.id})
        self.person.property_account_payable_id = payable
        bill = self.env["account.move"].create({
            "move_type": "in_invoice", "partner_id": self.person.id, "invoice_date": fields.Date.today(),
            "invoice_line_ids": [Command.create({"name": "Work", "quantity": 1, "price_unit": 50, "account_id": expense.id, "tax_ids": []})], **values,
        })
        bill.action_post()
        return bill

    def test_what_stays_of_a_maker_stays_on_a_ground_that_is_told(self):
        erasure = self.erase()
        for kept in ("Acceptance of terms", "Work Order", "Part event", "Inspection"):
            self.assertIn(kept.lower(), erasure.kept_text.lower())
        self.assertIn("Building Safety Act 2022", erasure.kept_text)
        self.assertIn("Limitation Act 1980", erasure.kept_text)
        self.assertNotIn(self.name, f"{erasure.kept_text}{erasure.done_text}")

    def test_who_did_it_is_a_login_without_a_name(self):
        self.erase()
        did = (self.offer.accepted_by_id, self.mine.made_by_id, self.inspection.inspector_id, self.broken.nonconformity_ids.opened_by_id)
        self.assertEqual(set(did), {self.maker})
        self.assertEqual((self.maker.name, self.maker.active), (f"Erased person {self.person.id}", False))
        self.assertNotIn(self.maker, self.alder.user_ids)
        self.assertFalse(self.person.email or self.person.phone or self.person.street)

    def test_terms_stay_signed_by_name_and_the_order_stays_accepted(self):
        self.erase()
        acceptance = self.alder.acceptance_ids.filtered(lambda one: one.user_id == self.maker)
        self.assertEqual(acceptance.accepted_by_name, self.name)
        self.assertEqual(self.offer.state, "accepted")

    def test_the_history_of_the_parts_still_verifies(self):
        self.erase()
        self.env.invalidate_all()
        for part in (self.mine, self.theirs, self.broken):
            self.assertTrue(part.event_ids)
            self.assertTrue(part.history_intact, part.name)
            self.assertFalse(part.event_ids.sorted("id")._first_broken())

    def test_words_about_the_person_are_blotted_out_where_no_seal_needs_them(self):
        self.erase()
        self.env.invalidate_all()
        self.assertEqual(self.broken.nonconformity_ids.title, "Dropped by [erased], ring [erased]")
        self.assertNotIn(self.name, self.broken.hold_reason or "")

    def test_the_next_import_does_not_bring_the_contact_back(self):
        self.assertEqual(self.listed.email, ADDRESS)
        self.erase()
        run = self.import_list(b"9,Alder annexe,51.45,-2.6,alder@example.com,0117 4960199\n10,Another,51.5,-2.5,alder@example.com,01174960199\n")
        self.assertEqual(len(run.line_ids.facility_id), 2)
        for space in run.line_ids.facility_id:
            self.assertFalse(space.email or space.phone)
        self.assertFalse(self.env["res.partner"].search([("email", "=ilike", ADDRESS)]))

    def test_who_sent_a_bill_keeps_name_and_postal_address_on_it_and_nothing_else(self):
        bill = self.post_bill()
        self.erase()
        self.assertEqual((bill.partner_id, bill.state), (self.person, "posted"))
        self.assertEqual((self.person.name, self.person.street, self.person.zip), (self.name, "3 Home Street", "BS1 4DJ"))
        self.assertFalse(self.person.email or self.person.phone or self.person.active)

    def test_a_bill_older_than_the_law_asks_keeps_nothing(self):
        self.post_bill(invoice_date="2015-03-02", date="2015-03-02")
        self.erase()
        self.assertEqual((self.person.name, self.person.street), (f"Erased person {self.person.id}", False))
