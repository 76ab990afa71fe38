from odoo import fields, models


class MrpProduction(models.Model):
    _inherit = "mrp.production"

    wcm_work_order_id = fields.Many2one("wcm.work.order", "Distributed work order", index="btree_not_null", copy=True)
