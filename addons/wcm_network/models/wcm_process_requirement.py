from odoo import fields, models


class WcmProcessRequirement(models.Model):
    """What one process must do for one unit of a bill of materials.

    Subcontract bills of materials hold no operations in Odoo, hence our own.
    """

    _name = "wcm.process.requirement"
    _description = "Process requirement"
    _order = "bom_id, sequence, id"

    bom_id = fields.Many2one("mrp.bom", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    process_id = fields.Many2one("wcm.process", required=True, index=True)
    minutes_per_unit = fields.Float("Standard minutes per unit", required=True)
    setup_minutes = fields.Float("Set-up (standard minutes per batch)")
    envelope_x_mm = fields.Float("Needs X (mm)")
    envelope_y_mm = fields.Float("Needs Y (mm)")
    envelope_z_mm = fields.Float("Needs Z (mm)")
    tolerance_mm = fields.Float("Needs tolerance (± mm)", help="0: any.")
    material_id = fields.Many2one("wcm.material")
    is_illustrative = fields.Boolean(help="Not from a published source.")
