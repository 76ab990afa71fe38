"""A grant: its budget, what it promised, what is charged to it, and a report that is closed."""

from people import signed, user

from odoo import Command, fields

BUDGET = (("Making of components", 45000, True), ("Design and engineering", 10000, True), ("Training and evaluation", 5000, False))
TARGETS = (
    ("components_made", "a_output", 60, "60 components of distributed making"), ("homes_complete", "b_outcome", 1, "One building, made together"),
    ("members", "b_outcome", 8, "Eight workshops in three regions"),
)
PAPER = b"%PDF-1.4\n% A bill of the demonstration (illustrative).\n"


def spend_a_grant(env):
    """A bill is posted and charged to the budget, what is not billed yet by its receipts; some have evidence."""
    _post_a_bill(env)
    env = env(user=user(env, "manager"))
    grant = env["wcm.grant"].search([("reference", "=", "DEMO-26")])
    grant.write({
        "responsible_id": env.uid, "mail_every": "quarterly",
        "budget_line_ids": [Command.create({"name": name, "amount": amount, "is_restricted": restricted}) for name, amount, restricted in BUDGET],
        "target_ids": [
            Command.create({"indicator_id": env["wcm.indicator"].search([("code", "=", code)]).id, "kind": kind, "target": target, "words": words})
            for code, kind, target, words in TARGETS
        ],
    })
    _charge(env, grant)
    signed(env)


def _post_a_bill(env):
    """The one whose number the member gave, of yesterday: so that a report that is over has something in it."""
    bill = env["account.move"].search([("wcm_membership_id", "!=", False), ("move_type", "=", "in_invoice"), ("state", "=", "draft"), ("ref", "!=", False)], order="id", limit=1)
    bill.invoice_date = fields.Date.subtract(fields.Date.context_today(bill), days=1)
    bill.action_post()
    env.flush_all()


def _charge(env, grant):
    window = grant.action_charge()
    for kind in ("billed", "received"):
        charged = grant.spend_ids.purchase_line_id
        rows = env["wcm.spend"].search([*window["domain"], ("kind", "=", kind)]).filtered(lambda row, charged=charged: row.purchase_line_id not in charged and row.amount > 0)
        for row in rows:
            source = {"bill_line_id": row.bill_line_id.id} if kind == "billed" else {"receipt_id": row.receipt_id.id}
            env["wcm.grant.spend"].create({"budget_line_id": grant.budget_line_ids[0].id, **source})
    for spend in grant.spend_ids[:3]:
        name = f"{spend.document.replace('/', '-')} (illustrative).pdf"
        spend.evidence_ids = env["ir.attachment"].create({"name": name, "raw": PAPER, "res_model": spend._name, "res_id": spend.id})


def close_a_report(env):
    """The grant's first weeks are reported; the next report is due."""
    env = env(user=user(env, "manager"))
    grant = env["wcm.grant"].search([("reference", "=", "DEMO-26")])
    yesterday = fields.Date.subtract(fields.Date.context_today(grant), days=1)
    first, _second = env["wcm.grant.report"].create([
        {"grant_id": grant.id, "date_from": grant.date_start, "date_to": yesterday, "date_due": fields.Date.add(yesterday, days=14)},
        {"grant_id": grant.id, "date_from": fields.Date.add(yesterday, days=1), "date_to": grant.date_end, "date_due": fields.Date.add(grant.date_end, days=30)},
    ])
    first.action_close()
    signed(env)
