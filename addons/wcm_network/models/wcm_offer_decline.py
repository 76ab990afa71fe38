from odoo import fields, models

KINDS = [
    ("hours", "No free hours then"),
    ("date", "The date cannot be kept"),
    ("price", "The price is too low"),
    ("kit", "Not with our machines or skills"),
    ("material", "Material or drawings"),
    ("other", "Something else"),
]


class WcmOfferDecline(models.Model):
    """An offer that a member declined, and why; it stays when the offer is taken back or made again.

    For the coordinator who plans better with it, and for the member itself; no other member sees it.
    """

    _name = "wcm.offer.decline"
    _description = "Declined offer"
    _inherit = ["wcm.facade"]
    _order = "id desc"
    _rec_name = "work_order_id"

    _member_readable = frozenset({"work_order_id", "membership_id", "component_code", "quantity", "kind", "reason", "create_date"})

    work_order_id = fields.Many2one("wcm.work.order", required=True, readonly=True, index=True, ondelete="cascade")
    membership_id = fields.Many2one("wcm.membership", "Member", required=True, readonly=True, index=True, ondelete="cascade")
    region_id = fields.Many2one(related="membership_id.region_id", store=True)
    product_id = fields.Many2one(related="work_order_id.product_id", store=True, string="Component")
    component_code = fields.Char(related="work_order_id.component_code")
    quantity = fields.Integer("Blocks", readonly=True)
    kind = fields.Selection(KINDS, "Why", required=True, readonly=True, default="other")
    reason = fields.Char("In their words", readonly=True)

    def _kind_label(self, kind):
        return dict(self._fields["kind"]._description_selection(self.env))[kind]
