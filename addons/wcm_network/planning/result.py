"""What the planner answers: who makes what and when, what it costs, how good it is.

Units as in `problem.py`: one currency, hours, kgCO2e, whole units, periods from 0.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from typing import Any

from .refusals import ProblemError

FORMAT = 1


class Status(StrEnum):
    """How the search ended."""

    OPTIMAL = "optimal"  # proved: the bound meets the cost
    WITHIN_GAP = "within_gap"  # proved to be within the gap that was asked for
    STOPPED = "stopped"  # time was up or the caller stopped it; bound and gap still hold


class Code(StrEnum):
    """Why units are not placed."""

    NO_CAPABILITY = "no capability"
    ENVELOPE = "envelope"
    NOT_ELIGIBLE = "not eligible"  # excluded for another reason: membership, terms, material …
    NO_CAPACITY = "no capacity before due"
    POLICY = "policy"
    BATCH = "batch"  # smallest or largest batch, most units, or one facility for all of it
    COST = "cost"  # leaving it out costs less than making it
    STOPPED = "stopped early"


@dataclass(frozen=True, slots=True)
class Costs:
    """Cost by kind, in currency; `unmet` and `stability` are penalties that nobody pays."""

    making: float = 0.0
    setup: float = 0.0
    transport: float = 0.0
    holding: float = 0.0
    first_article: float = 0.0
    carbon: float = 0.0
    opening: float = 0.0
    unmet: float = 0.0
    stability: float = 0.0

    @property
    def total(self) -> float:
        """Sum of all kinds."""
        return self.spend + self.unmet + self.stability

    @property
    def spend(self) -> float:
        """The money: all but the penalties for what is not made and for what moves."""
        return (
            self.making + self.setup + self.transport + self.holding + self.first_article + self.carbon + self.opening
        )


@dataclass(frozen=True, slots=True)
class Line:
    """Units of one demand made by one facility in one period.

    :ivar costs: set-up and first article are shared among the lines by quantity
    :ivar reason: a sentence for people; weeks in it count from 1
    :ivar next_best: facility that could take all of this line at the least extra cost
    :ivar next_best_extra: that extra cost per unit
    """

    demand: str
    facility: str
    period: int
    quantity: int
    costs: Costs
    kgco2e: float = 0.0
    locked: int = 0
    reason: str = ""
    next_best: str | None = None
    next_best_extra: float | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason why units are not placed; `text` is a sentence for people."""

    code: Code
    text: str


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Units of a demand that nobody makes, and why."""

    demand: str
    quantity: int
    reasons: Sequence[Reason]


@dataclass(frozen=True, slots=True)
class Total:
    """What one facility or one group does in the plan; a share is 0 to 1.

    :ivar hours: work of making and set-up, all processes
    """

    name: str
    quantity: int = 0
    making: float = 0.0
    making_share: float = 0.0
    hours: float = 0.0
    hours_share: float = 0.0
    transport: float = 0.0
    kgco2e: float = 0.0


@dataclass(frozen=True, slots=True)
class Load:
    """Hours used of the hours offered; `capacity` is None where unlimited.

    :ivar shadow: about what one more hour there would save, currency; from the relaxation
    """

    facility: str
    process: str
    period: int
    hours: float
    capacity: float | None
    shadow: float = 0.0


@dataclass(frozen=True, slots=True)
class Result:
    """A plan.

    :ivar cost: sum of `costs`, the penalty for unplaced units included
    :ivar bound: proven: no plan costs less
    :ivar gap: (cost - bound) / cost, 0 for a plan without cost
    :ivar seconds_to_first: until the first plan that breaks nothing
    """

    status: Status
    cost: float
    bound: float
    gap: float
    seconds: float
    seconds_to_first: float
    costs: Costs
    lines: Sequence[Line] = ()
    unplaced: Sequence[Unplaced] = ()
    facilities: Sequence[Total] = ()
    groups: Sequence[Total] = ()
    loads: Sequence[Load] = ()
    notes: Sequence[str] = field(default_factory=tuple)

    def to_json(self) -> dict[str, Any]:
        """Plain data, ready for `json.dumps`."""
        data: dict[str, Any] = json.loads(json.dumps({"format": FORMAT, **asdict(self)}))
        return data

    @classmethod
    def from_json(cls, data: object) -> Result:
        """Read what `to_json` wrote.

        :raise ProblemError: the data is no plan
        """
        try:
            return _result(data)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise ProblemError(f"plan: not a plan in format {FORMAT}: {error!r}") from None


def _result(data: Any) -> Result:
    """Rebuild the nested rows; unknown keys fail in the constructors."""
    if data["format"] != FORMAT:
        raise ValueError(f"format {data['format']!r}")
    rows: dict[str, Any] = {key: value for key, value in data.items() if key != "format"}
    rows["status"] = Status(rows["status"])
    rows["costs"] = Costs(**rows["costs"])
    rows["lines"] = [Line(**{**line, "costs": Costs(**line["costs"])}) for line in rows["lines"]]
    rows["unplaced"] = [_unplaced(row) for row in rows["unplaced"]]
    for name, kind in (("facilities", Total), ("groups", Total), ("loads", Load)):
        rows[name] = [kind(**row) for row in rows[name]]
    result = Result(**rows)
    for row in (result, *result.lines, *result.unplaced, *result.facilities, *result.groups, *result.loads):
        _check_types(row)
    for costs in (result.costs, *(line.costs for line in result.lines)):
        _check_types(costs)
    return result


KINDS: dict[str, tuple[type, ...]] = {"int": (int,), "float": (int, float), "str": (str,)}
"""What JSON must hold where a field says so; other fields are built from rows of these."""


def _check_types(row: object) -> None:
    """Refuse text where a number is due: the check would stumble over it."""
    for part in fields(row):  # type: ignore[arg-type]  # always one of the rows above
        value, kinds = getattr(row, part.name), KINDS.get(str(part.type))
        if kinds and (isinstance(value, bool) or not isinstance(value, kinds)):
            raise TypeError(f"{type(row).__name__.lower()}: {part.name} is {value!r}")


def _unplaced(row: Mapping[str, Any]) -> Unplaced:
    reasons = [Reason(Code(reason["code"]), reason["text"]) for reason in row["reasons"]]
    return Unplaced(row["demand"], row["quantity"], reasons)


def add_costs(rows: Sequence[Costs]) -> Costs:
    """Sum kind by kind."""
    return Costs(**{part.name: sum(getattr(row, part.name) for row in rows) for part in fields(Costs)})
