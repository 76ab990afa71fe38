from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from odoo import api, models
from odoo.exceptions import UserError

from ..planning import Demand, Excluded, Facility, Item, Lock, Option, Policies, Problem, Transport
from .wcm_membership import WORKING_STATES

COMMUNITY_TYPES = ("community_business", "social_enterprise", "charity", "cooperative")
# No haulier's figure yet. Assumption: a 17 t lorry at 0.85 kgCO2e per km (diesel, as for shipments)
# that carries about 60 blocks one way and comes back empty: 2 x 0.85 / 60.
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
        return plan._problem(demands, members, _Match(plan, members, boms))

    def _problem(self, demands, members, match):
        in_time = demands.filtered(lambda line: self._due_period(line) >= 0)
        products = in_time.product_id
        pairs = [(member, product) for member in members for product in products]
        quantities = self._quantities_to_plan(in_time)
        return Problem(
            periods=self.weeks,
            facilities=[self._facility(member, match) for member in members],
            items=[Item(str(product.id)) for product in products],
            demands=[self._demand(line, quantities[line], match) for line in in_time],
            options=[match.option(*pair) for pair in pairs if not match.misfit[pair]],
            transport=[self._transport(member, site, products) for member in members for site in in_time.site_id],
            policies=self._policies(),
            locks=self._locks(),
            excluded=[
                Excluded(str(member.id), str(product.id), match.misfit[member, product])
                for member, product in pairs
                if match.misfit[member, product]
            ],
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
        return Transport(
            facility=str(member.id),
            site=str(site.id),
            cost_per_unit={str(product.id): km * self.transport_cost_per_km for product in products},
            kgco2e_per_unit={str(product.id): km * self._kgco2e_per_block_km() for product in products},
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


@dataclass
class _Match:
    """Which member can make which component, at what cost and with which hours."""

    plan: models.Model
    members: models.Model
    boms: dict

    @cached_property
    def capabilities(self):
        """{(facility, process): capability}"""
        found = self.members.facility_id.capability_ids
        return {(capability.facility_id, capability.process_id): capability for capability in found}

    @cached_property
    def hours(self):
        """{capability id: free hours of each week}"""
        found = self.members.facility_id.capability_ids.with_context(capacity_without_orders=self.plan._orders_without_load().ids)
        return found._hours_by_week(self.plan.start_date, self.plan.weeks, measure="hours_free")

    @cached_property
    def misfit(self):
        """{(member, product): why not, in words; empty when it can}"""
        return {(member, product): self._misfit(member, product, bom) for product, bom in self.boms.items() for member in self.members}

    @cached_property
    def most(self):
        """{(member, product): most blocks in all}"""
        return self.plan._most()

    @cached_property
    def unmet_cost(self):
        """Penalty of a unit that is not placed: far dearer than any way to make it,
        no dearer than needed, so that the bound stays sharp."""
        costs = [
            option.unit_cost + option.setup_cost
            for (member, product), misfit in self.misfit.items()
            if not misfit
            for option in [self.option(member, product)]
        ]
        return max(1_000.0, round(20 * max(costs, default=0)))

    def _misfit(self, member, product, bom):
        if self.most.get((member, product)) == 0:
            return self.plan.env._("has declined it")
        return self._not_eligible(member) or next(filter(None, (
            requirement._misfit(self._capability(member, requirement)) for requirement in bom.requirement_ids
        )), "")

    def _not_eligible(self, member):
        if member.state not in WORKING_STATES:
            return self.plan.env._("is suspended")
        if not member.has_current_terms:
            return self.plan.env._("no current acceptance of the terms")
        if member.facility_id.status != "active":
            return self.plan.env._("is not open at present")
        return ""

    def _capability(self, member, requirement):
        return self.capabilities.get((member.facility_id, requirement.process_id))

    def option(self, member, product):
        """Clock hours and money of one unit, over all its processes."""
        ways = [(self._capability(member, req), req) for req in self.boms[product].requirement_ids]
        hours = {str(way.process_id.id): req.minutes_per_unit / way.minutes_per_hour for way, req in ways}
        setup = {str(way.process_id.id): req.setup_minutes / way.minutes_per_hour for way, req in ways}
        rates = {str(way.process_id.id): way.cost_per_hour for way, _req in ways}
        return Option(
            facility=str(member.id),
            item=str(product.id),
            unit_cost=sum(hours[process] * rates[process] for process in rates),
            hours=hours,
            setup_cost=sum(setup[process] * rates[process] for process in rates),
            setup_hours=setup,
            max_quantity=self.most.get((member, product)),
        )

    def capacity(self, member):
        """{process: free hours of each week}, capped for a member on probation."""
        limit = self.plan.probation_hours if member.state == "probation" else 0
        return self.hours_up_to(limit, member)

    def hours_up_to(self, limit, member):
        """{process: free hours of each week}; 0: no limit"""
        free = defaultdict(list)
        for capability in member.facility_id.capability_ids:
            hours = self.hours[capability.id]
            free[str(capability.process_id.id)] = [max(0.0, min(value, limit or value)) for value in hours]
        return dict(free)
