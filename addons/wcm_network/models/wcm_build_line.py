from odoo import fields, models


class WcmBuildLine(models.Model):
    """How many of one component a build needs on site by a date."""

    _name = "wcm.build.line"
    _description = "Demand of a build"
    _order = "build_id, date_required, id"

    build_id = fields.Many2one("wcm.build", required=True, index=True, ondelete="cascade")
    site_id = fields.Many2one(related="build_id.site_id", store=True)
    product_id = fields.Many2one("product.product", required=True, index=True)
    quantity = fields.Integer("Needed", required=True, default=1)
    date_required = fields.Date("Required on site", required=True)
    stage = fields.Selection([("floor", "Floor"), ("walls", "Walls"), ("roof", "Roof"), ("other", "Other")], default="other", required=True)
    work_order_ids = fields.One2many("wcm.work.order", "build_line_id")
    quantity_offered = fields.Integer("On offer", compute="_compute_quantities", help="In offers still waiting for an answer.")
    quantity_placed = fields.Integer("Placed", compute="_compute_quantities", help="In orders that a member has accepted.")
    quantity_received = fields.Integer("Received", compute="_compute_quantities")
    quantity_open = fields.Integer("Open", compute="_compute_quantities", help="Needed and not yet accepted by anybody.")
