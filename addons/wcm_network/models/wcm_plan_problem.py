from datetime import timedelta

from odoo import api, models
from odoo.exceptions import UserError

from ..planning import Demand, Facility, Item, Lock, Policies, Problem, Transport
from .wcm_membership import WORKING_STATES
from .wcm_plan_match import Match

COMMUNITY_TYPES = ("community_business", "social_enterprise", "charity", "cooperative")
# Of the published figure for a rigid diesel lorry (0.83751 kgCO2e a km, DESNZ 2025, as for shipments). That it carries about
# 60 blocks one way and comes back without any is an assumption: 2 x 0.83751 / 60.
KGCO2E_PER_BLOCK_KM = 0.028


class WcmPlan(models.Model):
    """From records to the planner's Problem."""

    _inherit = "wcm.plan"

    def _to_problem(self):
        """The planner's question. Ids are membership, product, build line and site ids.

        Reads every member's capability and price with sudo, whichever region they are
        in: the caller has been checked to be allowed to plan these builds.

        :raise UserError: nothing to plan, nobody to plan with, or times that nobody gave
        """
        self.ensure_one()
        plan = self.sudo()
        demands = plan._demand_lines()
        members = plan._members()
        plan._check_question(demands, members)
        boms = plan._boms(demands.product_id)
        plan._check_requirements(demands.product_id, boms)
        return plan._problem(demands, members, Match(plan, members, boms, plan._last_days(demands), plan.min_evidence_level))

    def _problem(self, demands, members, match):
        in_time = demands.filtered(lambda line: self._due_period(line) >= 0)
        products = in_time.product_id
        options, excluded = match.choices(products)
        quantities = self._quantities_to_plan(in_time)
        return Problem(
            periods=self.weeks,
            facilities=[self._facility(member, match) for member in members],
            items=[Item(str(product.id)) for product in products],
            demands=[self._demand(line, quantities[line], match) for line in in_time],
            options=options,
            transport=[self._transport(member, site, products) for member in members for site in in_time.site_id],
            policies=self._policies(),
            locks=self._locks(),
            excluded=excluded,
        )

    def _demand_lines(self):
        lines = self.build_ids.filtered(lambda build: build.state != "cancelled").line_ids
        return lines.filtered(self._quantities_to_plan(lines).get)

    def _quantities_to_plan(self, lines):
        """{line: blocks that this plan is about}"""
        return {line: line.quantity_to_plan for line in lines}

    def _orders_without_load(self):
        """Orders that take no hours from this plan."""
        return self.env["wcm.work.order"]

    def _most(self):
        """{(member, product): most blocks}, where there is such a limit."""
        return {}

    def _refusals(self, members, boms, without=""):
        """Hook: {(member, product): reasons in words} of rules that other addons add.

        :param boms: {product: the bill of materials that members make it by}
        :param without: the name of a rule that is left out, to see what it costs
        """
        return {}

    def _members(self):
        """All members but those who left; who may not get work is named with the reason."""
        return self.env["wcm.membership"].search([("state", "in", (*WORKING_STATES, "suspended"))], order="id")

    @api.model
    def _boms(self, products):
        """{product: the bill of materials that members make it by}"""
        return self.env["mrp.bom"].sudo()._bom_find(products, bom_type="subcontract", company_id=self.env.company.id)

    def _check_question(self, demands, members):
        if not demands:
            raise UserError(self.env._("Nothing is left to plan: every component of these builds is placed or on offer, or they list no components yet."))
        if not members:
            raise UserError(self.env._("The network has no members yet, so nobody can be asked. Admit a member first."))

    def _check_requirements(self, products, boms):
        """Minutes are asked for, never invented."""
        unknown = products.filtered(lambda product: not boms[product].requirement_ids)
        if unknown:
            raise UserError(
                self.env._(
                    "Nobody has said how long these components take:\n%(components)s\n"
                    "Give each a subcontracting bill of materials, and list its processes and minutes there.",
                    components="\n".join(f"• {product.display_name}" for product in unknown),
                )
            )

    def _due_period(self, line):
        """The last whole week that ends before the component is needed; -1: there is none."""
        return min((line.date_required - self.start_date).days // 7, self.weeks) - 1

    def _last_days(self, lines):
        """{product: last day on which one of these may be made}"""
        groups = lines.grouped("product_id").items()
        return {product: self._end_of(max(map(self._due_period, own))) for product, own in groups}

    def _end_of(self, period):
        """The Sunday of a week of this plan."""
        return self.start_date + timedelta(weeks=period + 1, days=-1)

    def _demand(self, line, quantity, match):
        return Demand(
            id=str(line.id),
            item=str(line.product_id.id),
            quantity=quantity,
            due=self._due_period(line),
            site=str(line.site_id.id),
            unmet_cost=match.unmet_cost,
        )

    def _facility(self, member, match):
        return Facility(
            id=str(member.id),
            name=member.name,
            capacity=match.capacity(member),
            groups=self._groups(member),
            max_share=self.max_facility_share if self.max_facility_share < 1 else None,
        )

    def _groups(self, member):
        community = ["community"] if member.organisation_type in COMMUNITY_TYPES else []
        return [*community, *filter(None, (member.organisation_type, member.region_id.code))]

    def _transport(self, member, site, products):
        km = member.facility_id._distance_km(site.latitude, site.longitude)
        items = list(map(str, products.ids))
        return Transport(
            facility=str(member.id),
            site=str(site.id),
            cost_per_unit=dict.fromkeys(items, km * self.transport_cost_per_km),
            kgco2e_per_unit=dict.fromkeys(items, km * self._kgco2e_per_block_km()),
        )

    @api.model
    def _kgco2e_per_block_km(self):
        """kgCO2e of driving one block one km, the way back included."""
        return float(self.env["ir.config_parameter"].sudo().get_param("wcm_network.kgco2e_per_block_km", KGCO2E_PER_BLOCK_KM))

    def _policies(self):
        return Policies(
            min_group_share={"community": self.min_community_share} if self.min_community_share else {},
            max_facilities_per_demand=self.max_facilities_per_demand or None,
            carbon_price=self.carbon_price,
        )

    def _locks(self):
        groups = self.line_ids.filtered("locked").grouped(
            lambda line: (str(line.build_line_id.id), str(line.membership_id.id), self._period(line))
        )
        return [Lock(*key, sum(lines.mapped("quantity"))) for key, lines in groups.items()]

    def _period(self, line):
        return (line.week_start - self.start_date).days // 7
