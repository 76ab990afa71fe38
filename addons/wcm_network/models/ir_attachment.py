from odoo import models
from odoo.exceptions import UserError


class IrAttachment(models.Model):
    """Evidence of what a grant paid stays as it is."""

    _inherit = "ir.attachment"

    def write(self, vals):
        if not {"datas", "raw", "db_datas", "store_fname", "checksum"}.isdisjoint(vals):
            self._check_not_grant_evidence("write")
        elif not {"res_model", "res_id", "res_field"}.isdisjoint(vals):
            self.sudo().filtered("res_id").sudo(self.env.su)._check_not_grant_evidence("write")
        return super().write(vals)

    def unlink(self):
        self._check_not_grant_evidence("unlink")
        return super().unlink()

    def _check_not_grant_evidence(self, operation):
        if not self.ids:
            return
        self.check_access(operation)
        evidence = self.env["wcm.grant.spend"].sudo().search([("evidence_ids", "in", self.ids)], limit=1)
        if evidence:
            raise UserError(self.env._("This file is evidence for %(document)s and is kept as long as its grant.", document=evidence.document))
        reports = self.sudo().filtered(lambda file: file.res_model == "wcm.grant.report" and file.res_id).mapped("res_id")
        if self.env["wcm.grant.report"].sudo().browse(reports).exists().filtered(lambda report: report.state != "due"):
            raise UserError(self.env._("This file belongs to a closed report and is kept as long as its grant."))
