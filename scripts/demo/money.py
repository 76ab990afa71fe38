"""Money: what was accepted is levied, billed and disputed."""

from people import signed, user

from odoo import fields

WRONG = "We brought one more block than stands here (illustrative)."
SHORT = "One block of this order stands here as not accepted; it was passed on site (illustrative)."
FOUND = "It waits for its check on site, and counts when that is passed (illustrative)."


def keep_accounts(env):
    """A chart of accounts, as whoever keeps the books chooses one; then the levy as every night counts it."""
    if not env["account.journal"].search_count([("type", "=", "purchase"), ("company_id", "=", env.company.id)], limit=1):
        env["account.chart.template"].try_loading("uk", env.company)
    env["wcm.levy.entry"]._cron_accrue()


def settle_with_members(env):
    """Bills and levy are proposed for those with accepted blocks; one gives its number, one says that something is wrong."""
    manager = user(env, "manager")
    members = env["wcm.levy.entry"].search([]).membership_id.sorted("id")
    some = members[: max(1, len(members) - 1)].with_user(manager).sudo(False)
    some.action_propose_bills()
    some[:1].action_propose_levy_invoices()
    bill = env["account.move"].search([("wcm_membership_id", "in", some.ids), ("move_type", "=", "in_invoice")], order="id", limit=1)
    owner = bill.wcm_membership_id.person_ids.filtered(lambda person: person.role == "owner").user_id[:1]
    bill.wcm_membership_id.with_user(owner).action_give_invoice_number(bill.id, "2026-117")
    month = fields.Date.start_of(fields.Date.context_today(bill), "month")
    bill.wcm_membership_id.with_user(owner).action_dispute_statement(str(month), False, WRONG)
    env["wcm.statement.dispute"].search([], limit=1).with_user(manager).action_answer(FOUND)
    signed(env)


def pay_late(env):
    """One bill was paid late, the next is open past its day; another order is disputed and waits for its answer."""
    env["wcm.levy.entry"].search([]).membership_id.with_user(user(env, "manager")).sudo(False).action_propose_bills()
    bills = env["account.move"].search([("wcm_membership_id", "!=", False), ("move_type", "=", "in_invoice"), ("state", "=", "draft")], order="amount_total desc, id", limit=2)
    today = fields.Date.context_today(bills)
    for bill, days in zip(bills, (52, 41), strict=False):
        bill.write({"ref": bill.ref or f"2026-{days}", "invoice_date": fields.Date.subtract(today, days=days)})
        bill.action_post()
    paid = bills[:1].with_context(active_model="account.move", active_ids=bills[:1].ids)
    if paid:
        paid.env["account.payment.register"].create({"payment_date": fields.Date.subtract(today, days=9)})._create_payments()
    order = bills[1:].invoice_line_ids.purchase_line_id.wcm_work_order_id[:1]
    owner = order.membership_id.person_ids.filtered(lambda person: person.role == "owner").user_id[:1]
    if owner:
        month = fields.Date.start_of(today, "month")
        order.membership_id.with_user(owner).action_dispute_statement(str(month), order.id, SHORT)
    signed(env)
