from odoo import fields, models


class WcmInspectionLine(models.Model):
    """One reading. Not measured is never zero."""

    _name = "wcm.inspection.line"
    _description = "Inspection result"
    _inherit = ["wcm.facade"]
    _order = "inspection_id, sequence, id"

    _member_readable = frozenset({
        "inspection_id", "sequence", "name", "instruction", "kind", "nominal", "tolerance_minus", "tolerance_plus",
        "unit", "point_type", "reading", "passed_by_hand", "note", "photo", "verdict", "limits",
    })
    _member_writable = frozenset({"reading", "passed_by_hand", "note", "photo"})

    inspection_id = fields.Many2one("wcm.inspection", required=True, index=True, ondelete="cascade", readonly=True)
    sequence = fields.Integer(readonly=True)
    name = fields.Char(readonly=True, required=True)
    instruction = fields.Text(readonly=True)
    kind = fields.Selection(
        [("pass_fail", "Pass or fail"), ("measurement", "Measurement"), ("photo", "Photo"), ("text", "Text")],
        required=True, readonly=True,
    )
    nominal = fields.Float(digits=(12, 3), readonly=True)
    tolerance_minus = fields.Float(digits=(12, 3), readonly=True)
    tolerance_plus = fields.Float(digits=(12, 3), readonly=True)
    unit = fields.Char(readonly=True)
    point_type = fields.Selection([("surveillance", "Surveillance"), ("witness", "Witness"), ("hold", "Hold point")], readonly=True)
    limits = fields.Char(compute="_compute_limits", help="Smallest and largest value allowed.")
    reading = fields.Char(help="As typed or sent by the gauge; empty means not measured.")
    value = fields.Float(digits=(12, 3), compute="_compute_value", store=True, help="The reading as a number; meaningless while there is no reading.")
    passed_by_hand = fields.Selection([("pass", "Pass"), ("fail", "Fail")], "Result")
    note = fields.Char()
    photo = fields.Image(max_width=1600, max_height=1600, attachment=True)
    verdict = fields.Selection(
        [("none", "Not checked"), ("pass", "Pass"), ("fail", "Fail")],
        compute="_compute_verdict", store=True,
    )
