from odoo import models


class WcmMaterial(models.Model):
    """A material that kit can work."""

    _name = "wcm.material"
    _description = "Material"
    _inherit = ["wcm.taxonomy"]

    _code_uniq = models.UniqueIndex("(code)", "Another material already has this code.")
