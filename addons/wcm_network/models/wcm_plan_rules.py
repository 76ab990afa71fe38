from odoo import api, fields, models
from odoo.tools.misc import formatLang

RULES = (
    "min_community_share",
    "max_facility_share",
    "max_facilities_per_demand",
    "probation_hours",
    "transport_cost_per_km",
    "carbon_price",
    "min_evidence_level",
)


class WcmPlanRules(models.AbstractModel):
    """What the network decided: the same figures on a plan and in a set with a name."""

    _name = "wcm.plan.rules"
    _description = "Rules of plans"

    min_community_share = fields.Float(
        "At least with community organisations",
        help="Share of the making cost. Community businesses, social enterprises, charities and co-operatives count.",
    )
    max_facility_share = fields.Float("At most with one member", default=1.0, help="Share of the total hours. 100 %: no limit.")
    max_facilities_per_demand = fields.Integer("Members per component at most", default=3, help="For one line of a build. 0: no limit.")
    transport_cost_per_km = fields.Monetary("Transport (per km and block)", default=0.05)
    carbon_price = fields.Monetary(
        "Carbon price (per kgCO2e)",
        help="Added to the cost of transport. How much carbon a block and km make is the system parameter "
        "wcm_network.kgco2e_per_block_km: of the UK Government's factor for rigid lorries (DESNZ 2025), with 60 blocks on board and an empty way back, "
        "which is an assumption. Your haulier's figure is better.",
    )
    probation_hours = fields.Float("Hours a week at most on probation", help="For each process of a member on probation. 0: no limit.")
    min_evidence_level = fields.Selection(
        selection=lambda self: self.env["wcm.capability"]._fields["evidence_level"].selection, string="Evidence at least",
        default="declared", required=True,
        help="For each process of each component; a component may ask for more. Declared: they say so. Audited: somebody looked. "
        "Demonstrated: good parts were made.",
    )
    currency_id = fields.Many2one("res.currency", default=lambda self: self.env.company.currency_id, required=True)

    _rules_share_range = models.Constraint(
        "CHECK(min_community_share BETWEEN 0 AND 1 AND max_facility_share > 0 AND max_facility_share <= 1)",
        "Shares lie between 0 and 100 %, and one member may have more than 0 %.",
    )
    _rules_positive = models.Constraint(
        "CHECK(max_facilities_per_demand >= 0 AND transport_cost_per_km >= 0 AND carbon_price >= 0 AND probation_hours >= 0)",
        "Limits and prices cannot be negative.",
    )

    @api.model
    def _rule_names(self):
        """Hook: the figures of a set of rules, and those that other addons add."""
        return RULES

    def _rule_values(self):
        """{field: figure}, of an empty record as well."""
        return {name: self[name] for name in self._rule_names()}

    def _is_same_rule(self, name, other):
        """Figures up to rounding."""
        value = self[name]
        return value == other[name] if isinstance(value, str) else abs(value - other[name]) <= 1e-6

    def _rule_text(self, name):
        """The figure of a rule, for people."""
        value = self[name]
        if name in ("min_community_share", "max_facility_share"):
            return f"{value * 100:.4g} %"
        if self._fields[name].type == "monetary":
            return formatLang(self.env, value, currency_obj=self.currency_id)
        if self._fields[name].type == "selection":
            return dict(self._fields[name]._description_selection(self.env)).get(value, "")
        return f"{value:g}"
