from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import NetworkCase

PRICES = ("price_unit", "price_total", "currency_id", "counter_price_unit", "counter_reason", "decline_reason", "offer_expires_on")


class PeopleCase(NetworkCase):
    """Alder Works has an owner (`alder_user`), a supervisor and a maker with logins of their own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.supervisor = cls.alder._create_portal_user("sue@example.com", "Sue", password="sue@example.com", role="supervisor")
        cls.maker = cls.alder._create_portal_user("max@example.com", "Max", password="max@example.com")
        cls.owner = cls.alder_user
        cls.offer = cls.make_order(cls.alder, cls.block_line, 3, state="offered")
        cls.job = cls.make_order(cls.alder, cls.beam_line, 2, state="accepted")

    def person(self, user):
        return self.env["wcm.member.person"].search([("user_id", "=", user.id)])

    def assertRefused(self, call, words=""):
        with self.assertRaisesRegex(AccessError, words), self.env.cr.savepoint():
            call()


@tagged("post_install", "-at_install")
class TestMemberRoles(PeopleCase):
    def test_the_first_one_is_an_owner_and_others_are_makers(self):
        self.assertEqual([self.person(user).role for user in (self.owner, self.supervisor, self.maker)], ["owner", "supervisor", "maker"])
        self.assertEqual(self.alder.user_ids, self.owner | self.supervisor | self.maker)

    def test_a_maker_sees_jobs_and_no_offers(self):
        orders = self.env["wcm.work.order"]
        self.assertEqual(orders.with_user(self.maker).search([]), self.job)
        for user in (self.owner, self.supervisor):
            self.assertEqual(orders.with_user(user).search([]), self.offer | self.job)
        self.assertRefused(lambda: self.offer.with_user(self.maker).read(["name"]))

    def test_a_maker_reads_no_price_however_it_asks(self):
        job = self.job.with_user(self.maker)
        for name in PRICES:
            with self.subTest(name):
                self.assertRefused(lambda name=name: job.read([name]))
                self.assertRefused(lambda name=name: job.search([], order=name))
                self.assertNotIn(name, job.fields_get())
                self.assertTrue(self.job.with_user(self.supervisor).read([name]))
        self.assertRefused(lambda: job.search([("price_unit", ">", 5)]))
        self.assertRefused(lambda: job.formatted_read_group([], ["state"], ["price_total:sum"]))

    def test_a_maker_answers_nothing_that_binds_the_member(self):
        self.job.with_user(self.coordinator).action_propose_change(quantity=1, reason="Fewer")
        change = self.job.change_ids.with_user(self.maker)
        job = self.job.with_user(self.maker)
        for call in (change.action_agree, lambda: change.action_refuse("No"), lambda: job.action_counter(1), job.action_accept, lambda: job.action_decline("No")):
            self.assertRefused(call, "owner or a supervisor")
        change.with_user(self.supervisor).action_agree()
        self.assertEqual(self.job.quantity, 1)

    def test_a_supervisor_answers_offers_and_changes_no_people(self):
        self.offer.with_user(self.supervisor).action_accept()
        self.assertEqual(self.offer.accepted_by_id, self.supervisor)
        self.assertRefused(lambda: self.alder.with_user(self.supervisor).action_add_person(name="Nia"), "Only an owner")
        self.assertRefused(lambda: self.person(self.maker).with_user(self.supervisor).action_set_role("owner"))

    def test_only_an_owner_accepts_terms(self):
        self.make_terms("2").action_approve()
        for user in (self.maker, self.supervisor):
            self.assertRefused(lambda user=user: self.alder.with_user(user).action_accept_terms(), "one of its owners")
        self.alder.with_user(self.owner).action_accept_terms()
        self.assertTrue(self.alder.has_current_terms)

    def test_rates_and_offered_hours_are_no_makers(self):
        capability = self.alder.facility_id.capability_ids[:1]
        self.assertRefused(lambda: capability.with_user(self.maker).read(["cost_per_hour"]))
        self.assertRefused(lambda: capability.with_user(self.maker).write({"share_offered": 0.1}))
        capability.with_user(self.supervisor).write({"share_offered": 0.1})
        self.assertNotIn(self.alder.facility_id, self.env["wcm.facility"].search(self.env["wcm.facility"].with_user(self.maker)._operator_domain()))

    def test_the_page_of_its_member_opens_for_a_maker_without_what_it_is_worth(self):
        figures = ["workshop_open_orders", "workshop_blocks_delivered"]
        self.assertEqual(self.alder.with_user(self.maker).read(figures)[0]["workshop_open_orders"], 1)
        self.assertRefused(lambda: self.alder.with_user(self.maker).read(["workshop_value_accepted"]))
        self.assertEqual(self.alder.with_user(self.supervisor).read(["workshop_value_accepted"])[0]["workshop_value_accepted"], self.job.price_total)

    def test_what_a_maker_is_shown_names_no_price(self):
        for view in ("kanban", "list", "form", "search"):
            arch = self.env["wcm.work.order"].with_user(self.maker).get_view(view_type=view)["arch"]
            self.assertFalse([name for name in (*PRICES, "action_accept") if f'"{name}"' in arch], view)
        keys = {card["key"] for card in self.env["wcm.membership"].with_user(self.maker).workshop_summary()["cards"]}
        self.assertFalse(keys & {"terms", "offers", "changes"})

    def test_offers_are_mailed_to_those_who_answer_them(self):
        draft = self.make_order(self.alder, self.block_line, 1)
        before = self.env["mail.message"].search([])
        draft.with_user(self.coordinator).action_offer()
        told = (self.env["mail.message"].search([]) - before).notified_partner_ids
        self.assertIn(self.supervisor.partner_id, told)
        self.assertNotIn(self.maker.partner_id, told)

    def test_bills_are_no_makers(self):
        for model in ("account.move", "account.move.line"):
            self.assertFalse(self.env[model].with_user(self.maker).search_count([]))
            domain = self.env["ir.rule"].with_user(self.maker)._compute_domain(model, "read")
            self.assertTrue(domain.is_false())

    def test_who_is_less_at_another_space_reads_as_little_at_both(self):
        shed = self.make_facility("Alder Shed", self.bristol, "sme", {"latitude": 51.4, "longitude": -2.6})
        shed.operator_id = self.alder.partner_id
        other = self.env["wcm.membership"].create({"facility_id": shed.id})
        other._create_portal_user("boss@example.com", "Boss")
        other._create_portal_user(self.supervisor.login, "Sue")
        self.assertFalse(self.supervisor.has_group("wcm_network.group_member_office"))


@tagged("post_install", "-at_install")
class TestMemberPeople(PeopleCase):
    def test_an_owner_adds_somebody_with_a_login_and_a_pin(self):
        self.alder.with_user(self.owner).action_add_person(name="Nia", email="Nia@Example.com", role="supervisor", pin="4711")
        nia = self.env["wcm.member.person"].search([("name", "=", "Nia")])
        self.assertEqual((nia.login, nia.role, nia.has_pin), ("nia@example.com", "supervisor", True))
        self.assertTrue(nia.user_id.has_group("wcm_network.group_member_office"))
        self.assertEqual(nia.user_id.partner_id.parent_id, self.alder.partner_id)

    def test_somebody_for_the_tablet_needs_no_login_and_gets_one_later(self):
        self.alder.with_user(self.owner).action_add_person(name="Ben", pin="BADGE-1")
        ben = self.env["wcm.member.person"].search([("name", "=", "Ben")])
        self.assertFalse(ben.user_id)
        ben.with_user(self.owner).action_invite("ben@example.com")
        self.assertEqual((ben.user_id.login, ben.user_id.name), ("ben@example.com", "Ben"))
        with self.assertRaisesRegex(UserError, "already"):
            ben.with_user(self.owner).action_invite("ben2@example.com")

    def test_a_login_of_another_member_cannot_be_taken_in(self):
        with self.assertRaisesRegex(UserError, "somebody else"), self.env.cr.savepoint():
            self.alder.with_user(self.owner).action_add_person(name="Spy", email=self.birch_user.login)
        self.assertNotIn(self.birch_user, self.alder.user_ids)
        self.assertFalse(self.env["wcm.member.person"].search([("name", "=", "Spy")]))

    def test_what_is_no_name_role_address_or_pin_is_refused_in_words(self):
        add = self.alder.with_user(self.owner).action_add_person
        for values in ({"name": " "}, {"name": 7}, {"name": "A", "role": "king"}, {"name": "A", "role": ["owner"]}, {"name": "A", "email": "nowhere"}, {"name": "A", "email": 5}, {"name": "A", "pin": "1"}, {"name": "A", "pin": 1234}):
            with self.subTest(values), self.assertRaises(UserError), self.env.cr.savepoint():
                add(**values)

    def test_who_is_removed_is_out_at_once_and_can_come_back(self):
        maker = self.person(self.maker)
        maker.with_user(self.owner).action_set_pin("4711")
        maker.with_user(self.owner).action_remove()
        self.assertNotIn(self.maker, self.alder.user_ids)
        self.assertFalse(self.env["wcm.work.order"].with_user(self.maker).search([]))
        self.assertFalse(maker.pin_hash)
        self.alder.with_user(self.owner).action_add_person(name="Max again", email=self.maker.login)
        self.assertIn(self.maker, self.alder.user_ids)

    def test_the_last_owner_stays(self):
        owner = self.person(self.owner).with_user(self.owner)
        for call in (owner.action_remove, lambda: owner.action_set_role("maker")):
            with self.assertRaisesRegex(UserError, "needs an owner"), self.env.cr.savepoint():
                call()
        with self.assertRaisesRegex(UserError, "needs an owner"), self.env.cr.savepoint():
            owner.with_user(self.coordinator).write({"role": "maker"})
        self.person(self.supervisor).with_user(self.owner).action_set_role("owner")
        owner.action_set_role("maker")
        self.assertFalse(self.owner.has_group("wcm_network.group_member_office"))
        self.assertTrue(self.supervisor.has_group("wcm_network.group_member_owner"))

    def test_of_two_who_change_roles_at_once_the_second_starts_again(self):
        before = self.alder.people_version
        self.person(self.supervisor).with_user(self.owner).action_set_role("owner")
        self.assertEqual(self.alder.people_version, before + 1)

    def test_everybody_changes_the_own_pin_and_no_others(self):
        self.person(self.maker).with_user(self.maker).action_set_pin("8822")
        self.assertTrue(self.person(self.maker).has_pin)
        for user in (self.owner, self.supervisor):
            self.assertRefused(lambda user=user: self.person(user).with_user(self.maker).action_set_pin("1111"))
        self.person(self.maker).with_user(self.owner).action_set_pin("")
        self.assertFalse(self.person(self.maker).has_pin)

    def test_people_are_seen_by_their_owners_and_by_themselves(self):
        people = self.env["wcm.member.person"]
        self.assertEqual(people.with_user(self.owner).search([]), self.alder.person_ids)
        self.assertEqual(people.with_user(self.maker).search([]), self.person(self.maker))
        self.assertRefused(lambda: self.alder.person_ids.with_user(self.birch_user).read(["name"]))
        self.assertRefused(lambda: people.with_user(self.owner).create({"name": "X", "membership_id": self.alder.id}))
        self.assertRefused(lambda: self.person(self.maker).with_user(self.owner).write({"role": "owner"}))
        self.assertRefused(lambda: self.person(self.maker).with_user(self.coordinator).write({"user_id": self.birch_user.id}))

    def test_whoever_had_access_before_there_were_roles_keeps_it(self):
        self.env.cr.execute("DELETE FROM wcm_member_person WHERE membership_id = %s", [self.alder.id])
        self.env.invalidate_all()
        self.env["wcm.membership"]._give_roles()
        self.assertEqual(self.alder.user_ids, self.owner | self.supervisor | self.maker)
        self.assertEqual(set(self.alder.person_ids.mapped("role")), {"owner"})

    def test_an_office_that_gives_access_says_the_role(self):
        invite = self.env["wcm.membership.invite"].with_user(self.coordinator)
        invite.create({"membership_id": self.alder.id, "name": "Ola", "email": "ola@example.com", "role": "supervisor"}).action_invite()
        self.assertEqual(self.alder.person_ids.filtered(lambda one: one.name == "Ola").role, "supervisor")
        self.assertRefused(lambda: invite.create({"membership_id": self.birch.id, "name": "Spy", "email": "spy@example.com"}).action_invite())

    def test_access_is_also_given_and_taken_as_a_list(self):
        self.alder.user_ids = [Command.unlink(self.maker.id)]
        self.assertFalse(self.person(self.maker))
        self.alder.user_ids = [Command.link(self.maker.id)]
        self.assertEqual(self.person(self.maker).role, "maker")


@tagged("post_install", "-at_install")
class TestMemberRolesOverHttp(PeopleCase, HttpCase):
    def call_kw(self, model, method, args, **kwargs):
        answer = self.url_open(f"/web/dataset/call_kw/{model}/{method}", json={"params": {"model": model, "method": method, "args": args, "kwargs": kwargs}}).json()
        return answer.get("result"), answer.get("error", {}).get("data", {}).get("name", "")

    @mute_logger("odoo.http")
    def test_a_maker_is_refused_over_rpc_what_is_hidden_on_its_pages(self):
        self.authenticate("max@example.com", "max@example.com")
        person, capability = self.person(self.owner), self.alder.facility_id.capability_ids[:1]
        calls = [
            ("wcm.work.order", "read", [self.job.ids, ["price_unit"]]),
            ("wcm.work.order", "web_read", [self.job.ids, {"price_total": {}}]),
            ("wcm.work.order", "read", [self.offer.ids, ["name"]]),
            ("wcm.work.order", "action_accept", [self.offer.ids]),
            ("wcm.work.order", "action_counter", [self.offer.ids, 1]),
            ("wcm.work.order", "action_decline", [self.offer.ids, "No"]),
            ("wcm.offer.decline", "search_read", [[], ["reason"]]),
            ("wcm.capability", "read", [capability.ids, ["cost_per_hour"]]),
            ("wcm.capability", "write", [capability.ids, {"share_offered": 0.1}]),
            ("wcm.capability", "write_weeks", [[{"capability_id": capability.id, "week": str(self.monday), "hours": 1, "seen": None}]]),
            ("wcm.membership", "read", [self.alder.ids, ["workshop_value_accepted"]]),
            ("wcm.membership", "action_add_person", [self.alder.ids, "Nia"]),
            ("wcm.membership", "action_accept_terms", [self.alder.ids]),
            ("wcm.member.person", "action_set_role", [self.person(self.maker).ids, "owner"]),
            ("wcm.member.person", "action_set_pin", [person.ids, "1234"]),
            ("wcm.member.person", "action_remove", [person.ids]),
            ("wcm.member.person", "action_invite", [self.person(self.maker).ids, "x@example.com"]),
        ]
        for model, method, args in calls:
            with self.subTest(f"{model}.{method}"):
                result, error = self.call_kw(model, method, args)
                self.assertEqual(error, "odoo.exceptions.AccessError", (model, method, result))
        self.assertEqual(self.offer.state, "offered")
