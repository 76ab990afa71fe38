import base64

from odoo import models
from odoo.exceptions import UserError

from odoo.addons.wcm_mapping.readers import ReadError


class WcmFileImport(models.AbstractModel):
    """A wizard that reads one file, its field `file`."""

    _name = "wcm.file.import"
    _description = "Import of one file"

    def _read_file(self, read, most_bytes, ask):
        """What a reader makes of the file's bytes.

        :param ask: which file is wanted, where there is none
        :raise UserError: there is none, it is too large, or it cannot be read
        """
        content = base64.b64decode(self.with_context(bin_size=False).file or b"")
        if not content:
            raise UserError(ask)
        if len(content) > most_bytes:
            raise UserError(self.env._("The file is larger than %s MB. Keep only what is to be imported in it.", most_bytes // 1_000_000))
        try:
            return read(content)
        except ReadError as error:
            raise UserError(str(error)) from error
