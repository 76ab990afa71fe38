from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import ormcache


class WcmControlPlan(models.Model):
    """Plans of material that comes in: of products that are tracked by lot, or of a category of them."""

    _inherit = "wcm.control.plan"

    @api.model
    @ormcache()
    def _has_incoming(self):
        """Asked whenever stock is reserved or moved; what was approved once may still hold something."""
        return bool(self.sudo().search_count([("stage", "=", "incoming"), ("state", "!=", "draft")], limit=1))

    def _approve(self):
        result = super()._approve()
        if self.stage == "incoming":
            self.flush_recordset(["state"])
            self.env.registry.clear_cache()
        return result

    def _in_force_since(self):
        """Since its first version; what came before was not to be checked."""
        first = self
        while first.previous_id:
            first = first.previous_id
        return first.approved_on

    def _check_complete(self):
        super()._check_complete()
        if self.stage != "incoming":
            return
        if self._processes() or self.design_revision:
            raise UserError(self.env._("%s is for material that comes in: name the products or a category, and no process or design revision.", self.display_name))
        if wrong := self._components().filtered(lambda product: product.tracking != "lot"):
            raise UserError(self.env._(
                "%(products)s cannot be checked as it comes in: it is not tracked by lot, so nobody could tell what was checked. Set “Tracking: By lots” on it first.",
                products=", ".join(wrong.mapped("display_name")),
            ))

    def _release_words_of_lot(self):
        return {
            "person": self.env._("somebody other than who recorded it does it, or a quality lead"),
            "network": self.env._("a coordinator or a quality lead does it"),
            "lead": self.env._("a quality lead does it"),
        }[self.checkpoint_ids._strictest_release()]
