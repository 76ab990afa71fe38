"""Two people at one moment, a double click, and members who call what is not theirs."""

from odoo import SUPERUSER_ID, api
from odoo.exceptions import AccessError
from odoo.service.model import retrying
from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_levy_entry import TogetherCase
from .test_statement_money import StatementCase

BUTTONS = {
    "wcm.membership": ("action_propose_bills", "action_propose_levy_invoices", "action_propose_region_bills"),
    "wcm.levy.entry": ("action_accrue",),
    "wcm.statement.dispute": ("action_answer",),
}


@tagged("post_install", "-at_install")
class TestMoneyButtonsTwice(StatementCase):
    def test_each_button_pressed_twice_does_it_once(self):
        runner = self.env["res.partner"].create({"name": "Bristol Makers CIC", "is_company": True, **self.partner_accounts})
        self.bristol.run_by_id = runner
        member = self.alder.with_user(self.manager)
        for method, kind, partner in (
            ("action_propose_bills", "in_invoice", self.alder.partner_id), ("action_propose_levy_invoices", "out_invoice", self.alder.partner_id),
            ("action_propose_region_bills", "in_invoice", runner),
        ):
            for _click in range(2):
                getattr(member, method)()
                self.settle()
            made = self.env["account.move"].search([("partner_id", "=", partner.id), ("move_type", "=", kind)])
            with self.subTest(method):
                self.assertEqual(len(made), 1)
            self.post(made, method)
        self.assertEqual(len(self.order.levy_entry_ids), 1)

    def test_settling_twice_keeps_who_did_it_first(self):
        dispute = self.dispute()
        dispute.with_user(self.coordinator).action_answer("It came on Friday")
        dispute.with_user(self.alder_user).action_settle()
        first = dispute.settled_on
        dispute.with_user(self.coordinator).action_settle()
        self.assertEqual((dispute.settled_by_id, dispute.settled_on), (self.alder_user, first))

    def test_members_are_refused_by_every_button_of_the_coordinators(self):
        self.accrue()
        records = {"wcm.membership": self.alder, "wcm.levy.entry": self.order.levy_entry_ids, "wcm.statement.dispute": self.dispute()}
        maker = self.alder._create_portal_user("max@example.com", "Max")
        for model, methods in BUTTONS.items():
            for method in methods:
                for user in (self.alder_user, self.birch_user, maker):
                    with self.subTest(f"{model}.{method} {user.login}"), self.assertRaises(AccessError):
                        getattr(records[model].with_user(user), method)()
        self.assertFalse(self.drafts("in_invoice", "out_invoice"))

    def test_members_read_no_bill_of_the_network_by_any_call(self):
        bills = self.env["wcm.bill"]
        for user in (self.alder_user, self.birch_user):
            for call in (
                lambda model: model.search_count([]), lambda model: model.search_read([], ["amount"]), lambda model: model.web_search_read([], {"amount": {}}),
                lambda model: model._read_group([], ["membership_id"], ["__count"]), lambda model: model.formatted_read_group([], ["membership_id"], ["__count"]),
                lambda model: model.name_search(""), lambda model: model.get_views([(False, "list")]), lambda model: model.browse(1).read(["name"]),
            ):
                with self.assertRaises(AccessError):
                    call(bills.with_user(user))


@tagged("post_install", "-at_install")
class TestMoneyTogether(TogetherCase):
    """Two coordinators propose the same at one moment, each in a transaction of its own."""

    def propose(self, method, before=None):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["wcm.membership"].browse(self.member_id).mapped("money_levy")  # the transaction begins here
            if before:
                before()
            retrying(getattr(env["wcm.membership"].browse(self.member_id), method), env)

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_two_proposals_of_the_levy_make_one_invoice(self):
        method = "action_propose_levy_invoices"
        self.propose(method, before=lambda: self.propose(method))
        with self.registry.cursor() as cr:
            entries = api.Environment(cr, SUPERUSER_ID, {})["wcm.levy.entry"].search([("work_order_id", "=", self.order_id)])
            lines = entries.env["account.move.line"].search([("wcm_kind", "=", "levy"), ("name", "ilike", entries.work_order_id.name)])
            self.assertEqual((len(entries), lines.mapped("price_subtotal")), (1, [4.5]))
