from odoo import fields, models

from .wcm_membership import OVER_STATES
from .wcm_membership_leaving import LEAVING_STATES


class WcmMembership(models.Model):
    """What happens when a membership ends: its data is offered to it, and its people are erased in time."""

    _inherit = "wcm.membership"

    archive_ids = fields.One2many("wcm.membership.archive", "membership_id", "Data taken along", readonly=True)

    def _move_to(self, state, since, **values):
        worked = self.filtered(lambda member: member.state in LEAVING_STATES) if state == "ended" else self.browse()
        super()._move_to(state, since, **values)
        if worked:
            self.env["wcm.membership.archive"]._begin(worked)

    def _works_elsewhere(self, user):
        """Whether a login belongs to another membership that is not over."""
        people = self.env["wcm.member.person"].sudo()
        return bool(people.search_count([("user_id", "=", user.id), ("membership_id", "!=", self.id), ("membership_id.state", "not in", OVER_STATES)], limit=1))
