from odoo import api, fields, models


class MaintenanceEquipment(models.Model):
    _name = "maintenance.equipment"
    _inherit = ["maintenance.equipment", "wcm.listed"]

    facility_id = fields.Many2one("wcm.facility", string="Production Space", index="btree_not_null", ondelete="cascade")
    process_id = fields.Many2one("wcm.process", index="btree_not_null")
    machine_model_id = fields.Many2one("wcm.machine.model", "Common Model", index="btree_not_null", ondelete="set null")
    photo = fields.Image(max_width=1920, max_height=1920)
    make = fields.Char(help="Who built the machine.")
    envelope_x_mm = fields.Integer("Envelope X (mm)", aggregator="max", help="Longest workpiece, in mm.")
    envelope_y_mm = fields.Integer("Envelope Y (mm)", aggregator="max", help="Widest workpiece, in mm.")
    envelope_z_mm = fields.Integer("Envelope Z (mm)", aggregator="max", help="Highest workpiece, in mm.")
    material_ids = fields.Many2many("wcm.material", string="Materials")
    thickness_max_mm = fields.Float("Thickest Material (mm)", digits=(8, 1), aggregator="max")
    tolerance_mm = fields.Float("Tolerance (± mm)", digits=(8, 3), aggregator="min")
    tolerance_class = fields.Selection(
        [("f", "f: fine"), ("m", "m: medium"), ("c", "c: coarse"), ("v", "v: very coarse")],
        help="General tolerances after ISO 2768-1 that it holds.",
    )
    power_kw = fields.Float("Power (kW)", digits=(8, 3), aggregator="sum", help="Of the spindle or laser, in kW.")
    spindle_speed_rpm = fields.Integer(
        "Fastest Spindle (rpm)", aggregator="max", help="Highest speed of the spindle, in turns a minute."
    )
    quantity = fields.Integer(default=1, help="How many identical machines.")
    condition = fields.Selection(
        [
            ("new", "New"),
            ("good", "Good"),
            ("worn", "Worn"),
            ("out_of_order", "Out of order"),
        ],
        default="good",
        help="A machine out of order gives no hours.",
    )

    source_extra = fields.Json(
        "Other Fields",
        readonly=True,
        copy=False,
        groups="wcm_mapping.group_mapping_user",
        help="What an import said of it and has no place here, kept as read.",
    )

    _out_of_order_idx = models.Index("(facility_id, process_id) WHERE condition = 'out_of_order'")

    _quantity_positive = models.Constraint("CHECK(quantity > 0)", "Give at least one machine, or archive it.")
    _lengths_positive = models.Constraint(
        "CHECK(envelope_x_mm >= 0 AND envelope_y_mm >= 0 AND envelope_z_mm >= 0"
        " AND thickness_max_mm >= 0 AND tolerance_mm >= 0)",
        "Lengths in mm cannot be negative.",
    )
    _power_positive = models.Constraint(
        "CHECK(power_kw >= 0 AND spindle_speed_rpm >= 0)", "Power and speed cannot be negative."
    )

    @api.onchange("machine_model_id")
    def _onchange_machine_model_id(self):
        """The maker's figures; what is known better is typed over them."""
        if source := self.machine_model_id:
            self.make, self.model, self.process_id = source.make, source.name, source.process_id
            for name in ("envelope_x_mm", "envelope_y_mm", "envelope_z_mm", "power_kw"):
                self[name] = source[name]
            self.name = self.name or source.display_name

    def write(self, vals):
        """Whoever moves a record to another space must have a right to it there too."""
        result = super().write(vals)
        if "facility_id" in vals:
            self.check_access("write")
        return result
