from odoo import api, fields, models
from odoo.exceptions import ValidationError


class WcmPriceQuote(models.Model):
    """What somebody outside the network asks for a component: a quoted alternative, with its quotation."""

    _name = "wcm.price.quote"
    _description = "Quoted alternative"
    _inherit = ["mail.thread"]
    _order = "product_id, date_quoted desc, id desc"
    _rec_name = "supplier"

    product_id = fields.Many2one("product.product", "Component", required=True, index=True, ondelete="restrict")
    supplier = fields.Char(required=True, tracking=True)
    price = fields.Monetary("Price each", required=True, aggregator=None, tracking=True, help="For one block, without VAT.")
    currency_id = fields.Many2one("res.currency", default=lambda self: self.env.company.currency_id, required=True)
    quantity = fields.Integer("For how many", default=1, required=True, aggregator=None)
    date_quoted = fields.Date("Quoted on", default=fields.Date.context_today, required=True, tracking=True)
    valid_until = fields.Date(required=True, tracking=True)
    quotation = fields.Binary(attachment=True, required=True)
    quotation_name = fields.Char("File")
    includes_sheets = fields.Boolean("With sheets", default=True, tracking=True)
    includes_delivery = fields.Boolean("Brought to the site", tracking=True)
    includes = fields.Text("What it includes", help="What else is in the price, or is not: design, checks, fixings, returns.")
    active = fields.Boolean(default=True)

    _figures_positive = models.Constraint("CHECK(price > 0 AND quantity > 0)", "A quotation has a price, for one block or more.")
    _dates = models.Constraint("CHECK(valid_until >= date_quoted)", "A quotation cannot run out before it was made.")

    @api.constrains("date_quoted")
    def _check_date_quoted(self):
        for quote in self:
            if quote.date_quoted > fields.Date.context_today(quote):
                raise ValidationError(self.env._("A quotation is of today or a day before."))

    @api.model
    def _of(self, products):
        """All quotations of these components, the latest last; a quotation that was put away still held in its day."""
        return self.sudo().with_context(active_test=False).search([("product_id", "in", products.ids)], order="date_quoted, id")
