from decimal import Decimal

from odoo import api, fields, models

from ..clauses import words
from ..clauses.levy import tariff_of


class WcmWorkOrder(models.Model):
    """The figures of the terms that an order was agreed at. They stay with it whatever the terms say later."""

    _inherit = "wcm.work.order"

    _guarded = frozenset({"agreed_terms_id", "agreed_levy", "agreed_region_share_percent", "agreed_payment_days"})
    _office_readable = frozenset({"levy_words", "levy_expected", "payment_days"})

    agreed_terms_id = fields.Many2one("wcm.terms", "Agreed under", readonly=True, copy=False, index="btree_not_null", ondelete="restrict")
    agreed_levy = fields.Json("Levy that it was agreed at", readonly=True, copy=False)
    agreed_region_share_percent = fields.Float("Region's share that it was agreed at (%)", readonly=True, copy=False)
    agreed_payment_days = fields.Integer("Days to payment that it was agreed at", readonly=True, copy=False)
    payment_days = fields.Integer("Days to payment", compute="_compute_figures_of_terms", compute_sudo=True, help="From the date of the bill, by the terms that it was agreed under.")
    levy_words = fields.Char("Levy by the terms", compute="_compute_figures_of_terms", compute_sudo=True)
    levy_expected = fields.Monetary("Levy expected", compute="_compute_figures_of_terms", compute_sudo=True, help="On the whole price, if all of it is received and accepted; with tiers, after what was accepted in this year so far.")

    @api.depends("agreed_levy", "agreed_payment_days", "price_unit", "quantity", "membership_id.acceptance_ids", "state")
    def _compute_figures_of_terms(self):
        before = {member: member._turnover_of_year() for member in self.filtered(lambda order: order._levy_tariff().kind == "tiers").membership_id}
        for order in self:
            tariff = order._levy_tariff()
            order.payment_days = order._days_to_payment()
            order.levy_words = self.env._("none") if tariff.waived else words.levy(tariff, order.currency_id.symbol)
            order.levy_expected = float(tariff.levy(Decimal(str(order.price_total)), order.quantity, before.get(order.membership_id, Decimal(0))))

    def _figures_by_terms(self):
        """What the terms that hold for the member say now."""
        member = self.membership_id
        return {
            "agreed_terms_id": (member.held_terms_id or member.current_terms_id).id,
            "agreed_levy": member._term("levy").as_data(),
            "agreed_region_share_percent": member._term("region_share_percent"),
            "agreed_payment_days": member._term("payment_days"),
        }

    def _agreed_figures(self):
        """For an order that is split off this one."""
        return {
            "agreed_terms_id": self.agreed_terms_id.id, "agreed_levy": self.agreed_levy,
            "agreed_region_share_percent": self.agreed_region_share_percent, "agreed_payment_days": self.agreed_payment_days,
        }

    def _levy_tariff(self):
        """As agreed; before that, as the terms say now."""
        return tariff_of(self.agreed_levy) if self.agreed_terms_id else self.membership_id._term("levy")

    def _region_share(self):
        """Percent of the levy, as agreed; before that, as the terms say now."""
        return self.agreed_region_share_percent if self.agreed_terms_id else self.membership_id._term("region_share_percent")

    def _levy_on(self, amount, parts, turnover_before=0):
        """(levy, network's share, region's share) of an accepted delivery, or of a credit where both are negative; decimals.

        :param turnover_before: price of what the member delivered in the calendar year before, and had accepted
        """
        tariff = self._levy_tariff()
        levy = tariff.levy(Decimal(str(amount)), parts, Decimal(str(turnover_before)))
        return (levy, *tariff.split(levy, Decimal(str(self._region_share()))))

    def _days_to_payment(self):
        """As agreed; before that, as the terms say now."""
        return self.agreed_payment_days if self.agreed_terms_id else self.membership_id._term("payment_days")

    def _payment_term(self):
        return self.env["account.payment.term"].sudo()._of_days(self._days_to_payment())
