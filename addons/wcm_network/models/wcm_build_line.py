from collections import defaultdict

from odoo import api, fields, models

OFFERED_STATES = ("offered", "countered")
PLACED_STATES = ("accepted", "released", "in_production", "ready", "dispatched", "received", "closed")
RECEIVED_PARTS = ("received", "installed")


class WcmBuildLine(models.Model):
    """How many of one component a build needs on site by a date."""

    _name = "wcm.build.line"
    _description = "Demand of a build"
    _order = "build_id, date_required, id"
    _rec_names_search = ["product_id", "build_id"]

    build_id = fields.Many2one("wcm.build", required=True, index=True, ondelete="cascade")
    site_id = fields.Many2one(related="build_id.site_id", store=True)
    region_id = fields.Many2one(related="build_id.region_id", store=True)
    product_id = fields.Many2one("product.product", required=True, index=True)
    quantity = fields.Integer("Needed", required=True, default=1)
    date_required = fields.Date(
        "Required on site", required=True, compute="_compute_date_required", store=True, readonly=False, precompute=True,
    )
    stage = fields.Selection([("floor", "Floor"), ("walls", "Walls"), ("roof", "Roof"), ("other", "Other")], default="other", required=True)
    work_order_ids = fields.One2many("wcm.work.order", "build_line_id", "Work orders")
    quantity_offered = fields.Integer("On offer", compute="_compute_quantities", help="In offers still waiting for an answer.")
    quantity_placed = fields.Integer("Placed", compute="_compute_quantities", help="In orders that a member has accepted.")
    quantity_received = fields.Integer("Received", compute="_compute_received", help="Parts received on site.")
    quantity_open = fields.Integer("Open", compute="_compute_quantities", help="Needed and not yet accepted by anybody.")
    quantity_to_plan = fields.Integer("To plan", compute="_compute_quantities", help="Open and not on offer either: what a new plan places.")

    _quantity_positive = models.Constraint("CHECK(quantity > 0)", "Ask for at least one, or delete the line.")

    @api.depends("build_id")
    def _compute_date_required(self):
        for line in self:
            line.date_required = line.date_required or line._stage_date()

    @api.onchange("stage")
    def _onchange_stage(self):
        self.date_required = self._stage_date() or self.date_required

    @api.depends("quantity", "work_order_ids.state", "work_order_ids.quantity")
    def _compute_quantities(self):
        """The true figures, also where the reader may not see a member's orders."""
        sums = self._quantity_by_state()
        for line in self:
            by_state = sums[line._origin.id]
            line.quantity_offered = sum(by_state[state] for state in OFFERED_STATES)
            line.quantity_placed = sum(by_state[state] for state in PLACED_STATES)
            line.quantity_open = max(0, line.quantity - line.quantity_placed)
            line.quantity_to_plan = max(0, line.quantity_open - line.quantity_offered)

    def _quantity_by_state(self):
        """{line id: {work order state: quantity}}"""
        sums = defaultdict(lambda: defaultdict(int))
        groups = self.env["wcm.work.order"].sudo()._read_group(
            [("build_line_id", "in", self._origin.ids)], ["build_line_id", "state"], ["quantity:sum"]
        )
        for line, state, quantity in groups:
            sums[line.id][state] = quantity
        return sums

    @api.depends("work_order_ids.part_ids.state")
    def _compute_received(self):
        groups = self.env["wcm.part"].sudo()._read_group(
            [("work_order_id.build_line_id", "in", self._origin.ids), ("state", "in", RECEIVED_PARTS)],
            ["work_order_id.build_line_id"],
            ["__count"],
        )
        counts = {line.id: count for line, count in groups}
        for line in self:
            line.quantity_received = counts.get(line._origin.id, 0)

    def _stage_date(self):
        return self.build_id._stage_date(self.stage)

    def _take_stage_date(self):
        for day, lines in self.grouped(lambda line: line._stage_date()).items():
            lines.date_required = day

    @api.depends("product_id", "build_id.name")
    def _compute_display_name(self):
        for line in self:
            component = line.product_id.default_code or line.product_id.name or ""
            line.display_name = f"{line.build_id.name or ''}: {component}"
