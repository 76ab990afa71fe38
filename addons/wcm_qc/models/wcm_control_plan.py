from odoo import fields, models


class WcmControlPlan(models.Model):
    """Inspection and test plan of a product or a product category."""

    _name = "wcm.control.plan"
    _description = "Control plan"
    _inherit = ["mail.thread"]
    _order = "name, version desc"

    name = fields.Char(required=True)
    version = fields.Integer(default=1, required=True, readonly=True, copy=False)
    state = fields.Selection(
        [("draft", "Draft"), ("approved", "Approved"), ("superseded", "Superseded")],
        default="draft", required=True, index=True, copy=False, tracking=True,
    )
    product_ids = fields.Many2many("product.product", string="Components")
    categ_id = fields.Many2one("product.category", "Category of components")
    stage = fields.Selection(
        [
            ("incoming", "Incoming"),
            ("first_article", "First article"),
            ("in_process", "In process"),
            ("final", "Final"),
            ("dispatch", "Dispatch"),
            ("site_receipt", "Site receipt"),
            ("installation", "Installation"),
        ],
        default="final", required=True,
    )
    checkpoint_ids = fields.One2many("wcm.checkpoint", "plan_id", copy=True)
    approved_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    approved_on = fields.Datetime(readonly=True, copy=False)
