from odoo import models


class StockLocation(models.Model):
    _inherit = "stock.location"

    def _is_here(self):
        """Whether what stands there is the network's or a member's to use."""
        return self.usage in ("internal", "transit")

    def _wcm_keeper(self):
        """The member whose place this is, or is within; none where it is the hub's."""
        above = [int(number) for number in (self.parent_path or "").split("/")[:-1]]
        return self.env["wcm.membership"].sudo().search([("subcontract_location_id", "in", above)], limit=1)
