"""The part of the independent check that looks at totals, loads and how the search ended.

People read shares and loads as they read costs, and grants are told by them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import isfinite

from .problem import Problem
from .result import Result, Status, Total

COST_TOLERANCE = 1e-6
"""Relative to the size of the number that is compared, and to 1."""
OPTIMAL_GAP = 1e-5
Hours = Mapping[tuple[str, str, int], float]
"""By facility, process and period, set-ups included."""
Figures = Counter[str]


def differ(one: float, other: float) -> bool:
    """Also where one of them is no finite number."""
    return not (isfinite(one) and abs(one - other) <= COST_TOLERANCE * max(1.0, abs(one), abs(other)))


def wrong_totals(problem: Problem, result: Result, hours: Hours) -> Iterator[str]:
    """Every facility and every group, in any order, with the sums of its lines."""
    each = _by_facility(result, hours)
    names = {name for row in problem.facilities for name in row.groups}
    groups = {name: [row.id for row in problem.facilities if name in row.groups] for name in names}
    yield from _wrong("facility", result.facilities, {row.id: [row.id] for row in problem.facilities}, each)
    yield from _wrong("group", result.groups, groups, each)


def _by_facility(result: Result, hours: Hours) -> dict[str, Figures]:
    each: dict[str, Figures] = defaultdict(Counter)
    for line in result.lines:
        row = {"quantity": line.quantity, "making": line.costs.making, "transport": line.costs.transport}
        each[line.facility].update({**row, "kgco2e": line.kgco2e})
    for (facility, _, _), used in hours.items():
        each[facility].update({"hours": used})
    return each


def _wrong(
    kind: str, totals: Sequence[Total], members: Mapping[str, Sequence[str]], each: Mapping[str, Figures]
) -> Iterator[str]:
    """Totals that are missing, there twice, or differ from the sum of their members."""
    if sorted(row.name for row in totals) != sorted(members):
        yield f"totals: expected one row for each {kind}"
        return
    whole = sum(each.values(), Counter())
    for row in totals:
        right = sum((each.get(name, Counter()) for name in members[row.name]), Counter())
        shares = {f"{part}_share": right[part] / whole[part] if whole[part] else 0.0 for part in ("making", "hours")}
        for part in ("quantity", "making", "hours", "transport", "kgco2e"):
            if differ(getattr(row, part), right[part]):
                yield f'{kind} "{row.name}": {part} {getattr(row, part):g}, expected {right[part]:g}'
        for part, share in shares.items():
            if differ(getattr(row, part), share):
                yield f'{kind} "{row.name}": {part} {getattr(row, part):g}, expected {share:g}'


def wrong_loads(problem: Problem, result: Result, hours: Hours) -> Iterator[str]:
    """Every process and period that is worked is there; more may be, with no hours."""
    capacity = {row.id: row.capacity for row in problem.facilities}
    left = {place: used for place, used in hours.items() if used}
    for load in result.loads:
        place = f'load "{load.facility}" / "{load.process}" / period {load.period}'
        used = left.pop((load.facility, load.process, load.period), 0.0)
        offered = capacity.get(load.facility, {}).get(load.process)
        if differ(load.hours, used):
            yield f"{place}: {load.hours:g} hours, expected {used:g}"
        if load.capacity != (offered and offered[load.period]):
            yield f"{place}: capacity {load.capacity}"
    for facility, process, period in left:
        yield f'load "{facility}" / "{process}" / period {period}: not there'


def wrong_status(result: Result) -> Iterator[str]:
    """Only a plan whose cost meets the bound is called the best."""
    if result.status is Status.OPTIMAL and not result.gap <= OPTIMAL_GAP:
        yield f"status: {result.status} with a gap of {result.gap:g}"
