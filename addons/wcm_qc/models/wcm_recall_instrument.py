from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class WcmRecall(models.Model):
    """From an instrument that was found wrong to every part that it measured since it was right."""

    _inherit = "wcm.recall"

    calibration_id = fields.Many2one(
        "wcm.calibration", "Instrument found wrong", index="btree_not_null", ondelete="restrict", domain=[("is_wrong", "=", True)], copy=False,
        help="Parts that the instrument measured since its last good calibration. What is installed is listed there, and not held.",
    )

    @api.depends("calibration_id")
    def _compute_found(self):
        super()._compute_found()

    @api.depends("calibration_id")
    def _compute_summary(self):
        super()._compute_summary()

    def write(self, vals):
        if not self.env.su and "calibration_id" in vals and any(recall.state != "draft" for recall in self):
            raise UserError(self.env._("What was recalled, and why, stays as it was. Begin another recall for more."))
        return super().write(vals)

    def _source_conditions(self):
        yield from super()._source_conditions()
        if self.calibration_id:
            # The list itself may be past the reader's rights; the parts are not.
            yield self.calibration_id.sudo()._affected_parts() if self.calibration_id.sudo().is_wrong else Domain.FALSE

    def _to_hold_domain(self):
        fits = super()._to_hold_domain()
        return fits & Domain("state", "!=", "installed") if self.calibration_id else fits
