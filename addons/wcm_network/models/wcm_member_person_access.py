from odoo import api, models
from odoo.exceptions import UserError

from .wcm_member_person import ROLES

RIGHTS = {"role", "active", "user_id", "membership_id"}


class WcmMemberPerson(models.Model):
    """What the role of somebody with a login opens, and that a member always has an owner."""

    _inherit = "wcm.member.person"

    @api.model_create_multi
    def create(self, vals_list):
        people = super().create(vals_list)
        people.user_id._take_member_role()
        return people

    def write(self, vals):
        if not RIGHTS & vals.keys():
            return super().write(vals)
        if not self.env.su:
            self.sudo().membership_id._lock_people()
            self._check_owner_left(vals)
        before = self.sudo().user_id
        result = super().write(vals)
        (before | self.sudo().user_id)._take_member_role()
        return result

    def _change(self, **values):
        """One after the other: of two owners who take away each other's role, the second finds itself to be the last."""
        self.membership_id._lock_people()
        self._check_owner_left(values)
        self.write(values)

    def _check_owner_left(self, vals):
        """The network may take a member's last login; its own people may not lock themselves out."""
        goes = not vals.get("active", True) or "membership_id" in vals
        if not goes and vals.get("role", "owner") == "owner":
            return
        network = self.env.user.has_group("wcm_network.group_coordinator")
        for membership in self.sudo().membership_id:
            owners, users = membership._owners(), membership.user_ids
            is_last = owners & self.sudo() and not owners - self.sudo()
            if is_last and not (network and goes and not users - self.sudo().user_id):
                raise UserError(self.env._("%s needs an owner with a login. Make somebody else an owner first.", membership.name))

    def action_set_role(self, role=None):
        """An owner says what somebody may do. Nobody is left without an owner."""
        self._check_owner_or_coordinator()
        self.sudo()._change(role=self._checked_role(role))
        return True

    def action_set_pin(self, pin=None):
        """An owner gives a PIN or badge; everybody changes the own one. Empty takes it away."""
        self.ensure_one()
        self._check_own_or_owner()
        if not isinstance(pin or "", str):
            raise UserError(self.env._("A PIN has four digits or more, a badge at most 64 characters."))
        person = self.sudo()
        if (pin or "").strip():
            person.pin = pin
        else:
            person.write({"pin_hash": False, "failures": 0, "locked_until": False})
        return True

    def action_remove(self):
        """They come in no more and their PIN is worth nothing; what they did stays in the history."""
        self._check_owner_or_coordinator()
        self.sudo()._change(active=False, pin_hash=False, locked_until=False)
        return True

    def action_invite(self, email=None):
        """Give somebody who is known at the bench a login of their own."""
        self.ensure_one()
        self._check_owner_or_coordinator()
        if self.sudo().user_id:
            raise UserError(self.env._("%(name)s has the login %(login)s already.", name=self.sudo().name, login=self.sudo().login))
        self.membership_id._invite(email, self.sudo())
        return True

    @api.model
    def _checked_role(self, role):
        if not isinstance(role, str) or role not in dict(ROLES):
            raise UserError(self.env._("“%s” is no role. Choose maker, supervisor or owner.", role))
        return role

    @api.model
    def _checked_name(self, name):
        if not isinstance(name, str) or not name.strip() or len(name) > 200:
            raise UserError(self.env._("Say who it is: a name of up to 200 letters."))
        return name.strip()

    def _check_own_or_owner(self):
        self._check_member_or_coordinator()
        if self.sudo().user_id != self.env.user:
            self._check_owner_or_coordinator()

