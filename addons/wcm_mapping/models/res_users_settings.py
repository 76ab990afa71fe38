from odoo import fields, models


class ResUsersSettings(models.Model):
    _inherit = "res.users.settings"

    wcm_map_choices = fields.Json(
        "Maps", help="Per model: the layers that the user has on, and what the points are coloured by."
    )
