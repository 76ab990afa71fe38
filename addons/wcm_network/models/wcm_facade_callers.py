from odoo import models
from odoo.exceptions import AccessError

DECIDING = ("owner", "supervisor")


class WcmFacade(models.AbstractModel):
    """Who calls an action: what the record rules let them see, and what they are to the network."""

    _inherit = "wcm.facade"

    def _is_coordinator(self):
        return self.env.su or self.env.user.has_group("wcm_network.group_coordinator")

    def _check_coordinator(self):
        """What only the network decides; a member gets a plain answer instead of a stack of rights."""
        if not self._is_coordinator():
            raise AccessError(self.env._("Only a coordinator of the network can do this."))
        self.check_access("write")

    def _check_member_or_coordinator(self):
        """The caller is one of the member's people, or coordinates.

        Record rules are asked first, so that a foreign record says nothing about itself.
        """
        self.check_access("read")
        if self._is_coordinator():
            return
        if any(not record._member()._lets_in(self.env.user) for record in self.sudo()):
            raise AccessError(self.env._("This belongs to another member."))

    def _check_office_or_coordinator(self):
        """What binds the member or shows what it is paid: its owners and supervisors, not its makers."""
        self._check_role(DECIDING, self.env._("Only an owner or a supervisor of your workshop can do this."))

    def _check_owner_or_coordinator(self):
        self._check_role(("owner",), self.env._("Only an owner of your workshop can do this."))

    def _check_role(self, roles, message):
        self._check_member_or_coordinator()
        if not self._is_coordinator() and any(member._role_of(self.env.user) not in roles for member in self.sudo()._member()):
            raise AccessError(message)

    def _member(self):
        """Hook: whose it is."""
        return self.membership_id
