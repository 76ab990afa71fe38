from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..pricing.viability import Costs, Year, months_of_reserve, months_until_empty

MOST_HOMES = 10_000
COMING = ("draft", "planned", "in_progress")


@dataclass(frozen=True, slots=True)
class Levy:
    """What was counted of some accepted blocks.

    :ivar share: of the levy, of whom it is asked for, in the company's currency
    :ivar blocks: accepted
    """

    share: Decimal
    blocks: Decimal


@dataclass(frozen=True)
class Books:
    """The books of the network or of a region: the twelve months that are over, and an estimate of the next.

    :ivar homes_done: homes completed in the last twelve months
    :ivar homes_next: planned for the next twelve months, or as many as somebody asks about
    :ivar levy_basis: homes: from homes that are complete; blocks: from accepted blocks; empty: not known
    :ivar levy_home: from one home; None: not known
    :ivar has_costs: whether any running cost was entered
    :ivar reserve: None: not known
    """

    homes_done: int
    homes_next: int
    components: Decimal
    levy_basis: str
    levy_home: Decimal | None
    has_costs: bool
    income_last: Decimal
    cost_last: Decimal
    costs_next: Costs
    reserve: Decimal | None

    @property
    def surplus_last(self) -> Decimal:
        return self.income_last - self.cost_last

    @cached_property
    def year(self) -> Year | None:
        """The next twelve months; None while levy or costs are not known."""
        if self.levy_home is None or not self.has_costs:
            return None
        return Year(Decimal(self.homes_next), self.components, self.levy_home, self.costs_next)

    @property
    def cost_next(self) -> Decimal:
        return self.costs_next.of(Decimal(self.homes_next), self.components * self.homes_next)

    @property
    def months_of_reserve(self) -> Decimal | None:
        return None if self.reserve is None or not self.has_costs else months_of_reserve(self.reserve, self.cost_next)

    @property
    def months_until_empty(self) -> Decimal | None:
        return None if self.reserve is None or self.year is None else months_until_empty(self.reserve, self.year.surplus)


class WcmViability(models.AbstractModel):
    """Whether the platform pays its way: levy against running cost, of the network or of one region.

    wcm_viability_page.py shows it, wcm_viability_records.py says which records are behind each figure.
    """

    _name = "wcm.viability"
    _description = "Viability"

    @api.model
    def _check_reader(self):
        if not (self.env.su or self.env.user.has_group("wcm_network.group_coordinator")):
            raise AccessError(self.env._("The books of the platform are shown to managers of the network, and to coordinators those of their regions."))

    @api.model
    def _sees_all(self):
        return self.env.su or self.env.user.has_group("wcm_network.group_manager")

    @api.model
    def _own_regions(self):
        """Regions whose books the reader may see."""
        return self.env["wcm.region"].search([] if self._sees_all() else [("coordinator_ids", "in", self.env.uid)], order="name")

    @api.model
    def _whose(self, asked):
        """The region that was asked for; empty: the network. A coordinator who asks for none gets the first of the own.

        :raise UserError: a region whose books the reader does not see
        """
        self._check_reader()
        asked = asked if isinstance(asked, dict) else {}
        regions = self._own_regions()
        if not asked.get("region"):
            return regions.browse() if self._sees_all() else regions[:1]
        region = regions.filtered(lambda one: one.id == asked["region"])
        if not region:
            raise UserError(self.env._("You do not see the books of this region."))
        return region

    @api.model
    def _what_if(self, asked):
        """How many homes somebody asks about; None: those that are planned."""
        homes = asked.get("homes") if isinstance(asked, dict) else None
        if homes in (None, False, ""):
            return None
        if isinstance(homes, bool) or not isinstance(homes, int) or not 0 <= homes <= MOST_HOMES:
            raise UserError(self.env._("“%(homes)s” is no number of homes a year. Give a whole number from 0 to %(most)s.", homes=homes, most=MOST_HOMES))
        return homes

    @api.model
    def _periods(self):
        """((first day, last day) of the last twelve months, of the next)"""
        last = self.env["wcm.running.cost"]._last_twelve_months()
        return last, (last[1] + relativedelta(days=1), last[1] + relativedelta(years=1))

    @api.model
    def _books(self, region, homes=None):
        """:param homes: instead of those that are planned"""
        books = self.sudo()
        last, coming = books._periods()
        costs = books.env["wcm.running.cost"].search(books._domain_costs(region))
        done, planned = (books.env["wcm.build"].search(domain(region)) for domain in (books._domain_homes_last, books._domain_homes_next))
        basis, levy_home, components = books._levy_of_a_home(region, planned)
        return Books(
            homes_done=len(done), homes_next=len(planned) if homes is None else homes, components=components, levy_basis=basis, levy_home=levy_home, has_costs=bool(costs),
            income_last=books._levy(region, books._domain_income_last(region)).share,
            cost_last=sum(costs._costs_in(*last).values(), Costs()).of(Decimal(len(done)), books._blocks_last(region)),
            costs_next=sum(costs._costs_in(*coming).values(), Costs()), reserve=books._reserve(region),
        )

    def _reserve(self, region):
        latest, company = self.env["wcm.reserve"]._latest(region), self.env.company
        today = fields.Date.context_today(self)
        return Decimal(str(latest.currency_id._convert(latest.amount_now, company.currency_id, company, today))) if latest else None

    def _blocks_last(self, region):
        """Accepted in the last twelve months, for homes of the region."""
        return self._levy(region, Domain(self._domain_of_homes(region)) & Domain(self._domain_last("date"))).blocks

    def _levy_of_a_home(self, region, planned):
        """(basis, money from one home, components of one home)

        From homes that are complete, all together; while none is, from each accepted block and the components of a home.
        Homes that were complete before the levy was counted say nothing of it.
        """
        done = self.env["wcm.build"].search(self._domain_homes_levied(region))
        sizes = (planned or done).mapped("quantity_needed")
        components = Decimal(sum(sizes)) / len(sizes) if sizes else Decimal(0)
        levy = self._levy(region, self._domain_levy_home(region, done))
        if levy.blocks <= 0:
            return "", None, components
        if done:
            return "homes", levy.share / len(done), components
        return ("blocks", levy.share / levy.blocks * components, components) if components else ("", None, components)

    def _levy(self, region, domain):
        """The levy on entries, each in the company's currency at the rate of its day; credits taken off."""
        share, blocks, company, own = Decimal(0), Decimal(0), self.env.company, self._run_by_network()
        groups = self.env["wcm.levy.entry"]._read_group(
            domain, ["region_id", "currency_id", "date:day"], ["network_share:sum", "region_share:sum", "quantity:sum"],
        )
        for whose, currency, day, of_network, of_region, quantity in groups:
            # A region gets its own share; the network its own, and those of regions that it runs itself.
            gets_region = whose == region if region else whose in own
            money = (0.0 if region else of_network) + (of_region if gets_region else 0.0)
            share += Decimal(str(round(currency._convert(money, company.currency_id, company, day), 2)))
            blocks += Decimal(str(round(quantity, 2)))
        return Levy(share, blocks)

    def _run_by_network(self):
        """Regions whose costs and share are the network's; no region is one of them."""
        own = self.env.company.partner_id
        return self.env["wcm.region"].search(["|", ("run_by_id", "=", False), ("run_by_id", "=", own.id)])
