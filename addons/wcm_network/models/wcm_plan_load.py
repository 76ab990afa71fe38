from odoo import api, fields, models


class WcmPlanLoad(models.Model):
    """What a plan takes of the hours that a member could give to one process in one week, as it was solved.

    Rows and not JSON on the plan: they are searched, grouped and summed like anything else, and one rule keeps the
    hours of a member to the coordinators of its region, as wcm.capacity does.
    """

    _name = "wcm.plan.load"
    _description = "Load of a plan"
    _order = "plan_id, membership_id, process_id, week_start"

    plan_id = fields.Many2one("wcm.plan", required=True, readonly=True, index=True, ondelete="cascade")
    membership_id = fields.Many2one("wcm.membership", "Member", required=True, readonly=True, ondelete="cascade")
    region_id = fields.Many2one(related="membership_id.region_id", store=True, precompute=True)
    process_id = fields.Many2one("wcm.process", required=True, readonly=True, ondelete="cascade")
    week_start = fields.Date("Week", required=True, readonly=True, help="The Monday.")
    capacity = fields.Float(
        "Capacity (h)", digits=(12, 2), readonly=True,
        help="Clock hours that were free before this plan: offered, less orders and offers.",
    )
    hours = fields.Float("Load (h)", digits=(12, 2), readonly=True, help="Clock hours of this plan, set-ups included.")
    hours_free = fields.Float("Left (h)", digits=(12, 2), compute="_compute_hours_free", store=True, precompute=True)
    shadow_value = fields.Monetary(
        "One more hour would save", readonly=True, aggregator="max",
        help="About so much cheaper the plan would be with one more hour here. An indication where set-ups weigh.",
    )
    currency_id = fields.Many2one(related="plan_id.currency_id")

    @api.depends("membership_id", "process_id", "week_start")
    def _compute_display_name(self):
        for load in self:
            load.display_name = f"{load.membership_id.name}, {load.process_id.name}, {load.week_start}"

    @api.depends("capacity", "hours")
    def _compute_hours_free(self):
        for load in self:
            load.hours_free = load.capacity - load.hours
