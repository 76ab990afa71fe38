from odoo import api, fields, models

from ..scope import Scope


class WcmGrantTarget(models.Model):
    """How much of an indicator a grant promised."""

    _name = "wcm.grant.target"
    _description = "Target of a grant"
    _inherit = ["mail.thread"]
    _order = "grant_id, kind, sequence, id"
    _rec_name = "indicator_id"

    grant_id = fields.Many2one("wcm.grant", required=True, index=True, ondelete="restrict")
    sequence = fields.Integer(default=10)
    kind = fields.Selection([("a_output", "Output"), ("b_outcome", "Outcome")], required=True, default="a_output", help="An output is what was done, an outcome what came of it.")
    indicator_id = fields.Many2one("wcm.indicator", required=True, ondelete="restrict")
    unit = fields.Char(related="indicator_id.unit")
    target = fields.Float(required=True, tracking=True, help="In the unit of the indicator; of a share, 0 to 1.")
    words = fields.Char("In the funder's words")
    value = fields.Float("So far", compute="_compute_value")
    is_known = fields.Boolean(compute="_compute_value")
    reached = fields.Float(compute="_compute_value", help="So far over target.")

    _target_positive = models.Constraint("CHECK(target > 0)", "A target is more than zero.")
    _once = models.UniqueIndex("(grant_id, indicator_id)", "This grant has a target for that indicator already.")

    @api.depends("target", "indicator_id", "grant_id.date_start", "grant_id.date_end")
    def _compute_value(self):
        """Of the homes of the grant that the reader's regions have, in its whole period."""
        for target in self:
            value = target._value(target.grant_id._origin._own_scope()) if target.grant_id and target.indicator_id else None
            target.value, target.is_known = value or 0, value is not None
            target.reached = (value or 0) / target.target if target.target else 0

    def _value(self, scope: Scope):
        return self.indicator_id.sudo()._figure(scope).value

    @api.ondelete(at_uninstall=False)
    def _unlink_of_grants_that_are_not_kept(self):
        self.grant_id._check_may_delete(self.grant_id.report_ids.filtered(lambda report: report.state != "due"))
