from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_amount


class WcmMembership(models.Model):
    """What is to be settled with a member, and the drafts that settle it: bills of accepted blocks, invoices of the levy.

    All of them are drafts of Odoo's accounting; whoever posts them decides. Amounts here are in the company's currency,
    others by the rate of the day, for the overview only: a draft is in the currency of its orders.
    """

    _inherit = "wcm.membership"

    _guarded = frozenset({"settled_on"})

    settled_on = fields.Datetime("Last proposed", readonly=True, copy=False, help="When bills or invoices were last proposed.")
    company_currency_id = fields.Many2one("res.currency", compute="_compute_company_currency_id")
    money_to_bill = fields.Monetary("To bill", currency_field="company_currency_id", compute="_compute_money", compute_sudo=True, groups="wcm_network.group_coordinator", help="Accepted and not billed: price of accepted blocks on no bill, drafts among them; without VAT.")
    money_to_credit = fields.Monetary("To credit", currency_field="company_currency_id", compute="_compute_money", compute_sudo=True, groups="wcm_network.group_coordinator", help="Price of blocks that were billed and went back, on no credit note.")
    money_held = fields.Monetary("Billed, now held", currency_field="company_currency_id", compute="_compute_money", compute_sudo=True, groups="wcm_network.group_coordinator", help="Price of blocks that were billed and wait for a decision: owed when they are released, credited when they go back or the member agrees that it bears them.")
    money_levy = fields.Monetary("Levy", currency_field="company_currency_id", compute="_compute_money", compute_sudo=True, groups="wcm_network.group_coordinator", help="On no invoice; as counted last night.")
    money_late = fields.Monetary("Late", currency_field="company_currency_id", compute="_compute_money", compute_sudo=True, groups="wcm_network.group_coordinator", help="Open on bills past their day.")
    money_late_days = fields.Integer("Days late", compute="_compute_money", compute_sudo=True, groups="wcm_network.group_coordinator", aggregator="max", help="Of the oldest late bill.")

    def _compute_company_currency_id(self):
        self.company_currency_id = self.env.company.currency_id

    @api.depends_context("company")
    def _compute_money(self):
        orders = self._settled_orders()
        found = {member: defaultdict(float) for member in self}
        for order, quantities in orders._quantities_to_settle().items():
            for kind, quantity in quantities._asdict().items():
                found[order.membership_id][kind] += self._in_company_currency(quantity * order._price_agreed(), order.purchase_line_id.currency_id)
        waiting = [("is_invoiced", "=", False), ("membership_id", "in", self.ids)]
        for member, currency, levy in self.env["wcm.levy.entry"]._read_group(waiting, ["membership_id", "currency_id"], ["levy:sum"]):
            found[member]["levy"] += self._in_company_currency(levy, currency)
        for member, bills in orders._late_bills().items():
            found[member]["late"] = sum(self._in_company_currency(bill._amount_late(), bill.currency_id) for bill in bills)
            found[member]["days"] = max(bill._days_late() for bill in bills)
        for member, sums in found.items():
            member.money_to_bill, member.money_to_credit, member.money_held = sums["bill"], sums["credit"], sums["held"]
            member.money_levy = sums["levy"]
            member.money_late, member.money_late_days = sums["late"], sums["days"]

    def _in_company_currency(self, amount, currency):
        company = self.env.company
        return currency._convert(amount, company.currency_id, company, fields.Date.context_today(self))

    def _settled_orders(self):
        return self.env["wcm.work.order"].sudo().search([("membership_id", "in", self.ids), ("purchase_line_id", "!=", False)])

    def action_propose_bills(self):
        """Draft bills of what these members had accepted and is on no bill; credit notes of what was billed and went back."""
        return self._propose(lambda members: members._settled_orders()._propose_bills(), self.env._("Nothing accepted waits for a bill."))

    def action_propose_levy_invoices(self):
        """Draft invoices of the levy, one for each member, currency and month; credit notes where it is negative."""
        return self._propose(lambda members: members._propose_levy_invoices(), self.env._("No levy waits for an invoice."))

    def action_propose_region_bills(self):
        """Draft bills of the share of those who run the regions of these members; for managers, as a coordinator may be one of them."""
        if not self.env.user.has_group("wcm_network.group_manager"):
            self._check_coordinator()
            raise UserError(self.env._("A region's share is proposed by a manager of the network, not by the region itself."))
        return self._propose(lambda members: members.region_id._propose_share_bills(), self.env._("No share of a region waits for a bill."))

    def _propose(self, make, nothing):
        """Whoever proposes at the same moment begins again and finds it done: the members are written first."""
        self._check_coordinator()
        if not self:
            raise UserError(self.env._("Choose the members first."))
        members = self.sudo()
        members.settled_on = fields.Datetime.now()
        members.flush_recordset(["settled_on"])
        self.env["wcm.levy.entry"]._accrue(members)
        return self._told_of(make(members), nothing, members._settled_orders()._uncounted_words())

    def _told_of(self, moves, nothing, left_out=""):
        kinds = dict(moves._fields["move_type"]._description_selection(self.env))
        lines = [f"{move.partner_id.name}: {kinds[move.move_type]}, {format_amount(self.env, move.amount_untaxed, move.currency_id)}, {move.invoice_origin or ''}" for move in moves]
        message = self.env._("Proposed as drafts, for accounting to check and post:\n%s", "\n".join(lines)) if moves else nothing
        message = "\n".join(filter(None, (message, left_out)))
        reload = {"type": "ir.actions.client", "tag": "soft_reload"}
        kind = "warning" if left_out else "success" if moves else "info"
        values = {"type": kind, "message": message, "sticky": bool(moves or left_out), "next": reload}
        return {"type": "ir.actions.client", "tag": "display_notification", "params": values}

    def _tell_of_uncounted(self):
        """Once for each member, until somebody has dealt with it: an order is levied when Odoo has the rate that it needs."""
        for member, orders in self._settled_orders()._without_levy_rate().grouped("membership_id").items():
            summary = self.env._("Levy not counted")
            if not member.activity_ids.filtered(lambda activity, summary=summary: activity.summary == summary):
                for user in member.region_id.coordinator_ids:
                    member.activity_schedule("mail.mail_activity_data_todo", summary=summary, note=orders._uncounted_words(), user_id=user.id)

    def _propose_levy_invoices(self):
        entries = self.env["wcm.levy.entry"].sudo().search([("is_invoiced", "=", False), ("membership_id", "in", self.ids)], order="date, id")
        return entries._propose("invoice_line_id", "levy", lambda entry: entry.membership_id)

    def _deduction_lines(self, price, currency):
        """Hook: lines of a bill that take something off it, at most its price; see wcm_qc."""
        return []

    def _tell_of_bill(self, bill):
        """Its owners and supervisors are asked for the number of their own invoice."""
        amount = format_amount(self.env, bill.amount_untaxed, bill.currency_id)
        if bill.move_type == "in_refund":
            subject = self.env._("%s is credited: blocks that were billed went back", amount)
            words = self.env._("You see it under “What we are owed”.")
        else:
            subject = self.env._("A bill of %s is ready", amount)
            words = self.env._("Give the number of your own invoice under “What we are owed”, so that it can be paid.")
        self.message_notify(partner_ids=self._office_users().partner_id.ids, subject=subject, body=words)
