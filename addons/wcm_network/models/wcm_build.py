from odoo import fields, models


class WcmBuild(models.Model):
    """One home or demonstration fabrication on a site."""

    _name = "wcm.build"
    _description = "Build"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date_required, name"

    name = fields.Char(required=True)
    kind = fields.Selection([("home", "Home"), ("demonstration", "Demonstration fabrication")], default="home", required=True)
    site_id = fields.Many2one("wcm.site", required=True, index=True)
    region_id = fields.Many2one(related="site_id.region_id", store=True)
    client_id = fields.Many2one("res.partner")
    grant_id = fields.Many2one("wcm.grant", index=True)
    bom_id = fields.Many2one("mrp.bom", "Kit", help="The bill of materials of the whole home: its blocks and their quantities.")
    date_required = fields.Date("First blocks on site", required=True)
    state = fields.Selection(
        [("draft", "Draft"), ("planned", "Planned"), ("in_progress", "In progress"), ("complete", "Complete"), ("cancelled", "Cancelled")],
        default="draft", required=True, index=True, copy=False, tracking=True,
    )
    floor_area_m2 = fields.Float("Floor area (m²)")
    line_ids = fields.One2many("wcm.build.line", "build_id", copy=True)
    work_order_ids = fields.One2many("wcm.work.order", "build_id")
    part_ids = fields.One2many("wcm.part", "build_id")
