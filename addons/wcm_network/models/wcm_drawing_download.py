from odoo import fields, models


class WcmDrawingDownload(models.Model):
    """Somebody downloaded the drawings of an order: who and when are its creator and creation. Written by the download itself, never changed."""

    _name = "wcm.drawing.download"
    _description = "Download of drawings"
    _order = "id desc"
    _rec_name = "work_order_id"

    work_order_id = fields.Many2one("wcm.work.order", required=True, readonly=True, index=True, ondelete="cascade")
    membership_id = fields.Many2one(related="work_order_id.membership_id", store=True, string="Member")
    design_revision = fields.Char(readonly=True)
    files = fields.Text(readonly=True, help="SHA-256 and name of each file.")
