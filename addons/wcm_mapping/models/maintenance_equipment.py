from odoo import fields, models


class MaintenanceEquipment(models.Model):
    _inherit = "maintenance.equipment"

    facility_id = fields.Many2one("wcm.facility", string="Production Space", index="btree_not_null", ondelete="cascade")
    process_id = fields.Many2one("wcm.process", index="btree_not_null")
    make = fields.Char(help="Who built the machine.")
    envelope_x_mm = fields.Integer("Envelope X (mm)", aggregator="max", help="Longest workpiece, in mm.")
    envelope_y_mm = fields.Integer("Envelope Y (mm)", aggregator="max", help="Widest workpiece, in mm.")
    envelope_z_mm = fields.Integer("Envelope Z (mm)", aggregator="max", help="Highest workpiece, in mm.")
    material_ids = fields.Many2many("wcm.material", string="Materials")
    thickness_max_mm = fields.Float("Thickest Material (mm)", digits=(8, 1), aggregator="max")
    tolerance_mm = fields.Float("Tolerance (± mm)", digits=(8, 3), aggregator="min")
    quantity = fields.Integer(default=1, help="How many identical machines.")
    condition = fields.Selection(
        [
            ("new", "New"),
            ("good", "Good"),
            ("worn", "Worn"),
            ("out_of_order", "Out of order"),
        ],
        default="good",
    )

    _quantity_positive = models.Constraint("CHECK(quantity > 0)", "Give at least one machine, or archive it.")
    _lengths_positive = models.Constraint(
        "CHECK(envelope_x_mm >= 0 AND envelope_y_mm >= 0 AND envelope_z_mm >= 0"
        " AND thickness_max_mm >= 0 AND tolerance_mm >= 0)",
        "Lengths in mm cannot be negative.",
    )

    def write(self, vals):
        """Whoever moves a record to another space must have a right to it there too."""
        result = super().write(vals)
        if "facility_id" in vals:
            self.check_access("write")
        return result
