from odoo import SUPERUSER_ID, api, models

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG


class Base(models.AbstractModel):
    """A caller sends any context along with a call, and it stays with what an action does with all rights."""

    _inherit = "base"

    @api.model_create_multi
    def create(self, vals_list):
        """What the system makes of its own says its values itself: `default_state` of a caller is none of them."""
        if self.env.su and self._name.startswith("wcm.") and not self._transient:
            self = self._without_defaults()  # pylint: disable=self-cls-assignment
        return super().create(vals_list)

    def unlink(self):
        """Odoo forgets what may not be deleted while a module is uninstalled, which only the system does."""
        if self.env.uid != SUPERUSER_ID and self.env.context.get(MODULE_UNINSTALL_FLAG):
            self = self.with_context(**{MODULE_UNINSTALL_FLAG: False})  # pylint: disable=self-cls-assignment
        return super().unlink()

    def _without_defaults(self, names=None):
        """Without what a context gives new records: for these fields, or for any."""
        unwanted = [key for key in self.env.context if key.startswith("default_") and (names is None or key.removeprefix("default_") in names)]
        if not unwanted:
            return self
        context = {key: value for key, value in self.env.context.items() if key not in unwanted}
        return self.with_context(context)  # pylint: disable=context-overridden; keys are taken away
