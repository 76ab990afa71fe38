from odoo import api, fields, models

from .mrp_bom_sheets import MATERIAL_BY


class WcmWorkOrder(models.Model):
    """Who brings the sheets: part of what is offered, and of the price. Sheets are what is tracked by lot."""

    _inherit = "wcm.work.order"

    _member_readable = frozenset({"material_by"})
    _office_readable = frozenset({"price_material"})

    material_by = fields.Selection(
        MATERIAL_BY, "Sheets", compute="_compute_material_by", store=True, readonly=False, tracking=True,
        help="As the component says, else the member, else whether the hub can send them at all.",
    )
    price_material = fields.Monetary(
        "Of which sheets", compute="_compute_price_material", store=True,
        help="What the sheets of one block cost at the hub's cost, where the member buys them. Part of the price of each.",
    )

    @api.depends("membership_id", "bom_id")
    def _compute_material_by(self):
        for order in self:
            order.material_by = order.bom_id.material_by or order.membership_id.material_by or order._usual_material_by()

    def _usual_material_by(self):
        sheets = self.bom_id._sheets_for(self.quantity or 1) if self.bom_id else {}
        return "member" if sheets and not any(self._has_resupply(product) for product in sheets) else "hub"

    @api.depends("material_by", "quantity", "bom_id")
    def _compute_price_material(self):
        for order in self:
            sheets = order.bom_id._sheets_for(order.quantity) if order.bom_id and order.quantity and order.material_by == "member" else {}
            cost = sum(product.standard_price * count for product, count in sheets.items())
            order.price_material = order.currency_id.round(cost / order.quantity) if cost else 0.0

    @api.onchange("material_by")
    def _onchange_material_by(self):
        """Of a draft that was priced already, the price follows."""
        if self._origin and self.state == "draft":
            self.price_unit = self._origin.price_unit - self._origin.price_material + self.price_material

    def _add_material_price(self):
        """What a plan works out is for making; who buys the sheets is paid for them as well."""
        for order in self.filtered("price_material"):
            order.price_unit += order.price_material

    def _is_supplied(self, product):
        """Whether the network brings it to the member; anything else the member buys."""
        bought = self.material_by == "member" and product.tracking == "lot"
        return not bought and self._has_resupply(product)

    def _has_resupply(self, product):
        """Whether Odoo has a rule that brings it to the member."""
        warehouse = self.site_id.picking_type_id.warehouse_id
        rule = self.env["stock.rule"]._get_rule(product, self._subcontract_location(), {"warehouse_id": warehouse, "company_id": warehouse.company_id})
        return rule.action in ("pull", "pull_push")

    def _sheet_owner(self):
        """Whose sheets these blocks are cut from, as stock says it: nobody is named for the network's own."""
        return self.partner_id if self.material_by == "member" else self.partner_id.browse()
