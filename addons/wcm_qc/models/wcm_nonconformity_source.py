from odoo import api, fields, models
from odoo.exceptions import UserError

# Who writes a nonconformity by hand says one of these; the others follow from where it was told.
BY_HAND = ("network", "customer")


class WcmNonconformity(models.Model):
    """Where it was noticed, and by which customer. Who complains, and how to reach them, is nothing for the member."""

    _inherit = "wcm.nonconformity"

    source = fields.Selection(
        [
            ("check", "Failed check"),
            ("site", "At the site"),
            ("member", "Told by the member"),
            ("network", "Seen by the network"),
            ("customer", "Customer's complaint"),
        ],
        "Noticed", default="network", required=True, index=True, copy=False,
    )
    customer_name = fields.Char("Customer", copy=False, help="Who complained. Members do not see it.")
    customer_contact = fields.Char("How to reach them", copy=False, help="Telephone or e-mail. Members do not see it.")
    customer_channel = fields.Selection(
        [("phone", "By telephone"), ("email", "By e-mail"), ("letter", "By letter"), ("visit", "In person"), ("online", "On the web")],
        "Complained", copy=False,
    )

    is_complaint = fields.Boolean("A customer complained", compute="_compute_is_complaint", readonly=False)

    _customer_named = models.Constraint(
        "CHECK(source != 'customer' OR (customer_name IS NOT NULL AND customer_channel IS NOT NULL))",
        "Say which customer complained, and how: by telephone, e-mail, letter, in person or on the web.",
    )

    @api.depends("source")
    def _compute_is_complaint(self):
        for nonconformity in self:
            nonconformity.is_complaint = nonconformity.source == "customer"

    @api.onchange("is_complaint")
    def _onchange_is_complaint(self):
        self.source = "customer" if self.is_complaint else "network"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if not self.env.su and vals.get("source", "network") not in BY_HAND:
                raise UserError(self.env._("A failed check, a delivery or the member opens that by itself. Choose the network, or a customer's complaint."))
            vals["source"] = vals.get("source") or self._source_of(vals)
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su and "source" in vals:
            raise UserError(self.env._("Where it was noticed stays as it was written down."))
        return super().write(vals)

    @api.model
    def _source_of(self, vals):
        """Opened by the system: by whom it was told."""
        if vals.get("inspection_id"):
            return "check"
        return "network" if self.env.user._is_internal() else "member"
