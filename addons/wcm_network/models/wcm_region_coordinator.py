from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools import email_normalize


class WcmRegion(models.Model):
    """How somebody becomes a coordinator of a region, and gets a login: by a network manager, who need not administer Odoo."""

    _inherit = "wcm.region"

    def _invite_coordinator(self, name, email):
        """Of somebody without a login one is made, and the invitation is sent; who has one inside the network gets the region besides."""
        self.ensure_one()
        self._check_network_manager()
        login = isinstance(email, str) and email_normalize(email)
        if not login:
            raise UserError(self.env._("“%s” is no e-mail address. The invitation goes there, and it is the login.", email))
        user = self.env["res.users"].sudo().with_context(active_test=False).search([("login", "=", login)])
        is_new = not user
        user = self._existing_coordinator(user) if user else self._new_coordinator(name, login)
        self.sudo().coordinator_ids = [Command.link(user.id)]
        if is_new:
            user.with_context(create_user=True).action_reset_password()
        return user.with_env(self.env)

    def _check_network_manager(self):
        if not self.env.su and not self.env.user.has_group("wcm_network.group_manager"):
            raise AccessError(self.env._("Only a network manager gives access to coordinators."))

    def _existing_coordinator(self, user):
        """Nobody of a member or a funder becomes a coordinator by the way."""
        if not user.active or not user._is_internal():
            raise UserError(self.env._("The login “%s” belongs to a member, a funder or somebody who left. Use another address.", user.login))
        user.group_ids = [Command.link(self.env.ref("wcm_network.group_coordinator").id)]
        return user

    def _new_coordinator(self, name, login):
        if not (isinstance(name, str) and name.strip()):
            raise UserError(self.env._("Say who it is."))
        company, organisation = self.env.company, self.sudo().run_by_id
        partner = self.env["res.partner"].sudo().create({"name": name.strip(), "email": login, "parent_id": organisation.id, "type": "contact"})
        return self.env["res.users"].sudo().with_context(no_reset_password=True).create({
            "login": login, "partner_id": partner.id, "company_id": company.id, "company_ids": [Command.set(company.ids)],
            "group_ids": [Command.set(self.env.ref("wcm_network.group_coordinator").ids)],
        })
