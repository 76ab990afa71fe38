import base64
import binascii

from odoo import api, fields, models
from odoo.exceptions import UserError

# Characters of base64: what a phone sends is scaled down to far less.
LARGEST = 8_000_000


class WcmNonconformity(models.Model):
    """What it looks like: taken by whoever noticed it."""

    _inherit = "wcm.nonconformity"

    _member_readable = frozenset({"photo"})

    photo = fields.Image(max_width=1600, max_height=1600, copy=False)

    @api.model
    def _told_photo(self, photo):
        """The photo of a report: base64 itself, or {name, data} as a page sends a file.

        :raise UserError: for what is no picture
        """
        data = photo.get("data") if isinstance(photo, dict) else photo
        if not data:
            return False
        try:
            base64.b64decode(data, validate=True)
        except (TypeError, ValueError, binascii.Error):
            raise UserError(self.env._("This is no photo. Take it again.")) from None
        if len(data) > LARGEST:
            raise UserError(self.env._("The photo is too large. Take it again."))
        return data
