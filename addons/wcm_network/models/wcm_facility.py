from odoo import api, fields, models
from odoo.fields import Domain

from .wcm_facade_callers import DECIDING
from .wcm_membership import OVER_STATES


class WcmFacility(models.Model):
    _name = "wcm.facility"
    _inherit = ["wcm.facility", "wcm.facade"]

    _member_readable = frozenset({
        "name", "organisation_type", "city", "zip", "status", "opening_hours", "latitude", "longitude", "region_id",
        "capability_ids", "visibility", "is_illustrative",
    })

    membership_ids = fields.One2many("wcm.membership", "facility_id", "Memberships")
    membership_id = fields.Many2one("wcm.membership", compute="_compute_membership_id")
    membership_state = fields.Char("Membership status", compute="_compute_membership_id")

    @api.depends("membership_ids.state")
    def _compute_membership_id(self):
        """The live one, for those who may see it."""
        live = self.env["wcm.membership"].search([("facility_id", "in", self.ids), ("state", "not in", OVER_STATES)])
        states = dict(live._fields["state"]._description_selection(self.env))
        by_facility = {membership.facility_id: membership for membership in live}
        for facility in self:
            facility.membership_id = membership = by_facility.get(facility._origin, live.browse())
            facility.membership_state = states.get(membership.state)

    @api.model
    def _operator_domain(self):
        """Owners and supervisors of a member keep its listing too, as long as the membership is not over: what is on the map is no secret, and by it a renewed insurance comes in."""
        deciding = [("user_id", "=", self.env.uid), ("role", "in", DECIDING), ("active", "=", True)]
        member = Domain("state", "not in", OVER_STATES) & Domain("person_ids", "any", deciding)
        return super()._operator_domain() | Domain("membership_ids", "any", member)

    def action_apply_to_network(self):
        """Start a membership of this space, or open the one it has."""
        self.ensure_one()
        membership = self.membership_id or self.env["wcm.membership"].create({"facility_id": self.id})
        return {
            "type": "ir.actions.act_window",
            "res_model": "wcm.membership",
            "res_id": membership.id,
            "view_mode": "form",
        }
