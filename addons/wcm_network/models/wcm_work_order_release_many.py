from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import config

# Nobody should wait for the release of more.
WAITED_FOR = 20


class WcmWorkOrder(models.Model):
    """Release of many: in the background, each with its own reason where it cannot be released."""

    _inherit = "wcm.work.order"

    _guarded = frozenset({"release_id", "release_problem"})

    release_id = fields.Many2one("wcm.release", "Released with", readonly=True, copy=False, index="btree_not_null", ondelete="set null")
    release_problem = fields.Text("Why it is not released", readonly=True, copy=False)

    def _is_too_long_to_release(self):
        """Where no scheduler runs, somebody has to wait."""
        return len(self) > WAITED_FOR and bool(config["max_cron_threads"])

    def _note_obstacle(self):
        """Whether this order alone cannot be released; its reason is kept."""
        try:
            self.sudo()._check_releasable()
        except UserError as error:
            self._note_problem(str(error))
            return True
        return False

    def _note_left_over(self):
        """A first piece was split off some of them: those wait, and somebody has to know."""
        for order in self.sudo().filtered(lambda order: order.state == "accepted" and not order.release_problem):
            order._note_problem(self.env._("It waits for the first piece, %s, to be accepted.", order.first_order_id.name or ""))

    def _note_problem(self, words):
        self.sudo().release_problem = words
