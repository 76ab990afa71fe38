from odoo import fields, models

WCM_HEAT_FIELDS = ("row", "week", "total", "free")


class IrUiView(models.Model):
    """Adds the view type `wcm_heat`: free hours by row and week, coloured by their share.

    ``<wcm_heat row="…" week="…" total="…" free="…"/>`` names a many2one, a date and two float
    fields. A search that groups by another many2one changes the rows.
    """

    _inherit = "ir.ui.view"

    type = fields.Selection(selection_add=[("wcm_heat", "Heat Map")])

    def _get_view_info(self):
        return {"wcm_heat": {"icon": "fa fa-th"}} | super()._get_view_info()

    def _postprocess_tag_wcm_heat(self, node, name_manager, node_info):
        for attribute in WCM_HEAT_FIELDS:
            name_manager.has_field(node, node.get(attribute), node_info)

    def _validate_tag_wcm_heat(self, node, name_manager, node_info):
        for attribute in WCM_HEAT_FIELDS:
            if not node.get(attribute):
                message = self.env._("A heat map needs the attribute “%s”: the field that holds it.", attribute)
                self._raise_view_error(message, node)
            name_manager.has_field(node, node.get(attribute), node_info)
