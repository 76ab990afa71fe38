from odoo import fields, models


class WcmInspection(models.Model):
    """The frozen control plan carried out on one part; closed means closed."""

    _name = "wcm.inspection"
    _description = "Inspection"
    _inherit = ["mail.thread", "wcm.facade"]
    _order = "id desc"

    _member_readable = frozenset({
        "name", "part_id", "part_name", "component_name", "work_order_id", "membership_id", "plan_name", "stage", "state",
        "line_ids", "inspector_name", "closed_at", "is_hold_point", "replaces_id", "replace_reason",
    })

    name = fields.Char(required=True, readonly=True, default="New", copy=False)
    part_id = fields.Many2one("wcm.part", required=True, index=True, ondelete="restrict", readonly=True)
    part_name = fields.Char(related="part_id.name", string="Serial number")
    component_name = fields.Char(related="part_id.component_name")
    work_order_id = fields.Many2one(related="part_id.work_order_id", store=True, index=True)
    membership_id = fields.Many2one(related="part_id.membership_id", store=True, index=True)
    build_id = fields.Many2one(related="part_id.build_id", store=True)
    plan_id = fields.Many2one("wcm.control.plan", required=True, readonly=True, ondelete="restrict")
    plan_name = fields.Char(readonly=True)
    stage = fields.Selection(related="plan_id.stage", store=True)
    state = fields.Selection(
        [("open", "To do"), ("passed", "Passed"), ("failed", "Failed"), ("replaced", "Corrected by a new record")],
        default="open", required=True, index=True, readonly=True, copy=False, tracking=True,
    )
    line_ids = fields.One2many("wcm.inspection.line", "inspection_id", readonly=True)
    is_hold_point = fields.Boolean(readonly=True)
    inspector_id = fields.Many2one("res.users", readonly=True, copy=False)
    inspector_name = fields.Char(related="inspector_id.name", string="Inspector name")
    closed_at = fields.Datetime(readonly=True, copy=False)
    replaces_id = fields.Many2one("wcm.inspection", readonly=True, copy=False)
    replace_reason = fields.Char(readonly=True, copy=False)
