import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

# What the network calls itself where it has no number of a register: the prefix that 360Giving gave it.
PREFIX_PARAMETER = "wcm_network.giving360_prefix"


class WcmGrantAward(models.Model):
    """What the network hands on of a grant to another organisation, published as 360Giving asks."""

    _name = "wcm.grant.award"
    _description = "Grant handed on"
    _inherit = ["mail.thread"]
    _order = "award_date, id"
    _rec_name = "title"

    grant_id = fields.Many2one("wcm.grant", required=True, index=True, ondelete="restrict")
    title = fields.Char(required=True, size=140, tracking=True)
    description = fields.Text(required=True)
    recipient_id = fields.Many2one("res.partner", "Handed on to", required=True, ondelete="restrict", domain=[("is_company", "=", True)], tracking=True)
    amount = fields.Monetary(required=True, tracking=True)
    currency_id = fields.Many2one(related="grant_id.currency_id")
    award_date = fields.Date("Decided on", required=True, default=fields.Date.context_today, tracking=True)
    date_start = fields.Date("Begins")
    date_end = fields.Date("Ends")

    _amount_positive = models.Constraint("CHECK(amount > 0)", "Hand on more than nothing.")
    _dates = models.Constraint("CHECK(date_end IS NULL OR date_start IS NULL OR date_end >= date_start)", "It cannot end before it begins.")

    @api.constrains("recipient_id")
    def _check_organisation(self):
        """A grant to a person would be personal data in a public file."""
        for award in self.sudo():
            if not award.recipient_id.is_company:
                raise ValidationError(self.env._("Grants are handed on to organisations. “%s” is recorded as a person.", award.recipient_id.name))

    @api.ondelete(at_uninstall=False)
    def _unlink_of_grants_that_are_not_kept(self):
        self.grant_id._check_may_delete(self)

    def _row_360giving(self):
        prefix = self._prefix_360giving()
        recipient, network = self.recipient_id, self.env.company.partner_id
        return (
            f"360G-{prefix}-{self.id}", self.title, self.description, self.currency_id.name, self.amount, self.award_date, self.date_start or None, self.date_end or None,
            self._organisation_id(recipient), recipient.name, self._company_number(recipient) or None, self._organisation_id(network), network.name, self.grant_id.name,
        )

    @api.model
    def _prefix_360giving(self):
        return self.env["ir.config_parameter"].sudo().get_param(PREFIX_PARAMETER) or "unregistered"

    def _organisation_id(self, partner):
        """As org-id.guide lists them: of Companies House where a number is known, else one of our own."""
        number = self._company_number(partner)
        return f"GB-COH-{number}" if number else f"360G-{self._prefix_360giving()}-org{partner.id}"

    def _company_number(self, partner):
        """Eight characters, as Companies House writes it."""
        number = (partner.company_registry or "").replace(" ", "").upper()
        return number.zfill(8) if re.fullmatch(r"[A-Z]{0,2}\d{4,8}", number) and len(number) <= 8 else ""
