from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..scales import MOST_READINGS

KINDS = [
    ("pass_fail", "Pass or fail"), ("measurement", "Measurement"), ("choice", "Choice"), ("photo", "Photo"), ("text", "Text"), ("signature", "Signature"),
]


class WcmCheckpoint(models.Model):
    """One thing to check, and what counts as right."""

    _name = "wcm.checkpoint"
    _description = "Checkpoint"
    _order = "plan_id, sequence, id"

    plan_id = fields.Many2one("wcm.control.plan", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    name = fields.Char("What to check", required=True)
    instruction = fields.Text(help="How to check it, for somebody who does it for the first time.")
    kind = fields.Selection(KINDS, default="pass_fail", required=True)
    nominal = fields.Float(digits=(12, 3), help="The value wanted, in the unit of the checkpoint.")
    tolerance_minus = fields.Float("Minus", digits=(12, 3), help="Allowed below the nominal; a positive number.")
    tolerance_plus = fields.Float("Plus", digits=(12, 3), help="Allowed above the nominal; a positive number.")
    uom_id = fields.Many2one(
        "uom.uom", "Unit", default=lambda self: self.env.ref("uom.product_uom_millimeter"), domain=[("is_measured", "=", True)], context={"active_test": False}, ondelete="restrict",
        help="What the limits are in. Readings in another unit of the same kind are converted. Empty where a number has none.",
    )
    unit = fields.Char("Name of the unit", compute="_compute_unit", inverse="_inverse_unit")
    reading_count = fields.Integer("Readings", default=1, required=True, help="How many times it is measured; every reading has to be within the limits.")
    point_type = fields.Selection(
        [("surveillance", "Surveillance"), ("witness", "Witness"), ("hold", "Hold point")],
        default="surveillance", required=True, help="A hold point stops the part until it has passed.",
    )

    _tolerances_positive = models.Constraint(
        "CHECK (tolerance_minus >= 0 AND tolerance_plus >= 0)",
        "A tolerance says how far a value may be off: give it as a positive number, also below the nominal.",
    )
    _reading_count_range = models.Constraint(
        f"CHECK (reading_count BETWEEN 1 AND {MOST_READINGS})", f"One checkpoint is measured once, or up to {MOST_READINGS} times.",
    )

    @api.depends("uom_id.name")
    def _compute_unit(self):
        for checkpoint in self:
            checkpoint.unit = checkpoint.uom_id.with_context(lang=None).name

    def _inverse_unit(self):
        for checkpoint in self:
            unit = self.env["uom.uom"]._named(checkpoint.unit)
            if checkpoint.unit and not unit:
                raise ValidationError(self.env._(
                    "There is no unit “%(unit)s” for “%(checkpoint)s”. Use one of: %(units)s.", unit=checkpoint.unit, checkpoint=checkpoint.name,
                    units=", ".join(self.env["uom.uom"]._measured().mapped("name")),
                ))
            checkpoint.uom_id = unit

    @api.constrains("kind", "tolerance_minus", "tolerance_plus")
    def _check_tolerances(self):
        for checkpoint in self.filtered(lambda point: point.kind == "measurement"):
            if not (checkpoint.tolerance_minus or checkpoint.tolerance_plus):
                raise ValidationError(self.env._(
                    "“%s” allows no deviation at all, so nothing would ever pass: give a tolerance below, above, or both.",
                    checkpoint.name,
                ))

    @api.model_create_multi
    def create(self, vals_list):
        checkpoints = super().create(vals_list)
        checkpoints.plan_id._check_draft()
        return checkpoints

    def write(self, vals):
        self.plan_id._check_draft()
        result = super().write(vals)
        self.plan_id._check_draft()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_from_drafts_only(self):
        self.plan_id._check_draft()

    def _frozen_values(self):
        """Copy of this checkpoint for an inspection line, which later versions do not reach."""
        values = {
            name: self[name]
            for name in ("sequence", "name", "instruction", "kind", "point_type")
        }
        if self.kind == "measurement":
            values.update({name: self[name] for name in ("nominal", "tolerance_minus", "tolerance_plus", "unit", "reading_count")}, uom_id=self.uom_id.id)
        return values
