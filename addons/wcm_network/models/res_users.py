from odoo import Command, models

from .wcm_member_person import GROUPS, ROLES


class ResUsers(models.Model):
    _inherit = "res.users"

    def _take_member_role(self):
        """The group of their role; of somebody at several members that of the lowest, as fields are of a login and not of a member."""
        people = self.env["wcm.member.person"].sudo().search([("user_id", "in", self.ids)]).grouped("user_id")
        groups = {role: self.env.ref(name) for role, name in GROUPS.items()}
        ranks = {role: rank for rank, (role, _label) in enumerate(ROLES)}
        for user in self.sudo().filtered("share"):
            role = min((person.role for person in people.get(user, ())), key=ranks.get, default=None)
            had = {name for name, group in groups.items() if group in user.group_ids}
            if had != {role} & groups.keys():
                user.group_ids = [Command.link(group.id) if name == role else Command.unlink(group.id) for name, group in groups.items()]
