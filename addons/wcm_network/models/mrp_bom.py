from odoo import fields, models


class MrpBom(models.Model):
    _inherit = "mrp.bom"

    requirement_ids = fields.One2many("wcm.process.requirement", "bom_id", "Process requirements", copy=True)
    walls_after_days = fields.Integer(
        "Walls: days later", help="Kit of a home: days between its first blocks on site and its walls.",
    )
    roof_after_days = fields.Integer(
        "Roof: days later", help="Kit of a home: days between its first blocks on site and its roof.",
    )

    _stage_days_positive = models.Constraint(
        "CHECK(walls_after_days >= 0 AND roof_after_days >= 0)",
        "Walls and roof cannot be on site before the first blocks.",
    )
