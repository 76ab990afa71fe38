from odoo import models
from odoo.exceptions import AccessError


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
        if any(self.env.user not in record.membership_id.user_ids for record in self.sudo()):
            raise AccessError(self.env._("This belongs to another member."))
