from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from odoo import fields, models

from ..planning import Excluded, Option
from ..pricing.buildup import ZERO
from .wcm_membership import WORKING_STATES


@dataclass
class Match:
    """Which member can make which component, at what cost and with which hours.

    :ivar boms: {product: the bill of materials that members make it by}
    :ivar last_days: {product: last day on which one may be made}
    :ivar least: evidence that is asked of every component
    :ivar without: a rule of the plan that is left out, to see what it costs
    """

    plan: models.Model
    members: models.Model
    boms: dict
    last_days: dict = field(default_factory=dict)
    least: str = ""
    without: str = ""

    @cached_property
    def capabilities(self):
        """{(facility, process): capability}"""
        found = self.members.facility_id.capability_ids
        return {(capability.facility_id, capability.process_id): capability for capability in found}

    @cached_property
    def rates(self):
        """{capability: Rate}: what an hour costs by the rates in force today, as in the price of an order."""
        return self.members.facility_id.capability_ids._rates_on(fields.Date.context_today(self.plan), self.plan.currency_id)

    @cached_property
    def hours(self):
        """{capability id: free hours of each week}"""
        without = self.plan._orders_without_load().ids
        found = self.members.facility_id.capability_ids.with_context(capacity_without_orders=without)
        free = found._hours_by_week(self.plan.start_date, self.plan.weeks, measure="hours_free")
        return self.members._within_probation(free, self.plan.start_date, self.plan.weeks, without)

    @cached_property
    def misfit(self):
        """{(member, product): why not, in words; empty when it can}"""
        return {(member, product): self._misfit(member, product, bom) for product, bom in self.boms.items() for member in self.members}

    @cached_property
    def most(self):
        """{(member, product): most blocks in all}: of who declined, and of who is on probation"""
        most = dict(self.declined)
        for pair, quantity in self.on_probation.items():
            most[pair] = min(quantity, most.get(pair, quantity))
        return most

    @cached_property
    def declined(self):
        return self.plan._most()

    @cached_property
    def on_probation(self):
        lines = self.plan.build_ids.filtered(lambda build: build.state != "cancelled").line_ids.filtered(lambda line: line.product_id in self.boms)
        return self.members._probation_most(lines, self.plan._orders_without_load().ids)

    @cached_property
    def unmet_cost(self):
        """Penalty of a unit that is not placed: far dearer than any way to make it,
        no dearer than needed, so that the bound stays sharp."""
        costs = (option.unit_cost + option.setup_cost for option in self.options.values())
        return max(1_000.0, round(20 * max(costs, default=0)))

    @cached_property
    def options(self):
        """{(member, product): Option} of all who can"""
        return {pair: self._option(*pair) for pair, misfit in self.misfit.items() if not misfit}

    @cached_property
    def materials(self):
        """{(facility, process): {material: thickest in mm that its kit works, 0: some of it has not said}}"""
        asked = self.env["wcm.process.requirement"].union(*(bom.requirement_ids for bom in self.boms.values()))
        kit = self.env["maintenance.equipment"].search(
            [("facility_id", "in", self.members.facility_id.ids), ("process_id", "in", asked.filtered("material_id").process_id.ids)]
        )
        found = defaultdict(dict)
        for machine in kit:
            worked = found[machine.facility_id, machine.process_id]
            for material in machine.material_ids:
                thickest = (worked.get(material, machine.thickness_max_mm), machine.thickness_max_mm)
                worked[material] = max(thickest) if all(thickest) else 0
        return found

    @cached_property
    def papers(self):
        """{product: what whoever makes it must hold}"""
        asked = self.env["wcm.certificate.requirement"]._by_bom(self.boms.values())
        return {product: asked[bom] for product, bom in self.boms.items()}

    @cached_property
    def certificates(self):
        """{(facility, kind): certificates that were accepted}"""
        return self.env["wcm.certificate.requirement"].union(*self.papers.values())._held_by(self.members.facility_id)

    @cached_property
    def refusals(self):
        """{(member, product): why other rules of the plan leave it out}"""
        return self.plan._refusals(self.members, self.boms, self.without)

    @property
    def env(self):
        return self.plan.env

    def _misfit(self, member, product, bom):
        """All reasons, so that nobody mends one only to be told the next."""
        if self.declined.get((member, product)) == 0:
            return self.env._("has declined it")
        if self.on_probation.get((member, product)) == 0:
            return self.env._("is on probation and has its share of these blocks")
        return self._not_eligible(member) or "; ".join(dict.fromkeys(filter(None, (
            *(self._lacks(member, requirement) for requirement in bom.requirement_ids),
            *(self._lacks_paper(member, paper, self.last_days.get(product)) for paper in self.papers[product]),
            *self.refusals.get((member, product), ()),
        ))))

    def _lacks(self, member, requirement):
        process = (member.facility_id, requirement.process_id)
        return requirement._misfit(self.capabilities.get(process), self.materials.get(process), self.least)

    def _lacks_paper(self, member, paper, last_day):
        first = self.plan.start_date
        return paper._misfit(self._held(member, paper), first, paper._judged_until(first, last_day))

    def _held(self, member, paper):
        return self.certificates.get((member.facility_id, paper.kind), self.env["wcm.certificate"])

    def paper_until(self, member, paper):
        """Last day that it holds without a gap from the first week on; None when it does not hold then."""
        return paper._covered_until(self._held(member, paper), self.plan.start_date)

    def _not_eligible(self, member):
        if member.state not in WORKING_STATES:
            return self.env._("is suspended")
        if member.is_leaving:
            return self.env._("is leaving the network")
        if not member.has_current_terms:
            return self.env._("no current acceptance of the terms")
        if member.facility_id.status != "active":
            return self.env._("is not open at present")
        return ""

    def _capability(self, member, requirement):
        return self.capabilities.get((member.facility_id, requirement.process_id))

    def choices(self, products):
        """Options of these components, and who may not make them."""
        pairs = [(member, product) for member in self.members for product in products]
        excluded = [Excluded(str(pair[0].id), str(pair[1].id), self.misfit[pair]) for pair in pairs if self.misfit[pair]]
        return [self.options[pair] for pair in pairs if not self.misfit[pair]], excluded

    def _option(self, member, product):
        """Clock hours and money of one unit, over all its processes."""
        ways = [(self._capability(member, req), req) for req in self.boms[product].requirement_ids]
        steps = {str(way.process_id.id): req._step(way, self.rates[way]) for way, req in ways}
        return Option(
            facility=str(member.id),
            item=str(product.id),
            unit_cost=float(sum((step.unit_cost for step in steps.values()), ZERO)),
            hours={process: float(step.hours) for process, step in steps.items()},
            setup_cost=float(sum((step.setup_cost for step in steps.values()), ZERO)),
            setup_hours={process: float(step.setup_hours) for process, step in steps.items()},
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
