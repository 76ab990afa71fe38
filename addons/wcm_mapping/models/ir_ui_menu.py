from odoo import api, models


class IrUiMenu(models.Model):
    _inherit = "ir.ui.menu"

    @api.model
    def load_web_menus(self, debug):
        """The menu of suggestions says how many wait for the reader."""
        menus = super().load_web_menus(debug)
        menu = self.env.ref("wcm_mapping.menu_suggestion", raise_if_not_found=False)
        if menu and menu.id in menus:
            waiting = self.env["wcm.facility.suggestion"].search_count([("state", "=", "review")])
            menus[menu.id]["name"] += f" ({waiting})" if waiting else ""
        return menus
