from odoo import fields, models

from .wcm_work_order import PLACED_STATES


class WcmBuildLine(models.Model):
    """What keeps one quantity from being given twice."""

    _inherit = "wcm.build.line"

    allocation_version = fields.Integer(
        readonly=True, copy=False, default=0,
        help="Raised by every acceptance. A transaction that started before it cannot be committed on old figures.",
    )

    def _quantity_not_placed(self):
        """Open quantity as the database knows it now, past what was read earlier in this transaction."""
        self.ensure_one()
        placed = self.env["wcm.work.order"].sudo()._read_group(
            [("build_line_id", "=", self.id), ("state", "in", PLACED_STATES)], [], ["quantity:sum"]
        )
        return self.quantity - (placed[0][0] or 0)
