from odoo import models
from odoo.exceptions import UserError


class WcmPart(models.Model):
    """From the site into the home, and out of it again."""

    _inherit = "wcm.part"

    def action_install(self, position=None):
        """These parts stand in the home now.

        :param position: where, as the drawings of the home say it
        """
        self._check_coordinator()
        parts = self.sudo()
        parts._check_part_state("received", self.env._("received on the site"))
        parts._check_may_move("install")
        parts._set_installed((position or "").strip() or False)
        return True

    def action_replace(self, replacement=None, reason=None):
        """Another part takes this one's place in the home; this one is at the site again, and its future is decided there.

        :param replacement: serial number or code of a received part of the same component and home
        """
        self.ensure_one()
        self._check_coordinator()
        if not (reason or "").strip():
            raise UserError(self.env._("Say why it is replaced: it is kept with both parts."))
        old, new = self.sudo(), self._find_by_code(replacement).sudo()
        old._check_part_state("installed", self.env._("installed"))
        old._check_takes_place(new)
        position = old.install_position
        old._log("replacing", note=reason.strip(), data={"position": position, "replaced_by": new.name})
        old.write({"state": "received", "install_position": False})
        new._set_installed(position, {"replaces": old.name})
        return True

    def _set_installed(self, position, more=None):
        self.write({"state": "installed", "install_position": position})
        self._log("installing", data={"position": position or None, **(more or {})})
        self.work_order_id._sync_state_with_parts()

    def _check_takes_place(self, new):
        if new == self or new.product_id != self.product_id or new.build_id != self.build_id:
            raise UserError(self.env._(
                "%(new)s cannot take the place of %(old)s: it has to be another %(component)s for %(home)s.",
                new=new.name, old=self.name, component=self.component_name, home=self.build_id.name,
            ))
        new._check_part_state("received", self.env._("received on the site"))
        new._check_may_move("install")
