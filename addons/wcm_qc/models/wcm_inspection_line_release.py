from odoo import fields, models

from .wcm_checkpoint_release import RELEASERS


class WcmInspectionLine(models.Model):
    _inherit = "wcm.inspection.line"

    _member_readable = frozenset({"release_by"})

    release_by = fields.Selection(RELEASERS, "Released by", default="person", readonly=True)

    def _correction_values(self):
        return {**super()._correction_values(), "release_by": self.release_by}
