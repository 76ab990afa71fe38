from odoo import api, fields, models
from odoo.exceptions import UserError


class WcmQualitySignal(models.Model):
    """A control chart broke a rule, told once to a quality lead; the nightly search writes it and nobody else."""

    _name = "wcm.quality.signal"
    _description = "Signal of a control chart"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    # Who may read one may be told of it and say that it is done.
    _mail_post_access = "read"

    plan_id = fields.Many2one("wcm.control.plan", "Control plan", required=True, readonly=True, index=True, ondelete="restrict", help="Its first version.")
    checkpoint = fields.Char("What was measured", required=True, readonly=True)
    membership_id = fields.Many2one("wcm.membership", "Member", required=True, readonly=True, index=True, ondelete="restrict")
    equipment_ids = fields.Many2many("maintenance.equipment", "wcm_quality_signal_equipment_rel", "signal_id", "equipment_id", "Machines", readonly=True)
    rule = fields.Selection(
        [
            ("1", "Outside the control limits"),
            ("2", "Two of three points far out on one side"),
            ("3", "Four of five points out on one side"),
            ("4", "Eight or more points in a row on one side of the middle"),
            ("5", "A jump: the spread is above its limit"),
        ],
        required=True, readonly=True,
    )
    line_id = fields.Many2one("wcm.inspection.line", "Told of at", required=True, readonly=True, index=True, ondelete="restrict", help="The reading that completed the pattern.")
    inspection_id = fields.Many2one(related="line_id.inspection_id", store=True)
    line_ids = fields.Many2many("wcm.inspection.line", "wcm_quality_signal_line_rel", "signal_id", "line_id", "Readings", readonly=True, help="All readings of the pattern, also those that came after it was told of.")

    _once = models.UniqueIndex("(line_id, rule)", "This signal is known already.")

    @api.depends("rule", "checkpoint", "membership_id.name")
    def _compute_display_name(self):
        rules = dict(self._fields["rule"]._description_selection(self.env))
        for signal in self:
            signal.display_name = f"{signal.checkpoint}, {signal.membership_id.sudo().name}: {rules.get(signal.rule)}"

    @api.ondelete(at_uninstall=False)
    def _never_unlink(self):
        raise UserError(self.env._("Signals are kept, so that none is told of twice."))

    def action_chart(self):
        """The chart of that characteristic, member and machine."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.client"]._for_xml_id("wcm_qc.action_quality_charts")
        asked = {"plan": self.plan_id.id, "checkpoint": self.checkpoint, "member": self.membership_id.id, "machine": self.equipment_ids[:1].id or 0}
        return {**action, "context": {"chart": asked}}
