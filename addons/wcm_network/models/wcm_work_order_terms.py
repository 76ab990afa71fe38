from odoo import api, fields, models

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
        tiered = self.filtered(lambda order: order._levy_tariff().kind == "tiers")
        before = {key: key[0]._turnover_of_year(key[1]) for key in tiered.grouped(lambda order: (order.membership_id, order._levy_currency()))}
        for order in self:
            order.payment_days = order._days_to_payment()
            order.levy_words = order._levy_rule()
            turnover = before.get((order.membership_id, order._levy_currency()), 0)
            order.levy_expected = float(order._levy_on(order.price_total, order.quantity, turnover)[0])

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

    def _days_to_payment(self):
        """As agreed; before that, as the terms say now."""
        return self.agreed_payment_days if self.agreed_terms_id else self.membership_id._term("payment_days")

    def _payment_term(self):
        return self.env["account.payment.term"].sudo()._of_days(self._days_to_payment())
