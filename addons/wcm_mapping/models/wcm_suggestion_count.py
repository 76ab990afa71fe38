from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL, hmac

KEPT_HOURS = 24
# What is counted: its system parameter, what holds when that is no whole number, and what it is never above.
LIMITS = {
    "address": ("wcm_mapping.suggestions_per_address_and_hour", 10, 1000),
    "email": ("wcm_mapping.suggestions_per_email_and_day", 5, 100),
}


class WcmSuggestionCount(models.Model):
    """How much came from one internet address, or for one e-mail address, in an hour.

    Neither is kept: only a keyed hash of it, for a day. In the database, so that all workers count together.
    """

    _name = "wcm.suggestion.count"
    _description = "Count of Suggestions"
    _log_access = False

    key = fields.Char(required=True, readonly=True)
    hour = fields.Datetime(required=True, readonly=True, index=True)
    count = fields.Integer(required=True, readonly=True)

    _key_hour_uniq = models.UniqueIndex("(key, hour)")

    @api.model
    def _allows(self, kind, value, most, hours):
        """Count one more, and say whether that is within the limit.

        Of two at the same moment one waits and is tried again by Odoo, so none slips through.

        :param most: how many are let through in so many hours (at most 24)
        """
        key, now = hmac(self.env(su=True), f"wcm_mapping.count.{kind}", value), fields.Datetime.now()
        hour = now.replace(minute=0, second=0, microsecond=0)
        self.env.cr.execute(SQL(
            "INSERT INTO wcm_suggestion_count (key, hour, count) VALUES (%s, %s, 1)"
            " ON CONFLICT (key, hour) DO UPDATE SET count = wcm_suggestion_count.count + 1",
            key, hour,
        ), log_exceptions=False)
        self.env.cr.execute(SQL(
            "SELECT SUM(count) FROM wcm_suggestion_count WHERE key = %s AND hour > %s", key, now - timedelta(hours=hours)
        ))
        return self.env.cr.fetchone()[0] <= most

    @api.model
    def _most(self, kind):
        """How many are let through. At least one, or nobody could suggest anything; never so many that it is no limit."""
        key, usual, highest = LIMITS[kind]
        text = self.env["ir.config_parameter"].sudo().get_param(key) or ""
        return max(1, min(int(text[:9]), highest)) if text.isascii() and text.isdigit() else usual

    @api.model
    def _forget(self):
        self.search([("hour", "<", fields.Datetime.now() - timedelta(hours=KEPT_HOURS))]).unlink()
