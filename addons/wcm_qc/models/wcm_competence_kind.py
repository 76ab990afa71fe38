from odoo import fields, models


class WcmCompetenceKind(models.Model):
    """What somebody has to have learnt before a check of this kind is theirs: measuring moisture, reading a torque wrench."""

    _name = "wcm.competence.kind"
    _description = "Kind of competence"
    _order = "name"

    name = fields.Char(required=True, translate=True)
    description = fields.Text("What it is for", help="What who has it may do, and what the training has to show.")
    months = fields.Integer("Holds for (months)", default=36, required=True, help="At the longest, from the day of the training.")
    active = fields.Boolean(default=True)

    _name_uniq = models.UniqueIndex("(name)", "There is a kind of competence of this name already.")
    _months_range = models.Constraint("CHECK(months BETWEEN 1 AND 240)", "Give a number of months from 1 to 240.")
