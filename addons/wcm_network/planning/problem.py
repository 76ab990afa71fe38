"""What the planner is asked: data that refuses bad input and says its units.

Costs are in one currency (GBP here), work in hours, carbon in kgCO2e, quantities
in whole units. Periods are counted from 0; the ERP uses one week for each.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any

from .places import Cell, Kept, Lock
from .refusals import ProblemError, named, number, numbers, unique, whole

FORMAT = 1
UNMET_COST = 100_000.0
"""Of one unit that is not made, where the demand does not say: so large that no ordinary
plan leaves out what it can make, so small that arithmetic stays exact."""


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
        named(what, self.id)
        number(f"{what}: opening_cost", self.opening_cost)
        for process, hours in self.capacity.items():
            for period, value in enumerate(hours):
                number(f'{what}: capacity["{process}"][{period}]', value)
        if self.max_share is not None:
            number(f"{what}: max_share", self.max_share, most=1.0)

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
        named("item", self.id)
        number(f'item "{self.id}": holding_cost', self.holding_cost)


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
        named(what, self.id, self.item, self.site)
        whole(f"{what}: quantity", self.quantity, least=1)
        whole(f"{what}: release", self.release)
        whole(f"{what}: due", self.due)
        number(f"{what}: unmet_cost", self.unmet_cost)
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
        named(what, self.facility, self.item)
        for name in ("unit_cost", "setup_cost", "first_article_cost"):
            number(f"{what}: {name}", getattr(self, name))
        numbers(f"{what}: hours", self.hours)
        numbers(f"{what}: setup_hours", self.setup_hours)
        whole(f"{what}: min_batch", self.min_batch)
        self._check_most(what)

    def _check_most(self, what: str) -> None:
        for name in ("max_batch", "max_quantity"):
            if getattr(self, name) is not None:
                whole(f"{what}: {name}", getattr(self, name))
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
        named(what, self.facility, self.site)
        numbers(f"{what}: cost_per_unit", self.cost_per_unit)
        numbers(f"{what}: kgco2e_per_unit", self.kgco2e_per_unit)


@dataclass(frozen=True, slots=True)
class Policies:
    """What the network decided.

    :ivar min_group_share: least share of the making cost of the plan, by group
    :ivar max_facilities_per_demand: most facilities that share one demand
    :ivar carbon_price: per kgCO2e of transport; adds the cost part `carbon`
    :ivar move_cost: per unit of `Problem.kept` that is not made where it was; the cost part `stability`
    """

    min_group_share: Mapping[str, float] = field(default_factory=dict)
    max_facilities_per_demand: int | None = None
    carbon_price: float = 0.0
    move_cost: float = 0.0

    def __post_init__(self) -> None:
        for group, share in self.min_group_share.items():
            number(f'policies: min_group_share["{group}"]', share, most=1.0)
        if self.max_facilities_per_demand is not None:
            whole("policies: max_facilities_per_demand", self.max_facilities_per_demand, least=1)
        number("policies: carbon_price", self.carbon_price)
        number("policies: move_cost", self.move_cost)


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
    kept: Sequence[Kept] = ()
    excluded: Sequence[Excluded] = ()

    def __post_init__(self) -> None:
        whole("periods", self.periods, least=1, most=1000)
        self._check_unique()
        self._check_known()
        self._check_periods()

    def _check_unique(self) -> None:
        unique("facilities", (facility.id for facility in self.facilities))
        unique("items", (item.id for item in self.items))
        unique("demands", (demand.id for demand in self.demands))
        unique("options", (f"{o.facility} / {o.item}" for o in self.options))
        unique("transport", (f"{t.facility} / {t.site}" for t in self.transport))
        unique("locks", (lock.label for lock in self.locks))
        unique("kept", (kept.label for kept in self.kept))

    def _check_known(self) -> None:
        for place, row in self._rows():
            for name, known in self._known.items():
                value = getattr(row, name, None)
                if value is not None and value not in known:
                    raise ProblemError(f'{place}: unknown {name} "{value}"')

    def _rows(self) -> Iterable[tuple[str, object]]:
        for name in ("demands", "options", "transport", "locks", "kept", "excluded"):
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
        for kept in self.kept:
            whole(f"{kept.label}: period", kept.period, most=self.periods - 1)
        for demand in self.demands:
            whole(f'demand "{demand.id}": due', demand.due, most=self.periods - 1)
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

    @cached_property
    def stays(self) -> dict[Cell, int]:
        """Units that cost `move_cost` each when they are not made there; none where that is 0."""
        return {kept.cell: kept.quantity for kept in self.kept} if self.policies.move_cost else {}

    @classmethod
    def from_json(cls, data: object) -> Problem:
        """Read parsed JSON in format 1; `ProblemError` names the place of a mistake."""
        from .reading import problem_from

        return problem_from(data)

    def to_json(self) -> dict[str, Any]:
        """Plain data in format 1, ready for `json.dumps`."""
        return dict(json.loads(json.dumps({"format": FORMAT, **asdict(self)})))
