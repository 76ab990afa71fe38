from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_date


class WcmWorkOrder(models.Model):
    """How long an offer waits for its answer, and the one reminder before it runs out."""

    _inherit = "wcm.work.order"

    _guarded = frozenset({"offered_on", "reminded_on"})

    offered_on = fields.Date(readonly=True, copy=False)
    reminded_on = fields.Date(readonly=True, copy=False)

    def _asked_today(self):
        """Values of an offer that begins to wait."""
        return {"offered_on": fields.Date.context_today(self), "reminded_on": False}

    @api.model
    def _days_setting(self, name, default):
        """Days from a system parameter; the default where that is no number."""
        text = self.env["ir.config_parameter"].sudo().get_param(f"wcm_network.{name}", "")
        return int(text) if text.strip().isdigit() else default

    @api.model
    def _default_expiry(self, member=None):
        """The last day to answer, by the terms that hold for the member."""
        return fields.Date.context_today(self) + timedelta(days=(member or self.membership_id)._term("response_days"))

    @api.model
    def _cron_expire_offers(self):
        """Unanswered offers run out the day after the last day to answer."""
        late = self.search([("state", "=", "offered"), ("offer_expires_on", "<", fields.Date.context_today(self))])
        late.write({"state": "expired"})

    @api.model
    def _cron_remind_offers(self):
        """Once for each offer, so many days before it runs out, and never on the day it was made; 0 days: never."""
        today, days = fields.Date.context_today(self), self._days_setting("offer_reminder_days", 2)
        waiting = self.search([
            ("state", "=", "offered"), ("reminded_on", "=", False), ("offered_on", "<", today),
            ("offer_expires_on", ">=", today), ("offer_expires_on", "<=", today + timedelta(days=days)),
        ]) if days else self.browse()
        waiting.write({"reminded_on": today})
        waiting._notify_members(lambda orders: orders.env._(
            "Please answer by %s", format_date(orders.env, min(orders.mapped("offer_expires_on"))),
        ))
