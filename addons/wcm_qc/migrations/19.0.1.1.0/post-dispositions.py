"""Nonconformities that were decided as a whole get a decision for each of their parts, so that these can be reworked, closed and counted.

A concession had no end: it holds for the home of its part. Where nobody kept what was decided, it follows from what
came of it; where nothing shows it yet, a quality lead decides again.
"""

from odoo import SUPERUSER_ID, api
from odoo.tools.sql import column_exists

STATES = {"decided": "to_do", "reworked": "reworked", "closed": "done"}


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
    cr.execute("""
        INSERT INTO wcm_nonconformity_holder_rel (wcm_nonconformity_id, res_users_id)
        SELECT id, opened_by_id FROM wcm_nonconformity WHERE opened_by_id IS NOT NULL ON CONFLICT DO NOTHING""")
    known = _kept(cr)
    decided = env["wcm.nonconformity"].search([("state", "in", list(STATES)), ("decided_by_id", "!=", False), ("disposition_ids", "=", False)], order="id")
    kinds = {one: known.get(one.id) or _shown(one) for one in decided}
    decided.filtered(lambda one: not kinds[one]).write({"state": "open", "decided_by_id": False})
    env["wcm.disposition"].create([_values(one, part, kinds[one]) for one in decided if kinds[one] for part in one.part_ids])
    env.flush_all()
    cr.execute("ALTER TABLE wcm_nonconformity DROP COLUMN IF EXISTS disposition_before")


def _kept(cr):
    if not column_exists(cr, "wcm_nonconformity", "disposition_before"):
        return {}
    cr.execute("SELECT id, disposition_before FROM wcm_nonconformity WHERE disposition_before IS NOT NULL")
    return dict(cr.fetchall())


def _shown(nonconformity):
    """What was decided, by what came of it."""
    if "scrapped" in nonconformity.part_ids.mapped("state"):
        return "scrap"
    if nonconformity.reworked_by_id:
        return "rework"
    return "use_as_is" if nonconformity.state == "closed" else None


def _values(nonconformity, part, kind):
    reworked = kind in ("rework", "return")
    done = nonconformity.state == "closed"
    return {
        "nonconformity_id": nonconformity.id, "part_id": part.id, "kind": kind, "state": STATES[nonconformity.state],
        "reason": nonconformity.disposition_reason, "decided_by_id": nonconformity.decided_by_id.id,
        "decided_on": nonconformity.closed_on or nonconformity.opened_on,
        "concession_build_id": kind == "use_as_is" and part.build_id.id,
        "then": kind == "return" and "repair", "replacement": kind == "scrap" and "none",
        "reworked_by_id": reworked and nonconformity.reworked_by_id.id, "rework_note": reworked and nonconformity.rework_note,
        "done_by_id": done and nonconformity.closed_by_id.id, "done_on": done and nonconformity.closed_on,
    }
