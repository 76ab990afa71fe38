from odoo import models


class StockLot(models.Model):
    """A sheet lot under a recall."""

    _inherit = "stock.lot"

    def _recall_obstacle(self):
        """Why sheets of this lot stay where they are, and who can change that; empty when they may go."""
        recall_id = self.env["wcm.recall"]._held_sheets().get(self.id)
        if not recall_id:
            return ""
        recall = self.env["wcm.recall"].sudo().browse(recall_id)
        return self.env._("%(reason)s. %(who)s", reason=recall._hold_reason(), who=recall._who_releases())

    def _obstacle_at(self, location):
        """Hook: why sheets of this lot that stand at this place are not used; empty when they may be."""
        return self._recall_obstacle()

    def _is_way_out(self, destination):
        """Bad sheets are scrapped or go back to whoever sold them."""
        return destination.usage in ("inventory", "supplier")
