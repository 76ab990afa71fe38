from odoo import fields, models


class WcmMembership(models.Model):
    """A member's quality, where its membership is looked at."""

    _inherit = "wcm.membership"

    _member_readable = frozenset({"rating_words"})

    quality_rating_ids = fields.One2many("wcm.quality.rating", "membership_id", "Quality ratings")
    rating_words = fields.Char("Quality rating", compute="_compute_rating_words", compute_sudo=False)

    def _compute_rating_words(self):
        """With the rights of the reader: who may not see its rating sees nothing."""
        rows = self._current_ratings()
        for membership in self:
            row = rows.get(membership)
            membership.rating_words = row.words if row else self.env._("Not worked out yet")

    def _current_ratings(self):
        """{member: its rating of this month}, of those that the caller may read."""
        ratings = self.env["wcm.quality.rating"]
        if not ratings.has_access("read"):
            return {}
        rows = ratings.search([("membership_id", "in", self.ids), ("is_current", "=", True)])
        return {row.membership_id: row for row in rows}

    def _quality_figures(self):
        """On the member's page of quality, its rating too."""
        row = self._current_ratings().get(self)
        shown = row and {"words": row.words, "action": "wcm_qc.workshop_rating_action", "context": {}}
        return {**super()._quality_figures(), "rating": shown or None}

    def action_open_ratings(self):
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("wcm_qc.action_quality_rating")
        return {**action, "domain": [("membership_id", "=", self.id)], "context": {}}
