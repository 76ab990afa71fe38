from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models


class WcmCapability(models.Model):
    """What one facility can do of one process, how fast, at what price and how much of it."""

    _name = "wcm.capability"
    _description = "Capability"
    _inherit = ["mail.thread"]
    _order = "facility_id, process_id"

    facility_id = fields.Many2one(
        "wcm.facility", string="Production Space", required=True, index=True, ondelete="cascade"
    )
    process_id = fields.Many2one("wcm.process", required=True, index=True, ondelete="restrict")
    region_id = fields.Many2one(related="facility_id.region_id", store=True, index=True)
    active = fields.Boolean(default=True, tracking=True)
    envelope_x_mm = fields.Integer(
        "Envelope X (mm)", aggregator="max", tracking=True, help="Longest workpiece, in mm. 0: not limited."
    )
    envelope_y_mm = fields.Integer(
        "Envelope Y (mm)", aggregator="max", tracking=True, help="Widest workpiece, in mm. 0: not limited."
    )
    envelope_z_mm = fields.Integer(
        "Envelope Z (mm)", aggregator="max", tracking=True, help="Highest workpiece, in mm. 0: not limited."
    )
    tolerance_mm = fields.Float(
        "Tolerance (± mm)",
        digits=(8, 3),
        aggregator="min",
        tracking=True,
        help="Best tolerance that it holds, plus or minus, in mm.",
    )
    minutes_per_hour = fields.Float(
        "Minutes per Hour",
        default=60.0,
        aggregator="avg",
        tracking=True,
        help="Standard minutes of work done in one clock hour. 60 is the standard pace, 45 a quarter slower.",
    )
    currency_id = fields.Many2one("res.currency", default=lambda self: self.env.ref("base.GBP"), required=True)
    cost_per_hour = fields.Monetary(aggregator="avg", tracking=True, help="Price of one clock hour.")
    machine_count = fields.Integer("Machines", default=1, tracking=True, help="How many can work at the same time.")
    calendar_id = fields.Many2one(
        "resource.calendar",
        "Working Hours",
        required=True,
        default=lambda self: self.env.company.resource_calendar_id,
        ondelete="restrict",
        tracking=True,
    )
    share_offered = fields.Float(
        default=0.5,
        aggregator="avg",
        tracking=True,
        help="The part of the working hours that the network may use.",
    )
    evidence_level = fields.Selection(
        [
            ("declared", "Declared"),
            ("audited", "Audited"),
            ("demonstrated", "Demonstrated"),
        ],
        default="declared",
        required=True,
        tracking=True,
        help="Declared: they say so. Audited: somebody looked. Demonstrated: good parts were made.",
    )
    evidence_ids = fields.One2many("wcm.capability.evidence", "capability_id", "Changes of Evidence", readonly=True)

    _facility_process_uniq = models.UniqueIndex(
        "(facility_id, process_id)", "This facility already lists that process."
    )
    # What the finder judges by, of one process: tens of thousands of them in one stretch.
    _judged_idx = models.Index(
        "(process_id, facility_id) INCLUDE"
        " (id, active, envelope_x_mm, envelope_y_mm, envelope_z_mm, tolerance_mm, evidence_level)"
    )
    _pace_positive = models.Constraint("CHECK(minutes_per_hour > 0)", "Minutes per hour must be more than 0.")
    _machines_positive = models.Constraint(
        "CHECK(machine_count > 0)", "Give at least one machine, or archive the capability."
    )
    _share_is_part = models.Constraint(
        "CHECK(share_offered BETWEEN 0 AND 1)", "The share offered lies between 0 and 100 %."
    )
    _no_negative_figures = models.Constraint(
        "CHECK(cost_per_hour >= 0 AND tolerance_mm >= 0 AND envelope_x_mm >= 0"
        " AND envelope_y_mm >= 0 AND envelope_z_mm >= 0)",
        "Prices and lengths cannot be negative.",
    )

    @api.depends("facility_id.name", "process_id.name")
    def _compute_display_name(self):
        for capability in self:
            capability.display_name = f"{capability.facility_id.name or ''}: {capability.process_id.name or ''}"

    def write(self, vals):
        """Whoever moves a record to another space must have a right to it there too."""
        before = {capability: capability.evidence_level for capability in self if "evidence_level" in vals}
        result = super().write(vals)
        self._note_evidence(before)
        if "facility_id" in vals:
            self.check_access("write")
        return result

    def _note_evidence(self, before):
        """Keep who raised or lowered the evidence and why: see wcm.capability.evidence."""
        reason = self.env.context.get("evidence_reason") or self.env._("Changed by hand")
        self.env["wcm.capability.evidence"].sudo().create(
            [
                {
                    "capability_id": capability.id,
                    "audit_id": self.env.context.get("evidence_audit_id"),
                    "before": level,
                    "after": capability.evidence_level,
                    "reason": reason,
                    "user_id": self.env.uid,
                }
                for capability, level in before.items()
                if level != capability.evidence_level
            ]
        )

    def _set_evidence(self, level, reason, audit):
        """Raise or lower the evidence after an audit, with the reason in the chatter too."""
        self.ensure_one()
        self.with_context(evidence_reason=reason, evidence_audit_id=audit.id).evidence_level = level
        self.message_post(body=Markup("%s (%s)") % (reason, audit._link()))

    def _hours_by_week(self, first_monday, weeks, measure="hours_capacity"):
        """Offered clock hours, {capability id: [hours of week 0, week 1, ...]}.

        Net of leave and downtime; with `measure="hours_free"` net of load too. A week
        that wcm.capacity does not reach has 0 hours.
        """
        hours = {capability.id: [0.0] * weeks for capability in self}
        last_monday = first_monday + timedelta(weeks=weeks - 1)
        capacity = self.env["wcm.capacity"].with_context(capacity_weeks=(first_monday, last_monday))
        groups = capacity._read_group(
            [
                ("capability_id", "in", self.ids),
                ("week_start", ">=", first_monday),
                ("week_start", "<=", last_monday),
            ],
            ["capability_id", "week_start:day"],
            [f"{measure}:sum"],
        )
        for capability, week_start, value in groups:
            hours[capability.id][(week_start - first_monday).days // 7] = value
        return hours
