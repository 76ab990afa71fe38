from odoo import fields, models


class WcmProcessRequirement(models.Model):
    """What one process must do for one unit of a bill of materials.

    Subcontract bills of materials hold no operations in Odoo, hence our own.
    This is what is matched against a member's capability.
    """

    _name = "wcm.process.requirement"
    _description = "Process requirement"
    _order = "bom_id, sequence, id"
    _rec_name = "process_id"

    bom_id = fields.Many2one("mrp.bom", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    process_id = fields.Many2one("wcm.process", required=True, index=True, ondelete="restrict")
    minutes_per_unit = fields.Float("Minutes per unit", required=True, help="Standard minutes of work on one unit.")
    setup_minutes = fields.Float("Set-up (minutes)", help="Standard minutes once in each week in which it is made.")
    envelope_x_mm = fields.Float("Needs X (mm)", digits=(8, 0), help="Length of the workpiece. 0: any.")
    envelope_y_mm = fields.Float("Needs Y (mm)", digits=(8, 0), help="Width of the workpiece. 0: any.")
    envelope_z_mm = fields.Float("Needs Z (mm)", digits=(8, 0), help="Height of the workpiece. 0: any.")
    tolerance_mm = fields.Float("Needs tolerance (± mm)", digits=(8, 3), help="0: any.")
    material_id = fields.Many2one("wcm.material")
    is_illustrative = fields.Boolean("Illustrative", help="Not from a published source.")

    _minutes_positive = models.Constraint(
        "CHECK(minutes_per_unit > 0 AND setup_minutes >= 0)",
        "Minutes per unit must be more than 0, set-up minutes not negative.",
    )
    _lengths_positive = models.Constraint(
        "CHECK(envelope_x_mm >= 0 AND envelope_y_mm >= 0 AND envelope_z_mm >= 0 AND tolerance_mm >= 0)",
        "Lengths in mm cannot be negative.",
    )
    _process_once = models.UniqueIndex("(bom_id, process_id)", "This bill of materials lists that process already.")

    def _misfit(self, capability):
        """Why this capability cannot do it, in plain words; empty when it can.

        :param capability: a wcm.capability of the same process, or none
        """
        self.ensure_one()
        if not capability:
            return self.env._("does not offer %(process)s", process=self.process_id.name)
        return self._misfit_envelope(capability) or self._misfit_tolerance(capability)

    def _misfit_envelope(self, capability):
        """The sheet may be turned on the bed, not stood on edge. 0 mm: no limit, or any."""
        bed = sorted(length or float("inf") for length in (capability.envelope_x_mm, capability.envelope_y_mm))
        sheet = sorted((self.envelope_x_mm, self.envelope_y_mm))
        height = capability.envelope_z_mm or float("inf")
        if sheet[0] <= bed[0] and sheet[1] <= bed[1] and self.envelope_z_mm <= height:
            return ""
        return self.env._(
            "envelope too small: %(process)s takes %(bed)s mm, the component needs %(sheet)s mm",
            process=self.process_id.name,
            bed=_lengths(capability),
            sheet=_lengths(self),
        )

    def _misfit_tolerance(self, capability):
        if not self.tolerance_mm or 0 < capability.tolerance_mm <= self.tolerance_mm:
            return ""
        if not capability.tolerance_mm:
            return self.env._("has not said which tolerance its %(process)s holds", process=self.process_id.name)
        return self.env._(
            "%(process)s holds ± %(held)g mm, the component needs ± %(needed)g mm",
            process=self.process_id.name,
            held=capability.tolerance_mm,
            needed=self.tolerance_mm,
        )


def _lengths(record):
    """ "2440 × 1220 × 18", leaving out what is 0 (any, or no limit)."""
    lengths = (record.envelope_x_mm, record.envelope_y_mm, record.envelope_z_mm)
    return " × ".join(f"{length:g}" for length in lengths if length)
