from odoo import fields, models

from .wcm_build_line import PLACED_STATES


class WcmBuildLine(models.Model):
    """What keeps one quantity from being given twice."""

    _inherit = "wcm.build.line"

    allocation_version = fields.Integer(
        readonly=True, copy=False, default=0,
        help="Raised by every acceptance. A transaction that started before it cannot be committed on old figures.",
    )

    def _probation_quantity(self, share):
        """Blocks of this line that one member on probation is given at most; one always, or it could never show what it can."""
        return max(1, int(share * self.quantity))

    def _quantity_not_placed(self):
        """Open quantity as the database knows it now, past what was read earlier in this transaction."""
        self.ensure_one()
        by_state = self._quantity_by_state()[self.id]
        return self.quantity - sum(by_state[state] for state in PLACED_STATES)
