from odoo import fields, models


class WcmNonconformity(models.Model):
    _inherit = "wcm.nonconformity"

    _member_readable = frozenset({"corrective_action_ids"})

    corrective_action_ids = fields.One2many("wcm.corrective.action", "nonconformity_id", "Corrective actions", copy=False)
