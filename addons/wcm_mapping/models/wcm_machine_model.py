from odoo import api, fields, models


class WcmMachineModel(models.Model):
    """A machine as its maker sells it, to pick from instead of typing its figures again."""

    _name = "wcm.machine.model"
    _description = "Machine Model"
    _order = "make, name"
    _rec_names_search = ["make", "name"]

    make = fields.Char(required=True)
    name = fields.Char("Model", required=True)
    process_id = fields.Many2one("wcm.process", required=True, index=True, ondelete="restrict")
    envelope_x_mm = fields.Integer("X (mm)", aggregator="max", help="Longest workpiece, in mm.")
    envelope_y_mm = fields.Integer("Y (mm)", aggregator="max", help="Widest workpiece, in mm.")
    envelope_z_mm = fields.Integer("Z (mm)", aggregator="max", help="Highest workpiece, in mm.")
    power_kw = fields.Float("Power (kW)", digits=(8, 2), aggregator="max", help="Of the spindle or laser, in kW.")
    source_note = fields.Char(
        default=lambda self: self.env._("Check against the maker's sheet."), help="Where the figures come from."
    )
    active = fields.Boolean(default=True)

    _make_name_uniq = models.UniqueIndex("(make, name)", "This machine model is already listed.")
    _figures_positive = models.Constraint(
        "CHECK(envelope_x_mm >= 0 AND envelope_y_mm >= 0 AND envelope_z_mm >= 0 AND power_kw >= 0)",
        "Lengths and power cannot be negative.",
    )

    @api.depends("make", "name")
    def _compute_display_name(self):
        for machine in self:
            machine.display_name = f"{machine.make or ''} {machine.name or ''}".strip()
