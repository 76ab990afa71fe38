from odoo import api, fields, models

from .wcm_membership import SHUT_STATES


class ResUsers(models.Model):
    """People of a member that is suspended, ended or declined are out at once: their sessions end, and a new one opens nothing of it."""

    _inherit = "res.users"

    member_session = fields.Integer(readonly=True, copy=False, groups=fields.NO_ACCESS, help="Raised to end all sessions of this login: it is part of what a session is checked by.")
    member_person_ids = fields.One2many("wcm.member.person", "user_id", readonly=True, copy=False, groups=fields.NO_ACCESS, help="Whom this login is at members; rules of what is a person's own go by it.")
    is_shut_out = fields.Boolean(compute="_compute_is_shut_out", compute_sudo=True, groups=fields.NO_ACCESS, help="Belongs to members, and to none that is open.")

    @api.model
    def _get_session_token_fields(self):
        return super()._get_session_token_fields() | {"member_session"}

    def _compute_is_shut_out(self):
        people = self.env["wcm.member.person"].search([("user_id", "in", self.ids)])
        theirs = people.grouped("user_id")
        for user in self:
            members = theirs.get(user, people.browse()).membership_id
            user.is_shut_out = bool(members) and all(member.state in SHUT_STATES for member in members)

    def _end_member_sessions(self):
        """On every device, also those that are open; caches of what they may see go with it."""
        for user in self.sudo().filtered("share"):
            user.member_session += 1
