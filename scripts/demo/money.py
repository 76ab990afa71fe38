"""Money: what was accepted is levied, billed and disputed."""

from people import signed, user

from odoo import fields

WRONG = "We brought one more block than stands here (illustrative)."
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
