"""Whether the platform pays its way: what the levy brings in against what running it costs, by homes a year."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal

ZERO = Decimal(0)
HUNDRED = Decimal(100)
MONTHS = Decimal(12)
PERCENTS = (-50, -20, -10, 0, 10, 20, 50)
CHANGED = ("homes", "levy", "cost")


@dataclass(frozen=True, slots=True)
class Costs:
    """What running the platform costs.

    :ivar fixed: money a year, however many homes are made
    :ivar per_home: money for each home
    :ivar per_component: money for each component
    """

    fixed: Decimal = ZERO
    per_home: Decimal = ZERO
    per_component: Decimal = ZERO

    def __add__(self, other: "Costs") -> "Costs":
        return Costs(self.fixed + other.fixed, self.per_home + other.per_home, self.per_component + other.per_component)

    def times(self, factor: Decimal) -> "Costs":
        return Costs(self.fixed * factor, self.per_home * factor, self.per_component * factor)

    def of(self, homes: Decimal, components: Decimal) -> Decimal:
        """Money for so many homes and components in a year."""
        return self.fixed + self.per_home * homes + self.per_component * components


@dataclass(frozen=True, slots=True)
class Year:
    """A year with so many homes.

    :ivar homes: made in the year
    :ivar components: of one home, on average
    :ivar levy: money from one home, on average
    """

    homes: Decimal
    components: Decimal
    levy: Decimal
    costs: Costs

    def __post_init__(self) -> None:
        if self.homes < 0 or self.components < 0:
            raise ValueError("Homes and components are 0 or more.")

    @property
    def income(self) -> Decimal:
        return self.levy * self.homes

    @property
    def cost(self) -> Decimal:
        return self.costs.of(self.homes, self.components * self.homes)

    @property
    def surplus(self) -> Decimal:
        """Below zero: a shortfall."""
        return self.income - self.cost

    @property
    def cost_of_a_home(self) -> Decimal:
        """What one home more costs."""
        return self.costs.per_home + self.costs.per_component * self.components

    @property
    def left_of_a_home(self) -> Decimal:
        """What one home more leaves towards the fixed costs."""
        return self.levy - self.cost_of_a_home

    def break_even(self) -> int | None:
        """The fewest whole homes a year from which on the levy covers the cost, whatever more are made; None: never."""
        if self.left_of_a_home <= 0:
            return 0 if self.left_of_a_home == 0 and self.costs.fixed <= 0 else None
        homes = (self.costs.fixed / self.left_of_a_home).to_integral_value(ROUND_CEILING)
        # The division is rounded: of a whole number of homes it may come out a hair too high or low.
        while homes > 0 and self.with_homes(homes - 1).surplus >= 0:
            homes -= 1
        while self.with_homes(max(homes, ZERO)).surplus < 0:
            homes += 1
        return max(0, int(homes))

    def with_homes(self, homes: Decimal) -> "Year":
        return replace(self, homes=homes)

    def changed(self, what: str, percent: int) -> "Year":
        """The same year with so many percent more or fewer homes, levy from each, or cost."""
        factor = 1 + Decimal(percent) / HUNDRED
        if what == "homes":
            return replace(self, homes=self.homes * factor)
        if what == "levy":
            return replace(self, levy=self.levy * factor)
        if what == "cost":
            return replace(self, costs=self.costs.times(factor))
        raise ValueError(f"Nothing to change of that name: {what}")

    def sensitivity(self, percents: Sequence[int] = PERCENTS) -> dict[str, list["Year"]]:
        """{what is changed, all else as it is: the year at each percent}"""
        return {what: [self.changed(what, percent) for percent in percents] for what in CHANGED}


def months_of_reserve(reserve: Decimal, cost: Decimal) -> Decimal | None:
    """How many months of cost the reserve pays if nothing came in; None where there is no cost. Owed money lasts no month.

    :param cost: a year
    """
    return max(reserve, ZERO) * MONTHS / cost if cost > 0 else None


def months_until_empty(reserve: Decimal, surplus: Decimal) -> Decimal | None:
    """How many months the reserve covers the shortfall; None where there is none.

    :param surplus: a year
    """
    return max(reserve, ZERO) * MONTHS / -surplus if surplus < 0 else None


def share_of_period(start: date, end: date, first: date | None, last: date | None) -> Decimal:
    """Which share of the days from start to end lies between first and last; days at both ends count.

    :param first: None: from the beginning
    :param last: None: without an end
    """
    if start > end:
        raise ValueError("Expected start <= end.")
    begins, ends = max(start, first or start), min(end, last or end)
    return Decimal(max(0, (ends - begins + timedelta(days=1)).days)) / Decimal((end - start).days + 1)
