from odoo import fields, models


class WcmPersonRequestLine(models.TransientModel):
    """What one field of one list holds about the person."""

    _name = "wcm.person.request.line"
    _description = "What Is Held about a Person, by List"

    request_id = fields.Many2one("wcm.person.request", required=True, index=True, ondelete="cascade")
    label = fields.Char("Where", readonly=True)
    record_count = fields.Integer("Records", readonly=True)
    erasing = fields.Char("If Erased", readonly=True)
    ground = fields.Char("Why It Stays", readonly=True)
