from odoo import fields, models


class MrpBom(models.Model):
    _inherit = "mrp.bom"

    requirement_ids = fields.One2many("wcm.process.requirement", "bom_id", "Process requirements", copy=True)
