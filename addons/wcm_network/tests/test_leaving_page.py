import base64
import csv
import io
import json
import zipfile
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .common import MakingCase
from .test_settlement import MoneyCase


class LeavingCase(MakingCase):
    def leave(self, user=None, days=14, reason="We move to Wales"):
        day = fields.Date.to_string(fields.Date.today() + timedelta(days=days))
        return self.alder.with_user(user or self.alder_user).action_leave(reason, day)

    def rows(self, user=None):
        values = self.env["wcm.membership"].with_user(user or self.coordinator).member_leaving(self.alder.id)[0]
        return {row["key"]: row for row in values["rows"]}

    def mails(self, subject):
        return self.env["mail.message"].search([("subject", "like", subject)])

    def ended(self):
        """Alder has left: its archive is made."""
        self.alder.with_user(self.coordinator).action_end("Moved away")
        archive = self.env["wcm.membership.archive"].search([("membership_id", "=", self.alder.id)])
        archive._make()
        return archive

    def over(self):
        with patch.object(type(self.env["ir.cron"]), "_commit_progress"):  # a test commits nothing
            self.env["wcm.membership.archive"]._cron_over()

    def files(self, archive):
        return zipfile.ZipFile(io.BytesIO(base64.b64decode(archive.file)))


@tagged("post_install", "-at_install")
class TestSayingIt(LeavingCase):
    """Who is leaving gets no new work, and may stay after all."""

    def test_an_owner_says_it_and_coordinators_are_told(self):
        self.leave()
        self.assertTrue(self.alder.is_leaving)
        self.assertEqual((self.alder.leaving_reason, self.alder.leaving_by_id), ("We move to Wales", self.alder_user))
        told = self.mails("Alder Works is leaving").notified_partner_ids
        self.assertLessEqual(self.coordinator.partner_id | self.alder_user.partner_id, told)

    def test_it_needs_words_and_a_day_to_come(self):
        member = self.alder.with_user(self.alder_user)
        yesterday = fields.Date.to_string(fields.Date.today() - timedelta(days=1))
        for reason, day in (("", "2099-01-01"), ("Why not", yesterday), ("Why not", "soon"), ("Why not", None), (None, "2099-01-01"), ("Why not", ["2099-01-01"])):
            with self.assertRaises(UserError):
                member.action_leave(reason, day)
        self.assertFalse(self.alder.is_leaving)

    def test_only_its_owners_and_its_coordinators_say_it(self):
        maker = self.alder._create_portal_user("maker@example.com", "A Maker", password="maker-password")
        supervisor = self.alder._create_portal_user("super@example.com", "A Supervisor", password="super-password")
        self.alder.person_ids.filtered(lambda one: one.user_id == supervisor).role = "supervisor"
        for user in (maker, supervisor, self.birch_user, self.other_coordinator):
            for call in (lambda m: m.action_leave("Gone", "2099-01-01"), lambda m: m.action_stay(), lambda m: m.member_leaving(m.id)):
                with self.assertRaises(AccessError):
                    call(self.alder.with_user(user))
        self.leave(self.coordinator)
        self.assertTrue(self.alder.is_leaving)
        with self.assertRaises(AccessError):
            self.alder.with_user(self.coordinator).write({"is_leaving": False})

    def test_it_gets_no_offer_takes_none_and_no_plan_has_it(self):
        waiting = self.make_order(self.alder, self.block_line, 1, state="offered")
        self.leave()
        order = self.make_order(self.alder, self.block_line, 1).with_user(self.coordinator)
        with self.assertRaisesRegex(UserError, "is leaving"):
            order.action_offer()
        with self.assertRaisesRegex(UserError, "is leaving"):
            waiting.with_user(self.alder_user).action_accept()
        self.assertEqual(waiting._disturbance()[0], "member_lost")

    def test_a_plan_leaves_it_out(self):
        self.leave()
        plan = self.make_plan()
        plan.action_solve()
        self.assertEqual(plan.line_ids.membership_id, self.birch)

    def test_what_is_ready_by_the_last_day_is_finished_the_rest_goes_to_others(self):
        soon, late = (self.make_order(self.alder, self.block_line, 1, state="accepted", date_due=fields.Date.today() + timedelta(days=days)) for days in (7, 30))
        self.leave(days=14)
        self.assertEqual((soon._is_movable(), late._is_movable()), (False, True))
        self.assertEqual(late._disturbance(), ("member_lost", "is leaving the network"))
        late.with_user(self.coordinator)._check_member_works()  # what is agreed may still be made
        self.alder.with_user(self.alder_user).action_stay()
        self.assertFalse(late._is_movable())

    def test_it_may_stay_until_the_end_and_then_not_any_more(self):
        self.leave()
        self.alder.with_user(self.alder_user).action_stay()
        self.assertEqual((self.alder.is_leaving, self.alder.leaving_on), (False, False))
        self.assertTrue(self.mails("Alder Works stays"))
        self.make_order(self.alder, self.block_line, 1).with_user(self.coordinator).action_offer()
        self.leave()
        self.env["wcm.work.order"].search([("membership_id", "=", self.alder.id)]).with_user(self.coordinator).action_withdraw()
        self.ended()
        with self.assertRaises(UserError):
            self.alder.with_user(self.coordinator).action_stay()

    def test_the_list_names_what_is_open_and_opens_it(self):
        offered = self.make_order(self.alder, self.block_line, 1, state="offered")
        dispute = self.env["wcm.statement.dispute"].create({"membership_id": self.alder.id, "month": "2026-05-01", "reason": "Wrong"})
        rows = self.rows()
        self.assertEqual((rows["offers"]["names"], rows["offers"]["blocks"], rows["offers"]["ids"]), (offered.name, True, offered.ids))
        self.assertEqual((rows["disputes"]["ids"], rows["disputes"]["blocks"]), (dispute.ids, True))
        self.assertFalse(rows["shipments"]["names"])
        action = self.alder.with_user(self.coordinator).action_open_leaving_row("offers")
        self.assertEqual((action["res_model"], action["domain"]), ("wcm.work.order", [("id", "in", offered.ids)]))
        for key in ("shipments", "nonsense", None, []):
            with self.assertRaises(UserError):
                self.alder.with_user(self.coordinator).action_open_leaving_row(key)
        with self.assertRaises(AccessError):
            self.alder.with_user(self.alder_user).action_open_leaving_row("offers")

    def test_blocks_of_an_order_that_was_called_off_are_not_forgotten(self):
        order = self.make_made(self.alder, self.block_line, 1)
        order.sudo().state = "cancelled"
        self.assertEqual(self.rows()["parts"]["ids"], order.part_ids.ids)
        with self.assertRaisesRegex(UserError, "to ship or scrap"):
            self.alder.with_user(self.coordinator).action_end("Moved away")


@tagged("post_install", "-at_install")
class TestMoneyAtLeaving(MoneyCase):
    """Money may be open at the end: it is told, and stays owed."""

    def test_what_is_not_billed_and_what_is_not_paid_are_warnings(self):
        self.assertIn("to bill", " ".join(self.alder._warned_at_leaving()))
        self.propose_bills()
        [bill] = self.drafts("in_invoice")
        warned = " ".join(self.alder._warned_at_leaving())
        self.assertIn("not settled: ", warned)
        self.assertNotIn("to bill", warned)
        self.assertNotIn("settled", " ".join(self.alder._open_at_leaving()))
        self.assertEqual(self.alder._open_bills(), bill)
        wizard = self.env["wcm.membership.decision"].with_user(self.coordinator).create({"membership_id": self.alder.id, "decision": "end", "reason": "Moved"})
        self.assertIn("not settled: ", wizard.warned)
        with self.assertRaises(AccessError):
            self.env["wcm.membership.decision"].with_user(self.other_coordinator).create({"membership_id": self.alder.id, "decision": "end", "reason": "Moved"}).warned  # noqa: B018

    def test_people_are_not_erased_while_a_bill_is_unpaid(self):
        self.propose_bills()
        archive = self.env["wcm.membership.archive"].create({"membership_id": self.alder.id, "until": fields.Date.today()})
        self.assertIn(self.drafts("in_invoice").display_name, archive.waits_for)
        self.drafts("in_invoice").button_cancel()
        archive.invalidate_recordset()
        self.assertFalse(archive.waits_for)


@tagged("post_install", "-at_install")
class TestTakingAlong(LeavingCase):
    """What a member takes along, and what becomes of its people."""

    def test_all_of_its_own_and_nothing_of_others_is_in_the_file(self):
        self.make_made(self.alder, self.block_line, 2).sudo().state = "closed"
        self.env["wcm.part"].search([("membership_id", "=", self.alder.id)]).sudo().state = "received"
        self.env["stock.quant"].search([("location_id", "child_of", self.alder.subcontract_location_id.id)]).sudo().unlink()
        theirs = self.make_made(self.birch, self.block_line, 1)
        archive = self.ended()
        files = self.files(archive)
        names = files.namelist()
        for name in ("index.txt", "member.json", "orders.csv", "blocks.csv", "people.csv", "history.csv", "statements.json", "record.json"):
            self.assertIn(name, names)
        self.assertTrue([name for name in names if name.startswith("terms/")])
        rows = list(csv.DictReader(io.StringIO(files.read("blocks.csv").decode("utf-8-sig"))))
        self.assertEqual(len(rows), 2)
        self.assertEqual(json.loads(files.read("member.json"))["name"], "Alder Works")
        told = " ".join(files.read(name).decode("utf-8", "replace") for name in names)
        for word in ("Birch", theirs.name, *theirs.part_ids.mapped("name")):
            self.assertNotIn(word, told)
        index = files.read("index.txt").decode()
        for name in set(names) - {"index.txt"}:
            self.assertIn(name, index)

    def test_what_looks_like_a_formula_is_none(self):
        self.alder.person_ids[:1].sudo().name = "=HYPERLINK(1)"
        people = self.files(self.ended()).read("people.csv").decode("utf-8-sig")
        self.assertIn("'=HYPERLINK(1)", people)

    def test_its_people_are_erased_when_the_link_has_ended_and_others_stay(self):
        both = self.alder._create_portal_user("both@example.com", "Bo Th", password="both-password")
        annex = self.make_facility("Alder Annex", self.bristol, "sme", {"latitude": 51.4, "longitude": -2.6})
        annex.operator_id = self.alder.partner_id
        self.env["wcm.membership"].create({"facility_id": annex.id, "user_ids": [fields.Command.link(both.id)]})
        self.env["wcm.member.person"].sudo().create({"membership_id": self.alder.id, "name": "Pin Only"})
        archive = self.ended()
        self.over()
        self.assertEqual((archive.state, self.alder_user.login), ("ready", "alder@example.com"))
        archive.until = fields.Date.today() - timedelta(days=1)
        self.over()
        self.assertEqual((archive.state, archive.file), ("over", False))
        self.assertTrue(archive.erased_at)
        self.assertIn("Erased person", self.alder_user.partner_id.name)
        self.assertFalse(self.alder_user.active)
        self.assertEqual(both.name, "Bo Th", "works at another member")
        self.assertNotIn("Pin Only", self.alder._all_people().mapped("name"))

    def test_a_member_that_comes_back_keeps_its_people(self):
        archive = self.ended()
        self.alder.sudo().state = "active"
        archive.until = fields.Date.today() - timedelta(days=1)
        self.over()
        self.assertEqual(self.alder_user.login, "alder@example.com")

    def test_strangers_and_members_see_no_archive(self):
        archive = self.ended()
        archives = self.env["wcm.membership.archive"]
        self.assertEqual(archives.with_user(self.coordinator).search([]), archive)
        self.assertFalse(archives.with_user(self.other_coordinator).search([]))
        for user in (self.alder_user, self.birch_user):
            with self.assertRaises(AccessError):
                archives.with_user(user).search([])
            with self.assertRaises(AccessError):
                archive.with_user(user).action_send_again()
        with self.assertRaises(AccessError):
            archive.with_user(self.other_coordinator).action_send_again()


@tagged("post_install", "-at_install")
class TestMailsOfSteps(LeavingCase):
    """Each step is told: what happened, why, what they may do."""

    def body(self, subject):
        mail = self.mails(subject)[:1]
        self.assertIn(self.alder_user.partner_id, mail.notified_partner_ids, subject)
        return mail.body

    def test_suspension_return_and_end_are_told(self):
        member = self.alder.with_user(self.coordinator)
        member.action_suspend("The insurance ran out")
        body = self.body("is suspended")
        for words in ("The insurance ran out", "logged out", "What you may do", "statements"):
            self.assertIn(words, body)
        member.action_resume()
        self.assertIn("Active", self.body("goes on"))
        member.action_end("Moved away")
        body = self.body("has ended")
        for words in ("Moved away", "Download your data", "apply again"):
            self.assertIn(words, body)

    def test_the_end_of_probation_is_told_and_applications_have_their_own_mails(self):
        self.alder.sudo().state = "probation"
        self.alder.with_user(self.coordinator).action_activate()
        self.assertIn("full member", self.body("probation is passed"))
        self.assertFalse(self.mails("Birch Joinery: probation is passed").filtered(lambda mail: self.alder_user.partner_id in mail.notified_partner_ids))

    def test_the_link_to_the_data_goes_to_the_owners(self):
        self.alder._create_portal_user("maker@example.com", "A Maker", password="maker-password")
        self.ended()
        mail = self.mails("your data to take along")
        self.assertEqual(mail.notified_partner_ids, self.alder_user.partner_id)
        self.assertIn("/network/left/", mail.body)


@tagged("post_install", "-at_install")
class TestLinkOfLeaving(LeavingCase, HttpCase):
    """The link opens one file, until it ends."""

    def address(self, archive):
        return f"/network/left/{archive._link_token('data')}"

    def test_the_link_gives_the_file_until_it_ends(self):
        archive = self.ended()
        address = self.address(archive)
        page = self.url_open(address)
        self.assertIn("Alder Works", page.text)
        self.assertEqual(page.headers["Referrer-Policy"], "no-referrer")
        answer = self.url_open(f"{address}/data.zip")
        self.assertEqual((answer.status_code, answer.headers["Content-Type"]), (200, "application/zip"))
        self.assertIn("index.txt", zipfile.ZipFile(io.BytesIO(answer.content)).namelist())
        archive.invalidate_recordset()
        self.assertEqual(archive.downloads, 1)
        archive.until = fields.Date.today() - timedelta(days=1)
        self.assertEqual(self.url_open(address).status_code, 404)
        self.assertEqual(self.url_open(f"{address}/data.zip").status_code, 404)
        self.assertEqual(self.url_open("/network/left/nonsense").status_code, 404)

    def test_owners_get_their_data_before_and_nobody_else(self):
        path = f"/network/member/{self.alder.id}/data.zip"
        self.alder._create_portal_user("maker@example.com", "A Maker", password="maker-password")
        for login, password, status in (("alder@example.com", "alder-password", 200), ("maker@example.com", "maker-password", 404), ("birch@example.com", "birch-password", 404)):
            self.authenticate(login, password)
            self.assertEqual(self.url_open(path).status_code, status, login)
        self.ended()
        self.authenticate("alder@example.com", "alder-password")
        self.assertIn(self.url_open(path).status_code, (403, 404))
