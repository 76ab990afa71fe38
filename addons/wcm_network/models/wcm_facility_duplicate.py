from odoo import api, models
from odoo.tools import SQL

from .wcm_membership import OVER_STATES


class WcmFacilityDuplicate(models.Model):
    """A membership goes with its space, but it is a contract with one operator, and there is one per space."""

    _inherit = "wcm.facility.duplicate"

    def _blockers(self, rows):
        ours, theirs = (self._live_membership(space) for space in (self.facility_id, self.other_id))
        return [*super()._blockers(rows), *self._membership_blockers(ours, theirs, self._chosen_operator(rows))]

    def _live_membership(self, space):
        return space.sudo().membership_ids.filtered(lambda membership: membership.state not in OVER_STATES)

    def _chosen_operator(self, rows):
        choice = next((row["choice"] for row in rows if row["key"] == "operator_id"), "ours")
        return (self.other_id if choice == "theirs" else self.facility_id).sudo().operator_id

    def _membership_blockers(self, ours, theirs, operator):
        if ours and theirs:
            words = self.env._(
                "Both are members of the network: a space has one membership. End that of one of them, with its "
                "work orders settled, and merge them then."
            )
            return [words]
        member = ours | theirs
        if member and member.partner_id != operator:
            words = self.env._(
                "%(space)s is a member of the network, and its contract is with %(operator)s: keep that operator.",
                space=member.facility_id.name,
                operator=member.partner_id.name or self.env._("no operator"),
            )
            return [words]
        return []

    @api.model
    def _weight(self, alias):
        member = SQL(
            "EXISTS (SELECT FROM wcm_membership AS m WHERE m.facility_id = %s.id AND m.state NOT IN ('ended', 'declined'))",
            SQL.identifier(alias),
        )
        return SQL("(8 * (%s)::int + %s)", member, super()._weight(alias))
