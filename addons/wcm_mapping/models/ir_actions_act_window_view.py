from odoo import fields, models


class IrActionsActWindowView(models.Model):
    _inherit = "ir.actions.act_window.view"

    view_mode = fields.Selection(
        selection_add=[("wcm_map", "Map"), ("wcm_heat", "Heat Map")],
        ondelete={"wcm_map": "cascade", "wcm_heat": "cascade"},
    )
