from decimal import Decimal
from hashlib import sha256

from odoo import fields, models
from odoo.tools.mail import html_to_inner_content

from ..clauses import words
from ..clauses.levy import Tariff, Tier

# Which figures belong together: an annex takes over all of a group, or none.
GROUPS = {
    "changes_levy": ("levy_kind", "levy_percent", "levy_per_part", "tier_ids", "levy_waived_probation", "levy_waived_charity"),
    "changes_share": ("region_share_percent",),
    "changes_payment": ("payment_days",),
    "changes_response": ("response_days",),
    "changes_notice": ("notice_days",),
    "changes_liability": ("liability_cap",),
    "changes_quality": ("right_first_time_percent",),
    "changes_licence": ("data_licence",),
}
GROUP_OF = {"levy": "changes_levy", **{name: group for group, names in GROUPS.items() for name in names}}
FIGURES = tuple(name for names in GROUPS.values() for name in names)
# Each figure that the software applies, and where it does; all of them ask `wcm.membership._term`.
APPLIED = {
    "levy": "wcm.work.order._levy_tariff",
    "region_share_percent": "wcm.work.order._region_share",
    "payment_days": "wcm.work.order._days_to_payment",
    "response_days": "wcm.work.order._default_expiry",
    "notice_days": "wcm.membership._terms_deadline",
}
# Nothing in the software applies these: people keep to them. The form says so beside them.
WORDS_ONLY = ("liability_cap", "right_first_time_percent", "data_licence")


def digest(text):
    """The fingerprint of a text: of its words, not of their markup."""
    return sha256(" ".join(html_to_inner_content(text).split()).encode()).hexdigest()


class WcmTermsFigures(models.AbstractModel):
    """The figures that terms name, and that the software goes by. Of a text, or of an annex that changes some."""

    _name = "wcm.terms.figures"
    _description = "Figures of terms"

    currency_id = fields.Many2one("res.currency", required=True, default=lambda self: self.env.company.currency_id)
    levy_kind = fields.Selection(
        [("percent", "Percent of the price"), ("per_part", "An amount for each component"), ("tiers", "Tiers by turnover of the year")],
        "Levy by", default="percent", required=True,
    )
    levy_percent = fields.Float("Levy (%)", help="Network levy, percent of the price of accepted deliveries.")
    levy_per_part = fields.Monetary("Levy each", help="Network levy for each component that was received and accepted.")
    levy_waived_probation = fields.Boolean("None on probation", help="No levy on orders that a member agrees to while it is on probation.")
    levy_waived_charity = fields.Boolean("None of charities", help="No levy on orders that a charity agrees to.")
    region_share_percent = fields.Float("Region's share of the levy (%)", help="The rest is the network's.")
    payment_days = fields.Integer("Days to payment", default=30, help="Days from the date of the bill to payment: the payment term of the purchase order and its bills.")
    response_days = fields.Integer("Days to answer an offer", default=7, help="An offer runs out after so many days.")
    notice_days = fields.Integer(
        "Notice of material changes (days)", default=30,
        help="After a material change comes into force a member has so many days to accept it; until then it works on under the text that it accepted.",
    )
    liability_cap = fields.Monetary("Limit of liability", help="Words only: nothing in the software applies it. 0: the text names none.")
    right_first_time_percent = fields.Float("Right first time, least (%)", help="Words only: nothing in the software applies it.")
    data_licence = fields.Char("Licence of shared data", default="CC BY 4.0", help="Words only: nothing in the software applies it.")

    _shares = models.Constraint(
        "CHECK(levy_percent BETWEEN 0 AND 100 AND region_share_percent BETWEEN 0 AND 100 AND right_first_time_percent BETWEEN 0 AND 100)",
        "The levy and shares lie between 0 and 100%.",
    )
    _days_positive = models.Constraint(
        "CHECK(payment_days >= 0 AND response_days > 0 AND notice_days >= 0)",
        "Days to payment and of notice cannot be negative, and an offer needs a day or more to be answered.",
    )
    _amounts_positive = models.Constraint("CHECK(levy_per_part >= 0 AND liability_cap >= 0)", "Amounts cannot be below zero.")

    def _tariff(self, waived=False):
        """How the levy is worked out by these figures."""
        tiers = tuple(Tier(Decimal(str(tier.from_turnover)), Decimal(str(tier.percent))) for tier in self.tier_ids.sorted("from_turnover"))
        return Tariff(
            kind=self.levy_kind, percent=Decimal(str(self.levy_percent)), per_part=Decimal(str(self.levy_per_part)),
            tiers=tiers if self.levy_kind == "tiers" else (), waived=waived, decimals=self.currency_id.decimal_places, currency=self.currency_id.name or "",
        )

    def _figure_value(self, name):
        """A figure, to be compared with that of another version."""
        return [(tier.from_turnover, tier.percent) for tier in self.tier_ids] if name == "tier_ids" else self[name]

    def _waives(self, state, organisation_type):
        return (self.levy_waived_probation and state == "probation") or (self.levy_waived_charity and organisation_type == "charity")

    def _figure_words(self, name):
        """One figure as a text says it."""
        says = {
            "levy": lambda: words.levy(self._tariff(), self.currency_id.symbol),
            "levy_waiver": lambda: words.waiver(self.levy_waived_probation, self.levy_waived_charity),
            "levy_percent": lambda: words.percent(Decimal(str(self.levy_percent))),
            "levy_per_part": lambda: self._money_words(self.levy_per_part),
            "region_share": lambda: words.percent(Decimal(str(self.region_share_percent))),
            "network_share": lambda: words.percent(100 - Decimal(str(self.region_share_percent))),
            "payment_days": lambda: words.days(self.payment_days),
            "response_days": lambda: words.days(self.response_days),
            "notice_days": lambda: words.days(self.notice_days),
            "liability_cap": lambda: self._money_words(self.liability_cap),
            "right_first_time": lambda: words.percent(Decimal(str(self.right_first_time_percent))),
            "data_licence": lambda: self.data_licence or "",
        }
        return says[name]()

    def _money_words(self, amount):
        currency = self.currency_id
        return words.money(Decimal(str(currency.round(amount))), currency.symbol, currency.decimal_places)
