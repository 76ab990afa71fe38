"""A workshop's whole life in the network: it applies on the public site, makes, is suspended and returns, and leaves with its data."""

import io
import zipfile
from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.wcm_network.tests.test_application import ApplicationCase
from odoo.addons.wcm_network.tests.test_settlement import MoneyCase

OWNED = (
    "wcm.work.order", "wcm.part", "wcm.shipment", "wcm.offer.answer", "wcm.record.contest", "wcm.statement.dispute", "wcm.levy.entry",
    "wcm.member.person", "wcm.terms.acceptance", "wcm.inspection", "wcm.nonconformity", "wcm.quality.rating",
)


class LifeCase(ApplicationCase, MoneyCase):
    """Elm Works is on the public map and in nobody's network; Alder has delivered three blocks, which Elm must never see."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead = cls.make_user("life_lead", "wcm_qc.group_quality_lead")
        cls.env["account.journal"].create({"name": "Test bank", "code": "TBNK", "type": "bank"})
        cls.env["ir.config_parameter"].set_param("wcm_network.first_pieces", "True")
        cls.env["ir.config_parameter"].set_param("wcm_qc.probation_orders", "2")
        cls.env["wcm.control.plan"].create({
            "name": "Wall block, first article", "stage": "first_article", "product_ids": cls.block.ids,
            "checkpoint_ids": [Command.create({"name": "Fits the gauge", "kind": "pass_fail"})],
        }).with_user(cls.lead).action_approve()

    def mailed(self, words):
        return self.env["mail.message"].search([("subject", "like", words)])

    def sees_only(self, user, members):
        """Whatever a person of these members finds is theirs; a page of another is refused."""
        for model in OWNED:
            records = self.env[model].with_user(user)
            found = records.search([]) if records.has_access("read") else records
            self.assertLessEqual(found.sudo().membership_id, members, f"{user.name} finds {model} of others")
        self.assertLessEqual(self.env["wcm.membership"].with_user(user).search([]), members)
        for call in (lambda m: m.member_record(self.alder.id), lambda m: m.member_leaving(self.alder.id), lambda m: m.member_record_rows(self.alder.id, "on_time")):
            with self.assertRaises(AccessError):
                call(self.env["wcm.membership"].with_user(user))

    def admitted(self, **said):
        """Applied, reviewed, terms accepted by its owner: on probation."""
        application = self.apply(**said)
        self.add_paper(application)
        application = application.with_user(self.coordinator)
        application.action_review()
        application.document_ids.action_accept()
        application.action_invite_owner()
        member = application.membership_id.sudo(False).with_user(self.env.user)
        owner = member._owners().user_id
        owner.password = "owner-password"
        with self.assertRaises(UserError):
            application.action_admit()
        member.with_user(owner).action_accept_terms(name="Jo Oak", role="director")
        for check in application.check_ids.filtered(lambda one: not one.is_done):
            check.note = False if check.holds else "Seen on the visit"
            check.action_tick()
        application.action_admit()
        member.partner_id.write(self.partner_accounts)
        return member, owner


@tagged("post_install", "-at_install")
class TestApplyToLeave(LifeCase):
    def test_a_workshop_applies_makes_is_suspended_returns_and_leaves(self):
        self.elm, self.owner = self.admitted()
        self.assertEqual(self.elm.state, "probation")
        self.sees_only(self.owner, self.elm)
        self._makes_its_first_piece_and_the_rest()
        self._reads_and_contests_its_record()
        self._passes_probation()
        self._is_suspended_in_the_middle_of_a_session_and_returns()
        self._is_paid()
        self._leaves()
        self._takes_its_data_along_and_is_forgotten()

    def _makes_its_first_piece_and_the_rest(self):
        line = self.make_build("Elm's home", {self.block: 3}).line_ids
        order = self.make_order(self.elm, line, 3)
        order.with_user(self.coordinator).action_offer()
        order.with_user(self.owner).action_accept()
        order.with_user(self.manager).action_release()
        first = self.env["wcm.work.order"].search([("membership_id", "=", self.elm.id), ("is_first_piece", "=", True)])
        self.assertEqual((first.quantity, first.state, order.state), (1, "released", "accepted"))
        self._make(first)
        check = first.part_ids.inspection_ids
        self.assertEqual(check.stage, "first_article")
        check.with_user(self.lead).line_ids.passed_by_hand = "pass"
        check.with_user(self.lead).action_close()
        self.assertTrue(first.first_accepted_on)
        order.with_user(self.manager).action_release()
        self._make(order)
        self.orders = first | order
        self._deliver()
        self.sees_only(self.owner, self.elm)

    def _make(self, order):
        self.supply(order)
        order.with_user(self.owner).action_start()
        order.part_ids.with_user(self.owner).action_mark_made("SH-A")

    def _deliver(self):
        self.orders.part_ids.with_user(self.owner).action_pack()
        for shipment in self.orders.part_ids.shipment_id:
            shipment.with_user(self.owner).action_dispatch()
            shipment.with_user(self.manager).action_receive_all()
        self.settle()
        self.assertEqual(set(self.orders.mapped("state")), {"received"})

    def figures(self):
        [record] = self.env["wcm.membership"].with_user(self.owner).member_record()
        return {one["key"]: one for one in record["figures"]}

    def _reads_and_contests_its_record(self):
        figures = self.figures()
        self.assertEqual((figures["on_time"]["count"], figures["first_pass"]["count"]), ("2 of 2", "1 of 1"))
        self.assertEqual(figures["response"]["count"], "of 1 answers")
        [answer] = self.env["wcm.membership"].with_user(self.owner).member_record_rows(self.elm.id, "response")["rows"]
        self.elm.with_user(self.owner).action_contest("response", answer["id"], "We were on holiday, as agreed")
        contest = self.env["wcm.record.contest"].search([("membership_id", "=", self.elm.id)])
        with self.assertRaises(AccessError):
            contest.with_user(self.alder_user).read(["reason"])
        contest.with_user(self.coordinator).action_uphold("Agreed in writing.")
        self.assertEqual((self.figures()["response"]["value"], self.figures()["response"]["left_out"]), ("Nothing to count yet", 1))

    def _passes_probation(self):
        reasons = self.elm.with_user(self.coordinator).probation_reasons
        self.assertIn("✓ First pieces accepted: 1", reasons)
        self.assertIn("✓ Orders on time and right first time: 2 of 2 delivered (at least 2)", reasons)
        self.elm.with_user(self.coordinator).action_activate()
        self.assertEqual(self.elm.state, "active")
        self.assertIn(self.owner.partner_id, self.mailed("probation is passed").notified_partner_ids)

    def _is_suspended_in_the_middle_of_a_session_and_returns(self):
        self.authenticate(self.owner.login, "owner-password")
        self.assertEqual(self.url_open("/workshop").status_code, 200)
        self.elm.with_user(self.coordinator).action_suspend("The insurance ran out")
        self.assertIn("The insurance ran out", self.mailed("is suspended").body)
        self.assertNotIn("wcm_network.webclient", self.url_open("/workshop").text, "the session has ended")
        with self.assertRaises(AccessError):
            self.env["wcm.membership"].with_user(self.owner).member_record()
        self.assertFalse(self.env["wcm.work.order"].with_user(self.owner).search([]))
        self.elm.with_user(self.coordinator).action_resume()
        self.assertEqual(self.elm.state, "active")
        self.assertTrue(self.mailed("Elm Works: the membership goes on"))
        self.assertEqual(self.env["wcm.work.order"].with_user(self.owner).search([]), self.orders)

    def _is_paid(self):
        self.accrue(self.elm)
        self.propose_bills(self.elm)
        bills = self.env["account.move"].search([("wcm_membership_id", "=", self.elm.id), ("move_type", "=", "in_invoice")])
        for number, bill in enumerate(bills):
            bill.invoice_date = fields.Date.today()
            self.elm.with_user(self.owner).action_give_invoice_number(bill.id, f"ELM-{number}")
            bill.action_post()
        self.settle()
        self.assertEqual(sum(bills.mapped("amount_untaxed")), 150)
        self.assertIn("not settled", " ".join(self.elm._warned_at_leaving()))
        for bill in bills:
            register = self.env["account.payment.register"].with_context(active_model="account.move", active_ids=bill.ids)
            register.create({})._create_payments()
        self.settle()
        statement = self.env["wcm.membership"].with_user(self.owner).workshop_statements()[0]
        self.assertEqual(statement["totals"]["received"], "3")

    def _leaves(self):
        day = fields.Date.to_string(fields.Date.today() + timedelta(days=10))
        self.elm.with_user(self.owner).action_leave("We move to Wales", day)
        other = self.make_order(self.elm, self.make_build("One more", {self.beam: 1}).line_ids, 1)
        with self.assertRaisesRegex(UserError, "is leaving"):
            other.with_user(self.coordinator).action_offer()
        other.sudo().unlink()
        with self.assertRaisesRegex(UserError, "orders to finish"):
            self.elm.with_user(self.coordinator).action_end("It moves to Wales")
        self.orders.with_user(self.coordinator).action_close()
        self.authenticate(self.owner.login, "owner-password")
        self.assertEqual(self.url_open(f"/network/member/{self.elm.id}/data.zip").status_code, 200)
        self.elm.with_user(self.coordinator).action_end("It moves to Wales")
        self.assertEqual(self.elm.state, "ended")
        self.assertNotIn("wcm_network.webclient", self.url_open("/workshop").text)
        self.assertIn(self.url_open(f"/network/member/{self.elm.id}/data.zip", allow_redirects=False).status_code, (303, 404))
        for model in OWNED:
            records = self.env[model].with_user(self.owner)
            self.assertFalse(records.has_access("read") and records.search([]), f"{model} can still be read")

    def _takes_its_data_along_and_is_forgotten(self):
        with self.enter_registry_test_mode():
            self.env.ref("wcm_network.cron_membership_archive").method_direct_trigger()
        archive = self.env["wcm.membership.archive"].search([("membership_id", "=", self.elm.id)])
        self.assertEqual(archive.state, "ready")
        self.assertEqual(self.mailed("your data to take along").notified_partner_ids, self.owner.partner_id)
        self.authenticate(None, None)
        answer = self.url_open(f"/network/left/{archive._link_token('data')}/data.zip")
        with zipfile.ZipFile(io.BytesIO(answer.content)) as files:
            told = {name: files.read(name).decode("utf-8", "replace") for name in files.namelist()}
        for order in self.orders:
            self.assertIn(order.name, told["orders.csv"])
        for part in self.orders.part_ids:
            self.assertIn(part.name, told["blocks.csv"])
        self.assertIn("ELM-0", told["bills.csv"])
        self.assertIn("Jo Oak", told["people.csv"])
        for word in ("Alder", self.order.name, *self.parts.mapped("name"), "Birch"):
            self.assertNotIn(word, "".join(told.values()), "nothing of another member")
        archive.until = fields.Date.today() - timedelta(days=1)
        with self.enter_registry_test_mode():
            self.env.ref("wcm_network.cron_membership_archive_over").method_direct_trigger()
        self.settle()
        self.assertFalse(archive.file)
        self.assertEqual(self.url_open(f"/network/left/{archive._link_token('data')}").status_code, 404)
        self.assertEqual((bool(archive.erased_at), self.owner.active), (True, False))
        self.assertNotIn("Jo Oak", self.owner.partner_id.name)
        self.assertEqual(self.orders.mapped("state"), ["closed", "closed"], "what was made stays on record")


@tagged("post_install", "-at_install")
class TestSpacesAndPeople(LifeCase):
    """One organisation with two spaces: an owner of both, a supervisor of the first, a maker of the second, one who is both."""

    def test_each_sees_its_spaces_and_does_what_its_role_lets_it(self):
        self._two_spaces_of_one_operator()
        self._people_are_added_by_the_owner()
        self._makers_see_no_offer_and_supervisors_answer_them()
        self._one_space_is_shut_and_the_other_works_on()
        self._one_space_leaves_and_people_of_both_stay()

    def _two_spaces_of_one_operator(self):
        self.first, self.owner = self.admitted()
        self.listed = self.make_facility("Elm Annex", self.bristol, "charity", {"latitude": 51.4, "longitude": -2.6})
        self.listed.write({"visibility": "public", "operator_id": False, "zip": "BS4 1DB", "city": "Bristol"})
        self.second, owner = self.admitted()
        self.assertEqual((owner, self.second.partner_id), (self.owner, self.first.partner_id))
        self.assertEqual(self.env["wcm.membership"].with_user(self.owner).search([]), self.first | self.second)

    def _people_are_added_by_the_owner(self):
        self.first.with_user(self.owner).action_add_person("Sam Super", "sam@oak.example", "supervisor")
        self.second.with_user(self.owner).action_add_person("Max Maker", "max@oak.example", "maker")
        self.first.with_user(self.owner).action_add_person("Bo Both", "bo@oak.example", "supervisor")
        self.second.with_user(self.owner).action_add_person("Bo Both", "bo@oak.example", "maker")
        users = self.env["res.users"].search([("login", "like", "@oak.example")])
        self.supervisor, self.maker, self.both = (users.filtered(lambda one, login=login: one.login == f"{login}@oak.example") for login in ("sam", "max", "bo"))
        for user, members in ((self.owner, self.first | self.second), (self.supervisor, self.first), (self.maker, self.second), (self.both, self.first | self.second)):
            self.sees_only(user, members)
            self.assertEqual(self.env["wcm.membership"].with_user(user).search([]), members)
        for user in (self.supervisor, self.maker, self.both):
            with self.assertRaises(AccessError):
                self.first.with_user(user).action_add_person("Ann Other", "ann@oak.example", "owner")
            with self.assertRaises(AccessError):
                self.first.with_user(user).action_leave("Mine", "2099-01-01")

    def _makers_see_no_offer_and_supervisors_answer_them(self):
        line = self.make_build("Two spaces", {self.beam: 6}).line_ids
        self.ours, self.theirs = (self.make_order(member, line, 1) for member in (self.first, self.second))
        (self.ours | self.theirs).with_user(self.coordinator).action_offer()
        orders = self.env["wcm.work.order"]
        self.assertEqual(orders.with_user(self.supervisor).search([]), self.ours)
        self.assertFalse(orders.with_user(self.maker).search([]), "offers are for the office")
        for user, order in ((self.maker, self.theirs), (self.both, self.theirs), (self.supervisor, self.theirs)):
            with self.assertRaises(AccessError):
                order.with_user(user).action_accept()
        self.ours.with_user(self.supervisor).action_accept()
        self.theirs.with_user(self.owner).action_accept()
        self.assertEqual(orders.with_user(self.maker).search([]), self.theirs)
        with self.assertRaises(AccessError):
            self.theirs.with_user(self.maker).read(["price_unit"])
        self.assertEqual(self.ours.with_user(self.supervisor).price_unit, 50)
        self.assertEqual([one["name"] for one in self.env["wcm.membership"].with_user(self.supervisor).member_record()], ["Elm Works"])
        with self.assertRaises(AccessError):
            self.env["wcm.membership"].with_user(self.maker).member_record()

    def _one_space_is_shut_and_the_other_works_on(self):
        self.first.with_user(self.coordinator).action_suspend("Flooded")
        orders = self.env["wcm.work.order"]
        self.assertEqual(orders.with_user(self.owner).search([]), self.theirs)
        self.assertFalse(orders.with_user(self.supervisor).search([]))
        self.assertEqual(orders.with_user(self.maker).search([]), self.theirs)
        self.first.with_user(self.coordinator).action_resume()
        self.assertEqual(orders.with_user(self.owner).search([]), self.ours | self.theirs)

    def _one_space_leaves_and_people_of_both_stay(self):
        self.ours.with_user(self.coordinator).action_cancel("The space closes")
        self.first.with_user(self.owner).action_leave("The lease ended", "2099-01-01")
        self.assertFalse(self.second.is_leaving)
        self.first.with_user(self.coordinator).action_end("The lease ended")
        archive = self.env["wcm.membership.archive"].search([("membership_id", "=", self.first.id)])
        self.assertFalse(self.env["wcm.membership.archive"].search([("membership_id", "=", self.second.id)]))
        archive._erase_people()
        self.settle()
        self.assertEqual([user.active for user in (self.owner, self.both, self.maker, self.supervisor)], [True, True, True, False])
        self.assertEqual(self.env["wcm.work.order"].with_user(self.owner).search([]), self.theirs)
