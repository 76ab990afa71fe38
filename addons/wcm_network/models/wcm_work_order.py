from odoo import fields, models


class WcmWorkOrder(models.Model):
    """One component, one quantity, one member, one window, for one build.

    Orchestrates native documents and never replaces them.
    """

    _name = "wcm.work.order"
    _description = "Distributed work order"
    _inherit = ["mail.thread", "mail.activity.mixin", "wcm.facade"]
    _order = "date_due, id"

    _member_readable = frozenset({
        "name", "state", "on_hold", "hold_reason", "membership_id", "component_code", "component_name",
        "build_name", "site_name", "quantity", "price_unit", "price_total", "currency_id",
        "date_start", "date_due", "offer_expires_on", "decline_reason", "design_revision", "instructions",
        "counter_quantity", "counter_date_due", "counter_price_unit", "counter_reason",
        "quantity_made", "quantity_ready", "quantity_dispatched", "quantity_received", "part_ids",
        "sheets_needed", "release_reference", "drawing_count",
    })

    name = fields.Char(required=True, readonly=True, default="New", copy=False, index=True)
    plan_line_ids = fields.One2many("wcm.plan.line", "work_order_id", readonly=True)
    build_line_id = fields.Many2one("wcm.build.line", required=True, index=True, ondelete="restrict")
    build_id = fields.Many2one(related="build_line_id.build_id", store=True, index=True)
    build_name = fields.Char(related="build_id.name", string="Build name")
    site_id = fields.Many2one(related="build_line_id.site_id", store=True)
    site_name = fields.Char(related="site_id.name", string="Site name")
    product_id = fields.Many2one(related="build_line_id.product_id", store=True, index=True)
    component_code = fields.Char(related="product_id.default_code", string="Component")
    component_name = fields.Char(related="product_id.name", string="Component name")
    bom_id = fields.Many2one("mrp.bom", help="The subcontract bill of materials that is made.")
    membership_id = fields.Many2one("wcm.membership", "Member", required=True, index=True)
    facility_id = fields.Many2one(related="membership_id.facility_id", store=True)
    partner_id = fields.Many2one(related="membership_id.partner_id", store=True, index=True)
    region_id = fields.Many2one(related="membership_id.region_id", store=True)
    organisation_type = fields.Selection(related="membership_id.organisation_type", store=True)
    quantity = fields.Integer(required=True)
    price_unit = fields.Monetary(help="Making price of one block, without sheet material that the network supplies.")
    price_total = fields.Monetary(compute="_compute_price_total", store=True)
    currency_id = fields.Many2one("res.currency", default=lambda self: self.env.company.currency_id, required=True)
    date_start = fields.Date("Start")
    date_due = fields.Date("Ready by", required=True)
    offer_expires_on = fields.Date("Answer by")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("offered", "Offered"),
            ("countered", "Countered"),
            ("accepted", "Accepted"),
            ("declined", "Declined"),
            ("expired", "Expired"),
            ("released", "Released"),
            ("in_production", "In production"),
            ("ready", "Ready"),
            ("dispatched", "Dispatched"),
            ("received", "Received"),
            ("closed", "Closed"),
            ("cancelled", "Cancelled"),
        ],
        default="draft", required=True, index=True, copy=False, tracking=True, group_expand=True,
    )
    on_hold = fields.Boolean(tracking=True, copy=False)
    hold_reason = fields.Char(copy=False)
    decline_reason = fields.Char(copy=False, tracking=True)
    counter_quantity = fields.Integer(copy=False)
    counter_date_due = fields.Date("Counter: ready by", copy=False)
    counter_price_unit = fields.Monetary("Counter: price", copy=False)
    counter_reason = fields.Char(copy=False)
    design_revision = fields.Char(readonly=True, copy=False, help="Revision of the design files when the order was released.")
    instructions = fields.Text()
    purchase_line_id = fields.Many2one("purchase.order.line", readonly=True, copy=False, index="btree_not_null")
    purchase_id = fields.Many2one(related="purchase_line_id.order_id", store=True)
    release_reference = fields.Char(related="purchase_id.name", string="Purchase order reference")
    production_ids = fields.One2many("mrp.production", "wcm_work_order_id", readonly=True)
    part_ids = fields.One2many("wcm.part", "work_order_id", readonly=True)
    quantity_made = fields.Integer(compute="_compute_progress")
    quantity_ready = fields.Integer(compute="_compute_progress")
    quantity_dispatched = fields.Integer(compute="_compute_progress")
    quantity_received = fields.Integer(compute="_compute_progress")
    sheets_needed = fields.Float(compute="_compute_sheets_needed", help="Sheets of material for the whole order.")
    drawing_count = fields.Integer(compute="_compute_drawing_count")
