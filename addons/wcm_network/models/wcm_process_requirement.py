from decimal import Decimal

from odoo import fields, models

from ..pricing.buildup import Step


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
    hands_on = fields.Float(
        "Hands on", default=1.0, digits=(6, 2),
        help="People at work through the minutes of a unit: 1 all the time, 0.25 for a machine that mostly runs by itself, 2 for two people. "
        "Set-up has one person at it.",
    )
    envelope_x_mm = fields.Float("Needs X (mm)", digits=(8, 0), help="Length of the workpiece. 0: any.")
    envelope_y_mm = fields.Float("Needs Y (mm)", digits=(8, 0), help="Width of the workpiece. 0: any.")
    envelope_z_mm = fields.Float("Needs Z (mm)", digits=(8, 0), help="Height of the workpiece. 0: any.")
    tolerance_mm = fields.Float("Needs tolerance (± mm)", digits=(8, 3), help="0: any.")
    material_id = fields.Many2one(
        "wcm.material", ondelete="restrict",
        help="The kit of the process must list it. As thick as the workpiece is high, where the kit says how thick it works. Empty: any.",
    )
    evidence_level = fields.Selection(
        selection=lambda self: self.env["wcm.capability"]._fields["evidence_level"].selection, string="Least evidence",
        help="Declared: they say so. Audited: somebody looked. Demonstrated: good parts were made. Empty: as the plan asks.",
    )
    is_illustrative = fields.Boolean("Illustrative", help="Not from a published source.")

    _minutes_positive = models.Constraint(
        "CHECK(minutes_per_unit > 0 AND setup_minutes >= 0)",
        "Minutes per unit must be more than 0, set-up minutes not negative.",
    )
    _hands_positive = models.Constraint("CHECK(hands_on >= 0)", "Nobody or more people have their hands on it.")
    _lengths_positive = models.Constraint(
        "CHECK(envelope_x_mm >= 0 AND envelope_y_mm >= 0 AND envelope_z_mm >= 0 AND tolerance_mm >= 0)",
        "Lengths in mm cannot be negative.",
    )
    _process_once = models.UniqueIndex("(bom_id, process_id)", "This bill of materials lists that process already.")

    def _step(self, capability, rate):
        """This process at the pace and rates of a member, for the arithmetic of plans and prices."""
        return Step(
            name=self.process_id.name,
            minutes=Decimal(str(self.minutes_per_unit)),
            setup_minutes=Decimal(str(self.setup_minutes)),
            pace=Decimal(str(capability.minutes_per_hour)),
            rate=rate,
            hands=Decimal(str(self.hands_on)),
        )
