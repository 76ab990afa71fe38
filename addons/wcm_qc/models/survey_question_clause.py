from odoo import fields, models


class SurveyQuestion(models.Model):
    _inherit = "survey.question"

    clause = fields.Char(help="Of the scheme that is audited against: number and title, or its public topic where it has no public numbers.")
