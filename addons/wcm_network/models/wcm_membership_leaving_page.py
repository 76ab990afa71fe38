from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from .wcm_membership_leaving import LEAVING_STATES


class WcmMembership(models.Model):
    """The page of leaving: the same list for the member's owners and the coordinators of its region."""

    _inherit = "wcm.membership"

    @api.model
    @api.readonly
    def member_leaving(self, membership_id=None):
        """[{id, name, is_leaving, day, reason, can_end, rows}] of the caller's own members, or of one for those who may read it."""
        return [member.sudo()._leaving_values() for member in self._leaving_members(membership_id)]

    @api.model
    def _leaving_members(self, membership_id):
        if membership_id:
            member = self.browse(membership_id if type(membership_id) is int else 0).exists()
            if not member:
                raise AccessError(self.env._("There is no such member."))
            member._check_owner_or_coordinator()
            return member
        members = self._workshop_memberships().filtered(lambda one: one._role_of(self.env.user) == "owner")
        if not members:
            raise AccessError(self.env._("Only an owner of a member can let it leave."))
        return members

    def _leaving_values(self):
        rows = self._leaving_rows()
        return {
            "id": self.id, "name": self.name, "state": self.state, "is_leaving": self.is_leaving, "is_member": self.state in LEAVING_STATES,
            "day": self.leaving_on and format_date(self.env, self.leaving_on), "date": str(self.leaving_on or ""), "reason": self.leaving_reason or "",
            "said": self.is_leaving and self.env._("%(who)s, %(when)s", who=self.leaving_by_id.name, when=format_date(self.env, self.leaving_said_on)),
            "rows": rows, "is_free": not any(row["blocks"] and row["names"] for row in rows), "keep_days": self.env["wcm.membership.archive"]._keep_days(),
        }

    def action_open_leaving(self):
        """The page, for coordinators."""
        self.ensure_one()
        self._check_owner_or_coordinator()
        action = self.env["ir.actions.client"]._for_xml_id("wcm_network.action_member_leaving")
        return {**action, "name": self.env._("Leaving: %s", self.sudo().name), "context": {"active_id": self.id}}

    def action_open_leaving_row(self, key=None):
        """The records of a row, for coordinators."""
        self.ensure_one()
        self._check_coordinator()
        row = next((row for row in self.sudo()._leaving_rows() if row["key"] == key), None)
        if not row or not row["ids"]:
            raise UserError(self.env._("Nothing of it is open any more. Reload the page."))
        return {
            "type": "ir.actions.act_window", "name": row["label"][:1].upper() + row["label"][1:], "res_model": row["model"],
            "views": [(False, "list"), (False, "form")], "domain": [("id", "in", row["ids"])],
        }
