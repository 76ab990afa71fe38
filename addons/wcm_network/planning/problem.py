"""What the planner is asked: data that refuses bad input and says its units.

Costs are in one currency (GBP here), work in hours, carbon in kgCO2e, quantities
in whole units. Periods are counted from 0; the ERP uses one week for each.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from math import inf
from typing import Any

FORMAT = 1
UNMET_COST = 100_000.0
"""Cost of one unit that is not made, where the demand does not say: so large
that no ordinary plan leaves out what it can make, so small that arithmetic
stays exact."""
MOST_UNITS = 1_000_000
MOST_COST = 1e9


class ProblemError(ValueError):
    """The problem is wrong; the message names the place in one line."""


def _number(what: str, value: object, least: float = 0.0, most: float = MOST_COST) -> None:
    """Refuse what is no finite number in the range (a bool is no number)."""
    number = value if isinstance(value, int | float) and not isinstance(value, bool) else inf
    if not least <= number <= most:
        raise ProblemError(f"{what}: expected a number from {least:g} to {most:g}, got {value!r}")


def _whole(what: str, value: object, least: int = 0, most: int = MOST_UNITS) -> None:
    """Refuse what is no whole number in the range."""
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise ProblemError(f"{what}: expected a whole number from {least} to {most}, got {value!r}")


def _named(what: str, *names: str) -> None:
    """Refuse an empty name."""
    if not all(names):
        raise ProblemError(f"{what}: expected a name, got an empty one")


def _numbers(what: str, numbers: Mapping[str, float]) -> None:
    for key, value in numbers.items():
        _number(f'{what}["{key}"]', value)


@dataclass(frozen=True, slots=True)
class Facility:
    """A member that makes things.

    :ivar capacity: hours offered, by process, one number per period; a process
        that is not listed is unlimited
    :ivar opening_cost: paid once when it makes anything
    :ivar groups: names that policies may speak of (organisation type, region)
    :ivar max_share: largest share of the total hours of the plan, 0 to 1
    :ivar name: for sentences; the id where empty
    """

    id: str
    capacity: Mapping[str, Sequence[float]] = field(default_factory=dict)
    opening_cost: float = 0.0
    groups: Sequence[str] = ()
    max_share: float | None = None
    name: str = ""

    def __post_init__(self) -> None:
        what = f'facility "{self.id}"'
        _named(what, self.id)
        _number(f"{what}: opening_cost", self.opening_cost)
        for process, hours in self.capacity.items():
            for period, value in enumerate(hours):
                _number(f'{what}: capacity["{process}"][{period}]', value)
        if self.max_share is not None:
            _number(f"{what}: max_share", self.max_share, most=1.0)

    @property
    def label(self) -> str:
        """Name for sentences."""
        return self.name or self.id


@dataclass(frozen=True, slots=True)
class Item:
    """A component.

    :ivar holding_cost: per unit and period between making and due
    """

    id: str
    holding_cost: float = 0.0

    def __post_init__(self) -> None:
        _named("item", self.id)
        _number(f'item "{self.id}": holding_cost', self.holding_cost)


@dataclass(frozen=True, slots=True)
class Demand:
    """Units of one item, made from period `release` to period `due` (both included).

    :ivar single_source: one facility makes all of it, or none of it is made
    :ivar unmet_cost: per unit that is not made
    """

    id: str
    item: str
    quantity: int
    due: int
    site: str
    release: int = 0
    single_source: bool = False
    unmet_cost: float = UNMET_COST

    def __post_init__(self) -> None:
        what = f'demand "{self.id}"'
        _named(what, self.id, self.item, self.site)
        _whole(f"{what}: quantity", self.quantity, least=1)
        _whole(f"{what}: release", self.release)
        _whole(f"{what}: due", self.due)
        _number(f"{what}: unmet_cost", self.unmet_cost)
        if self.release > self.due:
            raise ProblemError(f"{what}: released in period {self.release}, after it is due in {self.due}")

    @property
    def window(self) -> range:
        """Periods in which it can be made."""
        return range(self.release, self.due + 1)


@dataclass(frozen=True, slots=True)
class Option:
    """A facility can make an item.

    :ivar unit_cost: making cost per unit
    :ivar hours: per unit, by process
    :ivar setup_cost: paid in each period in which it makes the item
    :ivar setup_hours: taken in each such period, by process
    :ivar first_article_cost: paid once when it makes the item at all
    :ivar min_batch: fewest units in a period in which it makes the item
    :ivar max_batch: most units in one period
    :ivar max_quantity: most units in the whole plan (a member on probation)
    """

    facility: str
    item: str
    unit_cost: float
    hours: Mapping[str, float] = field(default_factory=dict)
    setup_cost: float = 0.0
    setup_hours: Mapping[str, float] = field(default_factory=dict)
    first_article_cost: float = 0.0
    min_batch: int = 1
    max_batch: int | None = None
    max_quantity: int | None = None

    def __post_init__(self) -> None:
        what = f'option "{self.facility}" / "{self.item}"'
        _named(what, self.facility, self.item)
        for name in ("unit_cost", "setup_cost", "first_article_cost"):
            _number(f"{what}: {name}", getattr(self, name))
        _numbers(f"{what}: hours", self.hours)
        _numbers(f"{what}: setup_hours", self.setup_hours)
        _whole(f"{what}: min_batch", self.min_batch)
        self._check_most(what)

    def _check_most(self, what: str) -> None:
        for name in ("max_batch", "max_quantity"):
            if getattr(self, name) is not None:
                _whole(f"{what}: {name}", getattr(self, name))
        if self.max_batch is not None and self.max_batch < self.min_batch:
            raise ProblemError(f"{what}: max_batch {self.max_batch} is below min_batch {self.min_batch}")


@dataclass(frozen=True, slots=True)
class Transport:
    """Carrying from a facility to a site; what is not listed costs nothing.

    :ivar cost_per_unit: by item
    :ivar kgco2e_per_unit: by item; priced by `Policies.carbon_price`
    """

    facility: str
    site: str
    cost_per_unit: Mapping[str, float] = field(default_factory=dict)
    kgco2e_per_unit: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        what = f'transport "{self.facility}" / "{self.site}"'
        _named(what, self.facility, self.site)
        _numbers(f"{what}: cost_per_unit", self.cost_per_unit)
        _numbers(f"{what}: kgco2e_per_unit", self.kgco2e_per_unit)


@dataclass(frozen=True, slots=True)
class Policies:
    """What the network decided.

    :ivar min_group_share: least share of the making cost of the plan, by group
    :ivar max_facilities_per_demand: most facilities that share one demand
    :ivar carbon_price: per kgCO2e of transport; adds the cost part `carbon`
    """

    min_group_share: Mapping[str, float] = field(default_factory=dict)
    max_facilities_per_demand: int | None = None
    carbon_price: float = 0.0

    def __post_init__(self) -> None:
        for group, share in self.min_group_share.items():
            _number(f'policies: min_group_share["{group}"]', share, most=1.0)
        if self.max_facilities_per_demand is not None:
            _whole("policies: max_facilities_per_demand", self.max_facilities_per_demand, least=1)
        _number("policies: carbon_price", self.carbon_price)


@dataclass(frozen=True, slots=True)
class Lock:
    """At least this many units of a demand are made by this facility in this period."""

    demand: str
    facility: str
    period: int
    quantity: int

    def __post_init__(self) -> None:
        _whole(f"{self.label}: period", self.period)
        _whole(f"{self.label}: quantity", self.quantity, least=1)

    @property
    def label(self) -> str:
        """Name for messages."""
        return f'lock "{self.demand}" / "{self.facility}" / period {self.period}'


@dataclass(frozen=True, slots=True)
class Excluded:
    """Why a facility is not asked to make an item ("envelope too small"): only passed on."""

    facility: str
    item: str
    reason: str


@dataclass(frozen=True)
class Problem:
    """All that a plan depends on; names must be known and unique."""

    periods: int
    facilities: Sequence[Facility] = ()
    items: Sequence[Item] = ()
    demands: Sequence[Demand] = ()
    options: Sequence[Option] = ()
    transport: Sequence[Transport] = ()
    policies: Policies = Policies()
    locks: Sequence[Lock] = ()
    excluded: Sequence[Excluded] = ()

    def __post_init__(self) -> None:
        _whole("periods", self.periods, least=1, most=1000)
        self._check_unique()
        self._check_known()
        self._check_periods()

    def _check_unique(self) -> None:
        _unique("facilities", (facility.id for facility in self.facilities))
        _unique("items", (item.id for item in self.items))
        _unique("demands", (demand.id for demand in self.demands))
        _unique("options", (f"{o.facility} / {o.item}" for o in self.options))
        _unique("transport", (f"{t.facility} / {t.site}" for t in self.transport))
        _unique("locks", (lock.label for lock in self.locks))

    def _check_known(self) -> None:
        for place, row in self._rows():
            for name, known in self._known.items():
                value = getattr(row, name, None)
                if value is not None and value not in known:
                    raise ProblemError(f'{place}: unknown {name} "{value}"')

    def _rows(self) -> Iterable[tuple[str, object]]:
        for name in ("demands", "options", "transport", "locks", "excluded"):
            for index, row in enumerate(getattr(self, name)):
                yield f"{name}[{index}]", row

    @cached_property
    def _known(self) -> dict[str, set[str]]:
        return {
            "facility": {facility.id for facility in self.facilities},
            "item": {item.id for item in self.items},
            "demand": {demand.id for demand in self.demands},
        }

    def _check_periods(self) -> None:
        for demand in self.demands:
            _whole(f'demand "{demand.id}": due', demand.due, most=self.periods - 1)
        for facility in self.facilities:
            for process, hours in facility.capacity.items():
                if len(hours) != self.periods:
                    raise ProblemError(
                        f'facility "{facility.id}": capacity["{process}"]: expected '
                        f"{self.periods} numbers, one per period, got {len(hours)}"
                    )

    @cached_property
    def facility(self) -> dict[str, Facility]:
        """Facilities by id."""
        return {facility.id: facility for facility in self.facilities}

    @cached_property
    def item(self) -> dict[str, Item]:
        """Items by id."""
        return {item.id: item for item in self.items}

    @cached_property
    def demand(self) -> dict[str, Demand]:
        """Demands by id."""
        return {demand.id: demand for demand in self.demands}

    @cached_property
    def option(self) -> dict[tuple[str, str], Option]:
        """Options by facility and item."""
        return {(option.facility, option.item): option for option in self.options}

    @classmethod
    def from_json(cls, data: object) -> Problem:
        """Read parsed JSON in format 1; `ProblemError` names the place of a mistake."""
        from .reading import problem_from

        return problem_from(data)

    def to_json(self) -> dict[str, Any]:
        """Plain data in format 1, ready for `json.dumps`."""
        data: dict[str, Any] = json.loads(json.dumps({"format": FORMAT, **asdict(self)}))
        return data


def _unique(what: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ProblemError(f"{what}: {name} is there twice")
        seen.add(name)
