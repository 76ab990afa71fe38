from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from .wcm_membership import OVER_STATES


class WcmMembership(models.Model):
    """How somebody becomes one of a member's people, and gets a login."""

    _inherit = "wcm.membership"

    def action_add_person(self, name=None, email=None, role=None, pin=None):
        """An owner adds somebody: with an e-mail address they get a login and an invitation, with a PIN they say who they are at the bench."""
        self.ensure_one()
        self._check_owner_or_coordinator()
        self._check_may_invite()
        people = self.env["wcm.member.person"]
        person = people.sudo().create({"membership_id": self.id, "name": people._checked_name(name), "role": people._checked_role(role or "maker")})
        if pin:
            person.action_set_pin(pin)
        if email:
            self._invite(email, person)
        return True

    def _invite(self, email, person=None, **values):
        """Create the login and send the invitation to set a password; the caller has asked who calls."""
        login = isinstance(email, str) and email_normalize(email)
        if not login:
            raise UserError(self.env._("“%s” is no e-mail address. The invitation goes there, and it is the login.", email))
        user = self.sudo()._create_portal_user(login, person.name if person else values.pop("name"), person=person, **values)
        user.sudo().with_context(create_user=True).action_reset_password()

    def _create_portal_user(self, login, name, password=None, person=None, role=None):
        """A person of this member who may log in; an existing login of the same
        organisation is linked. Sends nothing.

        :param person: who is known at the bench already
        :raise UserError: the login belongs to somebody else
        """
        self.ensure_one()
        self.check_access("write")
        self._check_may_invite()
        login = (login or "").strip().lower()
        user = self.env["res.users"].sudo().with_context(active_test=False).search([("login", "=", login)])
        user = self._linked_user(user) if user else self._new_user(login, name, password)
        self.sudo()._take_in(user, person, role)
        return user.with_env(self.env)

    def _take_in(self, user, person, role):
        """Whoever comes back is somebody new; what they did before stays with who they were."""
        known = self._all_people().filtered(lambda one: one.user_id == user)
        if person and known.filtered("active"):
            raise UserError(self.env._("%(login)s is the login of %(name)s already.", login=user.login, name=known.name))
        if known.filtered("active"):
            return
        known.user_id = False
        values = self._people_values(user)[0]
        if person:
            person.user_id = user
        else:
            person = known.create(values | ({"role": role} if role else {}))
        if not self._owners():
            person.role = "owner"
        self._check_users()

    def _check_may_invite(self):
        member = self.sudo()
        if not member.partner_id:
            raise UserError(self.env._("Set the operator of the production space first: its people belong to that organisation."))
        if member.state in OVER_STATES:
            raise UserError(self.env._("This membership is over; nobody can be given access to it."))

    def _new_user(self, login, name, password):
        users = self.env["res.users"].sudo().with_context(no_reset_password=True)
        partner = self.env["res.partner"].sudo().create(
            {"name": name, "email": login if "@" in login else False, "parent_id": self.partner_id.id, "type": "contact"}
        )
        values = {
            "login": login,
            "partner_id": partner.id,
            "company_id": self.env.company.id,
            "company_ids": [fields.Command.set(self.env.company.ids)],
            "group_ids": [fields.Command.set(self.env.ref("wcm_network.group_member_factory").ids)],
        }
        return users.create(values | ({"password": password} if password else {}))

    def _linked_user(self, user):
        """An existing portal user of the same organisation, or who keeps the listing of this space and belongs to none yet."""
        keeps_it = user in self.facility_id.sudo().operator_user_ids and not user._is_internal() and not user.partner_id.parent_id
        if keeps_it and not user.partner_id.is_company:
            user.partner_id.parent_id = self.partner_id
        if user._is_internal() or user.commercial_partner_id != self.partner_id.sudo().commercial_partner_id:
            raise UserError(self.env._("The login “%(login)s” already belongs to somebody else.", login=user.login))
        user.write({"active": True, "group_ids": [fields.Command.link(self.env.ref("wcm_network.group_member_factory").id)]})
        return user
