"""Agreed orders keep the figures of the text that their member had accepted when it agreed. Drafts get a fingerprint of all that one reads."""

from odoo import SUPERUSER_ID, api

from odoo.addons.wcm_network.models.wcm_build_line import PLACED_STATES


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
    env["wcm.terms"].search([("state", "=", "draft")])._compute_text_hash()
    env["ir.config_parameter"].search([("key", "=", "wcm_network.offer_days")]).unlink()
    orders = env["wcm.work.order"].search([("state", "in", list(PLACED_STATES)), ("agreed_terms_id", "=", False)])
    for (member, terms), theirs in orders.grouped(lambda order: (order.membership_id, _accepted(order))).items():
        if terms:
            theirs.write(_figures(member, terms))
    env.flush_all()


def _accepted(order):
    """The newest text that was accepted before the order was; the first one, where its order is older than that."""
    accepted = order.membership_id.acceptance_ids.sorted("accepted_at")
    before = accepted.filtered(lambda one: order.accepted_on and one.accepted_at <= order.accepted_on)
    return (before[-1:] or accepted[:1]).terms_id


def _figures(member, terms):
    return {
        "agreed_terms_id": terms.id, "agreed_levy": terms._parameter(member, "levy").as_data(),
        "agreed_region_share_percent": terms._parameter(member, "region_share_percent"), "agreed_payment_days": terms._parameter(member, "payment_days"),
    }
