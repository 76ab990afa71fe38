from odoo import fields, models


class WcmCheckpoint(models.Model):
    """One thing to check, and what counts as right."""

    _name = "wcm.checkpoint"
    _description = "Checkpoint"
    _order = "plan_id, sequence, id"

    plan_id = fields.Many2one("wcm.control.plan", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True)
    instruction = fields.Text()
    kind = fields.Selection(
        [("pass_fail", "Pass or fail"), ("measurement", "Measurement"), ("photo", "Photo"), ("text", "Text")],
        default="pass_fail", required=True,
    )
    nominal = fields.Float(digits=(12, 3))
    tolerance_minus = fields.Float(digits=(12, 3), help="Allowed below the nominal; a positive number.")
    tolerance_plus = fields.Float(digits=(12, 3), help="Allowed above the nominal; a positive number.")
    unit = fields.Char(default="mm")
    point_type = fields.Selection(
        [("surveillance", "Surveillance"), ("witness", "Witness"), ("hold", "Hold point")],
        default="surveillance", required=True, help="A hold point stops the part until it has passed.",
    )
