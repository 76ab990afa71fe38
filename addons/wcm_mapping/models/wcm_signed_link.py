from odoo import api, models
from odoo.tools import hash_sign, verify_hash_signed


class WcmSignedLink(models.AbstractModel):
    """Records that people without a login reach through a link in a mail.

    The link names the record, what it is for and when it ends, and is signed: nobody can make one up, and one that
    was sent for one thing opens no other.
    """

    _name = "wcm.signed.link"
    _description = "Record with a signed link"

    _link_hours = 24 * 7

    def _link_token(self, purpose):
        self.ensure_one()
        return hash_sign(self.sudo().env, f"{self._name}/{purpose}", [self.id], expiration_hours=self._link_hours)

    @api.model
    def _of_token(self, purpose, token):
        """The record that a link was sent for; nothing when the link was changed or has ended. Never raises."""
        try:
            named = verify_hash_signed(self.sudo().env, f"{self._name}/{purpose}", token)
        except ValueError:
            named = None
        return self.sudo().browse(named or []).exists()
