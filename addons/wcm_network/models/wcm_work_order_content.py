from odoo import api, fields, models
from odoo.tools import format_date


class WcmWorkOrder(models.Model):
    """What a member has to know before it says yes: beside quantity and price, material, drawings and checks."""

    _inherit = "wcm.work.order"

    _member_readable = frozenset({"material_supplied", "checks_required", "drawing_names", "needed_on_site"})

    material_supplied = fields.Text("Material", compute="_compute_material_supplied", compute_sudo=True)
    checks_required = fields.Text(compute="_compute_checks_required", compute_sudo=True)
    drawing_names = fields.Char("Drawings", compute="_compute_drawing_count")
    needed_on_site = fields.Date(related="build_line_id.date_required", string="Needed on site")

    @api.depends("quantity", "bom_id", "material_by")
    def _compute_material_supplied(self):
        for order in self:
            sheets = order.bom_id._sheets_for(order.quantity) if order.bom_id else {}
            order.material_supplied = "\n".join(order._material_words(*each) for each in sheets.items())

    def _material_words(self, product, sheets):
        if self._is_supplied(product):
            return self.env._("%(sheets).4g × %(product)s, sent by the network", sheets=sheets, product=product.name)
        return self.env._("%(sheets).4g × %(product)s, not sent: the member buys it", sheets=sheets, product=product.name)

    @api.depends("product_id")
    def _compute_checks_required(self):
        for order in self:
            order.checks_required = "\n".join(order._checks_required())

    def _checks_required(self):
        """Hook: a line for each stage at which the blocks are checked."""
        return []

    def _window(self):
        """Start and end as the reader writes days."""
        days = [format_date(self.env, day) for day in (self.date_start, self.date_due) if day]
        return " – ".join(days)
