from odoo import models
from odoo.exceptions import UserError


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def write(self, vals):
        if not {"datas", "raw", "db_datas", "store_fname", "checksum", "res_model", "res_id", "res_field"}.isdisjoint(vals):
            self._check_not_evidence()
        return super().write(vals)

    def unlink(self):
        self._check_not_evidence()
        return super().unlink()

    def _check_not_evidence(self):
        """A photo of a closed inspection is as closed as its readings."""
        photos = self.sudo().filtered(lambda file: file.res_model == "wcm.inspection.line" and file.res_id)
        lines = self.env["wcm.inspection.line"].sudo().browse(photos.mapped("res_id")).exists()
        if lines.filtered(lambda line: line.state != "open"):
            raise UserError(self.env._("This photo belongs to a closed inspection and is kept as it is."))
