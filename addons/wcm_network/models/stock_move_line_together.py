from odoo import models

from ..together import Together


class StockMoveLine(models.Model):
    """Lines that are made and done in one go."""

    _inherit = "stock.move.line"

    def _create_taken(self, vals_list):
        """What Odoo would reserve for them now and free again when they are done is left as it is."""
        together = Together.of(self.env)
        if not together:
            return self.create(vals_list)
        lines = self.with_context(wcm_is_reserved=together).create(vals_list).with_env(self.env)
        together.taken.update(lines.ids)
        return lines

    def _synchronize_quant(self, quantity, location, action="available", in_date=False, **quants_value):
        together = Together.of(self.env)
        if together and action == "reserved" and self.id in together.taken:
            return 0, in_date
        return super()._synchronize_quant(quantity, location, action=action, in_date=in_date, **quants_value)
