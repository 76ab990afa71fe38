from odoo import fields, models


class MrpBom(models.Model):
    _inherit = "mrp.bom"

    min_rating = fields.Integer(
        "Quality rating at least", help="Of whoever makes it, 0 to 100; the more critical the component, the higher. Counts in plans whose rules ask for ratings. 0: not asked.",
    )

    _min_rating_range = models.Constraint("CHECK(min_rating BETWEEN 0 AND 100)", "A quality rating lies between 0 and 100.")
