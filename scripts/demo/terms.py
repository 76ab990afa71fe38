"""The terms go on: a draft of the next version waits for a manager."""

from people import signed, user

from odoo import Command

WORDS = "Homes that are made in Bristol are lifted in on Tuesdays and Thursdays. Whoever delivers on another day tells the coordinator two days before."


def draft_the_next_version(env):
    """The coordinator of Bristol proposes an annex for its region and asks a manager to approve it (illustrative)."""
    coordinator = user(env, "coordinator")
    draft = env["wcm.terms"].with_user(coordinator)._in_force().with_user(coordinator).sudo(False).copy({"version": "1.1 draft"})
    bristol = env.ref("wcm_mapping.region_bristol")
    clause = Command.create({"heading": "Days of delivery", "text": WORDS, "summary": "Tuesdays and Thursdays, or tell us before."})
    draft.annex_ids = [Command.create({"name": "Bristol", "region_id": bristol.id, "changes_payment": True, "payment_days": 21, "clause_ids": [clause]})]
    draft.action_ask_approval()
    signed(env)
