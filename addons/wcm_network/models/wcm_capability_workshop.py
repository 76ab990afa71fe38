from datetime import timedelta

from odoo import fields, models

WEEKS_AHEAD = 8


class WcmCapability(models.Model):
    """The member's own look at its weeks."""

    _inherit = "wcm.capability"

    _member_readable = frozenset({"workshop_weeks"})

    workshop_weeks = fields.Json(
        "Hours a week", compute="_compute_workshop_weeks",
        help="The next weeks: [{week, offered, free}], in clock hours; week is its Monday.",
    )

    def _compute_workshop_weeks(self):
        """Capacity is no member's to read; the figures of the rows it may see are its own."""
        today = fields.Date.context_today(self)
        monday = today - timedelta(days=today.weekday())
        own = self.sudo()
        offered = own._hours_by_week(monday, WEEKS_AHEAD)
        free = own._hours_by_week(monday, WEEKS_AHEAD, "hours_free")
        for capability in self:
            capability.workshop_weeks = [
                {"week": str(monday + timedelta(weeks=week)), "offered": hours, "free": free[capability.id][week]}
                for week, hours in enumerate(offered[capability.id])
            ]
