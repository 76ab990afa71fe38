import re

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

# Words in the name of a component or its category; then the first letter of a
# WikiHouse Skylark block code (W-O-L-1 is a wall block).
STAGE_WORDS = {
    "floor": r"floor|ground|joist",
    "walls": r"wall|corner|window|door",
    "roof": r"roof|ridge|gable|eave",
}
STAGE_LETTERS = {"F": "floor", "W": "walls", "E": "walls", "V": "roof", "G": "roof", "R": "roof"}


class WcmBuild(models.Model):
    """One home or demonstration fabrication on a site."""

    _name = "wcm.build"
    _description = "Build"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date_required, name"

    name = fields.Char(required=True, tracking=True)
    kind = fields.Selection([("home", "Home"), ("demonstration", "Demonstration fabrication")], default="home", required=True)
    site_id = fields.Many2one("wcm.site", required=True, index=True, tracking=True)
    region_id = fields.Many2one(related="site_id.region_id", store=True, index=True)
    client_id = fields.Many2one("res.partner", help="Who the home is for.")
    grant_id = fields.Many2one("wcm.grant", index=True)
    bom_id = fields.Many2one("mrp.bom", "Kit", help="The bill of materials of the whole home: its blocks and their quantities.")
    date_required = fields.Date("First blocks on site", required=True, tracking=True)
    state = fields.Selection(
        [("draft", "Draft"), ("planned", "Planned"), ("in_progress", "In progress"), ("complete", "Complete"), ("cancelled", "Cancelled")],
        default="draft", required=True, index=True, copy=False, tracking=True, group_expand=True,
    )
    floor_area_m2 = fields.Float("Floor area (m²)")
    note = fields.Html("Notes")
    line_ids = fields.One2many("wcm.build.line", "build_id", "Components", copy=True)
    work_order_ids = fields.One2many("wcm.work.order", "build_id", "Work orders")
    part_ids = fields.One2many("wcm.part", "build_id", "Parts")
    quantity_needed = fields.Integer("Needed", compute="_compute_quantities")
    quantity_offered = fields.Integer("On offer", compute="_compute_quantities")
    quantity_placed = fields.Integer("Placed", compute="_compute_quantities")
    quantity_received = fields.Integer("Received", compute="_compute_quantities")
    placed_percent = fields.Float("Placed (%)", compute="_compute_quantities")
    received_percent = fields.Float("On site (%)", compute="_compute_quantities")
    work_order_count = fields.Integer("Number of work orders", compute="_compute_counts")
    part_count = fields.Integer("Number of parts", compute="_compute_counts")
    plan_count = fields.Integer("Number of plans", compute="_compute_plan_count")

    _name_once_a_site = models.UniqueIndex("(site_id, lower(name))", "Another home of this site has this name already.")

    @api.depends("line_ids.quantity", "line_ids.quantity_offered", "line_ids.quantity_placed", "line_ids.quantity_received")
    def _compute_quantities(self):
        for build in self:
            lines = build.line_ids
            build.quantity_needed = needed = sum(lines.mapped("quantity"))
            build.quantity_offered = sum(lines.mapped("quantity_offered"))
            build.quantity_placed = sum(lines.mapped("quantity_placed"))
            build.quantity_received = sum(lines.mapped("quantity_received"))
            build.placed_percent = 100 * build.quantity_placed / needed if needed else 0
            build.received_percent = 100 * build.quantity_received / needed if needed else 0

    def _compute_counts(self):
        orders, parts = (
            dict(self.env[model]._read_group([("build_id", "in", self.ids)], ["build_id"], ["__count"])) for model in ("wcm.work.order", "wcm.part")
        )
        for build in self:
            build.work_order_count = orders.get(build, 0)
            build.part_count = parts.get(build, 0)

    def _compute_plan_count(self):
        """None for quality leads, who see homes and no plans."""
        plans = self.env["wcm.plan"]
        counts = dict(plans._read_group([("build_ids", "in", self.ids)], ["build_ids"], ["__count"])) if plans.has_access("read") else {}
        for build in self:
            build.plan_count = counts.get(build, 0)

    def copy_data(self, default=None):
        copies = super().copy_data(default)
        if "name" not in (default or {}):
            for build, vals in zip(self, copies, strict=True):
                vals["name"] = self.env._("%s (copy)", build.name)
        return copies

    def _follow_work(self):
        """In progress once an order is released; complete once everything is on site."""
        for build in self.filtered(lambda build: build.state in ("draft", "planned", "in_progress")):
            whole = 0 < build.quantity_needed <= build.quantity_received
            state = "complete" if whole else "in_progress"
            if build.state != state:
                build.state = state

    def action_load_kit(self):
        """One line per component of the kit, with its quantity. Loading again corrects
        the quantities and adds what is new; lines typed by hand stay."""
        for build in self:
            if not build.bom_id:
                raise UserError(self.env._("Choose the kit of “%(build)s” first: the bill of materials of the whole home.", build=build.name))
            build.write({"line_ids": list(build._kit_commands())})
        return True

    def _create_kit_lines(self):
        """The components of homes that have none yet, all at once."""
        self.env["wcm.build.line"].create([
            {"build_id": build.id, **build._line_values(product, quantity)}
            for build in self
            for product, quantity in build.bom_id._kit_quantities().items()
        ])

    def _kit_commands(self):
        known = {line.product_id: line for line in self.line_ids}
        for product, quantity in self.bom_id._kit_quantities().items():
            if product in known:
                yield Command.update(known[product].id, {"quantity": quantity})
            else:
                yield Command.create(self._line_values(product, quantity))

    def _line_values(self, product, quantity):
        stage = self._guess_stage(product)
        return {"product_id": product.id, "quantity": quantity, "stage": stage, "date_required": self._stage_date(stage)}

    @api.model
    def _guess_stage(self, product):
        """A first guess that the coordinator corrects."""
        words = f"{product.categ_id.name or ''} {product.name or ''}".lower()
        found = next((stage for stage, pattern in STAGE_WORDS.items() if re.search(rf"\b(?:{pattern})", words)), None)
        code = product.default_code or ""
        is_block_code = re.match(r"[A-Z]-", code)
        return found or (STAGE_LETTERS.get(code[0]) if is_block_code else None) or "other"

    def action_plan(self):
        """A new plan for these builds, ready to be filled in."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New plan"),
            "res_model": "wcm.plan",
            "view_mode": "form",
            "context": {
                "default_name": ", ".join(self.mapped("name")),
                "default_build_ids": [Command.set(self.ids)],
            },
        }

    def action_open_work_orders(self):
        return self._action_open("wcm.work.order", self.env._("Work orders"), "list,kanban,form", "build_id")

    def action_open_parts(self):
        return self._action_open("wcm.part", self.env._("Parts"), "list,form", "build_id")

    def action_open_plans(self):
        return self._action_open("wcm.plan", self.env._("Plans"), "list,kanban,form", "build_ids")

    def _action_open(self, model, name, view_mode, field):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": view_mode,
            "mobile_view_mode": "kanban",
            "domain": [(field, "in", self.ids)],
        }
