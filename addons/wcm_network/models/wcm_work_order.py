from collections import Counter, defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError

# What a member is asked to agree to: fixed as soon as it is on offer.
TERM_FIELDS = frozenset({"build_line_id", "membership_id", "quantity", "price_unit", "currency_id", "date_start", "date_due", "bom_id", "material_by", "price_free_reason"})


class WcmWorkOrder(models.Model):
    """One component, one quantity, one member, one window, for one build.

    Orchestrates native documents and never replaces them.
    """

    _name = "wcm.work.order"
    _description = "Distributed work order"
    _inherit = ["mail.thread", "mail.activity.mixin", "wcm.guarded", "wcm.facade"]
    _order = "date_due, id"
    _rec_names_search = ["name", "product_id.default_code", "membership_id.name"]

    _guarded = frozenset({
        "name", "state", "on_hold", "hold_reason", "decline_reason", "design_revision", "purchase_line_id", "accepted_on", "accepted_by_id",
        "drawing_ids", "discrepancies", "is_paused", "pause_reason", "counter_quantity", "counter_date_due", "counter_price_unit", "counter_reason",
    })
    _member_readable = frozenset({
        "name", "state", "on_hold", "hold_reason", "membership_id", "component_code", "component_name",
        "build_name", "site_name", "quantity", "date_start", "date_due", "design_revision", "instructions",
        "quantity_made", "quantity_ready", "quantity_dispatched", "quantity_received", "part_ids",
        "sheets_needed", "release_reference", "drawing_count",
    })
    _office_readable = frozenset({
        "price_unit", "price_total", "currency_id", "offer_expires_on", "decline_reason",
        "counter_quantity", "counter_date_due", "counter_price_unit", "counter_reason",
    })

    name = fields.Char(required=True, readonly=True, default="New", copy=False, index=True)
    plan_line_ids = fields.One2many("wcm.plan.line", "work_order_id", readonly=True)
    build_line_id = fields.Many2one("wcm.build.line", "Demand", required=True, index=True, ondelete="restrict")
    build_id = fields.Many2one(related="build_line_id.build_id", store=True, index=True)
    build_name = fields.Char(related="build_id.name", string="Build name")
    site_id = fields.Many2one(related="build_line_id.site_id", store=True)
    site_name = fields.Char(related="site_id.name", string="Site name")
    product_id = fields.Many2one(related="build_line_id.product_id", store=True, index=True, string="Component")
    component_code = fields.Char(related="product_id.default_code", string="Component code")
    component_name = fields.Char(related="product_id.name", string="Component name")
    bom_id = fields.Many2one(
        "mrp.bom", "Bill of materials", compute="_compute_bom_id", store=True, readonly=False,
        help="The subcontract bill of materials that is made.",
    )
    membership_id = fields.Many2one("wcm.membership", "Member", required=True, index=True, tracking=True)
    facility_id = fields.Many2one(related="membership_id.facility_id", store=True)
    partner_id = fields.Many2one(related="membership_id.partner_id", store=True, index=True)
    region_id = fields.Many2one(related="membership_id.region_id", store=True)
    organisation_type = fields.Selection(related="membership_id.organisation_type", store=True)
    quantity = fields.Integer(required=True, tracking=True)
    price_unit = fields.Monetary("Price each", tracking=True, help="Price of one block: making, and the sheets where the member buys them; what the network supplies is not in it.")
    price_total = fields.Monetary("Price", compute="_compute_price_total", store=True)
    currency_id = fields.Many2one("res.currency", default=lambda self: self.env.company.currency_id, required=True)
    date_start = fields.Date("Start")
    date_due = fields.Date("Ready by", required=True, tracking=True)
    offer_expires_on = fields.Date("Answer by", copy=False)
    accepted_on = fields.Datetime(readonly=True, copy=False)
    accepted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
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
        default="draft", required=True, readonly=True, index=True, copy=False, tracking=True, group_expand="_states_in_use",
    )
    on_hold = fields.Boolean(readonly=True, tracking=True, copy=False)
    hold_reason = fields.Char(readonly=True, copy=False)
    decline_reason = fields.Char(readonly=True, copy=False, tracking=True)
    counter_quantity = fields.Integer(readonly=True, copy=False)
    counter_date_due = fields.Date("Counter: ready by", readonly=True, copy=False)
    counter_price_unit = fields.Monetary("Counter: price", readonly=True, copy=False)
    counter_reason = fields.Char(readonly=True, copy=False)
    design_revision = fields.Char(readonly=True, copy=False, help="Revision of the design files that was agreed to.")
    instructions = fields.Text()
    purchase_line_id = fields.Many2one("purchase.order.line", readonly=True, copy=False, index="btree_not_null")
    purchase_id = fields.Many2one(related="purchase_line_id.order_id", store=True)
    release_reference = fields.Char(related="purchase_id.name", string="Purchase order reference")
    production_ids = fields.One2many("mrp.production", "wcm_work_order_id", readonly=True)
    part_ids = fields.One2many("wcm.part", "work_order_id", readonly=True)
    quantity_made = fields.Integer("Made", compute="_compute_progress", help="Made, wherever they are now.")
    quantity_ready = fields.Integer("Ready to ship", compute="_compute_progress", help="Made or packed, still with the member, and not held.")
    quantity_dispatched = fields.Integer("Dispatched", compute="_compute_progress", help="Have left the member.")
    quantity_received = fields.Integer("Received", compute="_compute_progress", help="Have arrived on site.")
    sheets_needed = fields.Float(compute="_compute_sheets_needed", compute_sudo=True, help="Sheets of material for the whole order.")
    drawing_count = fields.Integer(compute="_compute_drawing_count")

    _quantity_positive = models.Constraint("CHECK(quantity > 0)", "A work order is for one block or more.")
    _price_not_negative = models.Constraint("CHECK(price_unit >= 0)", "A price cannot be below zero.")

    @api.depends("product_id")
    def _compute_bom_id(self):
        for order in self:
            if order.bom_id.product_tmpl_id != order.product_id.product_tmpl_id:
                order.bom_id = order._find_subcontract_bom()

    def _find_subcontract_bom(self):
        return self.env["mrp.bom"].sudo().search(
            [
                ("type", "=", "subcontract"),
                ("product_tmpl_id", "=", self.product_id.product_tmpl_id.id),
                ("product_id", "in", (False, self.product_id.id)),
            ],
            order="sequence, product_id, id", limit=1,
        )

    @api.depends("quantity", "price_unit")
    def _compute_price_total(self):
        for order in self:
            order.price_total = order.quantity * order.price_unit

    @api.depends("part_ids.state", "part_ids.is_held")
    def _compute_progress(self):
        """Counted by the database: an order is asked again whenever one of its parts moves on."""
        counts = defaultdict(Counter)
        groups = self.env["wcm.part"]._read_group([("work_order_id", "in", self.ids)], ["work_order_id", "state", "is_held"], ["__count"])
        for order, state, is_held, count in groups:
            counts[order.id].update({state: count, "ready": 0 if is_held or state not in ("made", "packed") else count})
        for order in self:
            count = counts[order._origin.id]
            order.quantity_received = count["received"] + count["installed"]
            order.quantity_dispatched = order.quantity_received + count["dispatched"]
            order.quantity_made = order.quantity_dispatched + count["made"] + count["packed"]
            order.quantity_ready = count["ready"]

    @api.depends("quantity", "bom_id")
    def _compute_sheets_needed(self):
        for order in self:
            order.sheets_needed = order.bom_id and sum(order.bom_id._sheets_for(order.quantity).values())

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        for order in orders.sudo():
            order.name = self.env["ir.sequence"].next_by_code("wcm.work.order")
        return orders

    def write(self, vals):
        if not self.env.su and TERM_FIELDS & vals.keys():
            self._check_terms_not_fixed()
        return super().write(vals)

    def _check_terms_not_fixed(self):
        self.check_access("write")
        fixed = self.filtered(lambda order: order.state != "draft")
        if fixed:
            raise UserError(self.env._(
                "%(orders)s is on offer or agreed, so its terms are fixed. Withdraw the offer to change them.",
                orders=", ".join(fixed.mapped("name")),
            ))

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        if any(order.state != "draft" for order in self):
            raise UserError(self.env._("Only a draft can be deleted. Cancel the work order instead, so that its history stays."))

    def action_hold(self, reason=None):
        """Nothing is started, made or packed until the hold is lifted."""
        self._check_coordinator()
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the work stops: the member sees it."))
        self.sudo().write({"on_hold": True, "hold_reason": reason.strip()})
        return True

    def action_unhold(self):
        self._check_coordinator()
        self.sudo().write({"on_hold": False, "hold_reason": False})
        return True

    def action_close(self):
        """Everything has arrived; nothing more is expected of the member."""
        self._check_coordinator()
        orders = self.sudo()
        orders._check_state("received")
        orders.state = "closed"
        return True

    def _check_state(self, *states):
        """The order is where the action starts from; says where it is instead."""
        for order in self:
            if order.state not in states:
                raise UserError(self.env._(
                    "%(order)s is “%(state)s”, so this cannot be done any more. Reload the page to see where it is.",
                    order=order.name, state=order._state_label(),
                ))

    def _state_label(self):
        return dict(self._fields["state"]._description_selection(self.env))[self.state]

    def _check_not_on_hold(self):
        for order in self:
            if order.on_hold:
                raise UserError(self.env._(
                    "%(order)s is on hold: %(reason)s. Ask your coordinator before you go on.",
                    order=order.name, reason=order.hold_reason,
                ))

    def _sync_state_with_parts(self):
        """The state follows the slowest part that is still to come."""
        for order in self:
            state = order._state_of_parts()
            if state and state != order.state:
                order.state = state
        self.build_id._follow_work()

    def _state_of_parts(self):
        states = set(self.part_ids.mapped("state")) - {"scrapped"}
        if not states or self.state not in ("released", "in_production", "ready", "dispatched", "received"):
            return None
        if "to_make" in states:
            return "in_production" if self.state != "released" or len(states) > 1 else "released"
        if states & {"made", "packed"}:
            return "ready"
        return "dispatched" if "dispatched" in states else "received"
