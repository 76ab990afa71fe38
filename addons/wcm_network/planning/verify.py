"""An independent check of a plan: plain arithmetic over its lines.

Shares no code with the model, the ledger or the accounts, only the data classes,
so that a mistake there shows here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import fields

from .problem import Option, Problem
from .result import Costs, Line, Result
from .verify_figures import differ, wrong_loads, wrong_status, wrong_totals

HOURS_TOLERANCE = 1e-5

NOTHING = {part.name: 0.0 for part in fields(Costs)}
Rule = Callable[[Problem, Result], Iterator[str]]


class PlanError(AssertionError):
    """The plan breaks its problem; `faults` lists every place, one line each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


def check(problem: Problem, result: Result) -> None:
    """Do nothing for a right plan.

    :raise PlanError: a line, limit, policy, lock, cost or bound is wrong
    """
    faults = list(_bad_lines(problem, result))
    if not faults:
        faults = [fault for rule in RULES for fault in rule(problem, result)]
    if faults:
        raise PlanError(faults)


def _place(line: Line) -> str:
    return f'line "{line.demand}" / "{line.facility}" / period {line.period}'


def _bad_lines(problem: Problem, result: Result) -> Iterator[str]:
    """Lines that make no sense by themselves."""
    demands = {demand.id: demand for demand in problem.demands}
    options = {(option.facility, option.item) for option in problem.options}
    seen = set()
    for line in result.lines:
        demand = demands.get(line.demand)
        if demand is None or (line.facility, demand.item) not in options:
            yield f"{_place(line)}: no such demand or option"
        elif not demand.release <= line.period <= demand.due:
            yield f"{_place(line)}: not between release and due"
        if line.quantity < 1 or line.quantity != int(line.quantity):
            yield f"{_place(line)}: quantity {line.quantity}"
        if (line.demand, line.facility, line.period) in seen:
            yield f"{_place(line)}: there twice"
        seen.add((line.demand, line.facility, line.period))


def _items(problem: Problem) -> dict[str, str]:
    return {demand.id: demand.item for demand in problem.demands}


def _options(problem: Problem) -> dict[tuple[str, str], Option]:
    return {(option.facility, option.item): option for option in problem.options}


def _batches(problem: Problem, result: Result) -> dict[tuple[str, str, int], int]:
    """Units by facility, item and period."""
    items = _items(problem)
    made: dict[tuple[str, str, int], int] = defaultdict(int)
    for line in result.lines:
        made[line.facility, items[line.demand], line.period] += line.quantity
    return dict(made)


def _hours(problem: Problem, result: Result) -> dict[tuple[str, str, int], float]:
    """Hours by facility, process and period, set-ups included."""
    options = _options(problem)
    hours: dict[tuple[str, str, int], float] = defaultdict(float)
    for (facility, item, period), made in _batches(problem, result).items():
        for process, each in options[facility, item].hours.items():
            hours[facility, process, period] += made * each
        for process, once in options[facility, item].setup_hours.items():
            hours[facility, process, period] += once
    return dict(hours)


def _demands(problem: Problem, result: Result) -> Iterator[str]:
    """Made and unplaced are the demand; every unplaced is there once and has a reason."""
    found: dict[str, int] = defaultdict(int)
    rows = Counter(row.demand for row in result.unplaced)
    for name, count in rows.items():
        if count > 1 or name not in problem.demand:
            yield f'unplaced "{name}": there {count} times, or no such demand'
    for line in result.lines:
        found[line.demand] += line.quantity
    for row in result.unplaced:
        found[row.demand] += row.quantity
        if row.quantity < 1 or not row.reasons:
            yield f'unplaced "{row.demand}": {row.quantity} units, {len(row.reasons)} reasons'
    for demand in problem.demands:
        if found[demand.id] != demand.quantity:
            yield f'demand "{demand.id}": {found[demand.id]} units of {demand.quantity} accounted for'


def _capacity(problem: Problem, result: Result) -> Iterator[str]:
    hours = _hours(problem, result)
    for facility in problem.facilities:
        for process, offered in facility.capacity.items():
            for period, most in enumerate(offered):
                used = hours.get((facility.id, process, period), 0.0)
                if used > most + HOURS_TOLERANCE * max(1.0, most):
                    yield f'facility "{facility.id}": {used:g} hours of "{process}" in period {period}, offered {most:g}'


def _batch_sizes(problem: Problem, result: Result) -> Iterator[str]:
    options = _options(problem)
    in_all: dict[tuple[str, str], int] = defaultdict(int)
    for (facility, item, period), made in _batches(problem, result).items():
        option = options[facility, item]
        in_all[facility, item] += made
        if made < option.min_batch or (option.max_batch is not None and made > option.max_batch):
            yield f'option "{facility}" / "{item}": batch of {made} in period {period}'
    for pair, made in in_all.items():
        most = options[pair].max_quantity
        if most is not None and made > most:
            yield f'option "{pair[0]}" / "{pair[1]}": {made} units, most {most}'


def _sources(problem: Problem, result: Result) -> Iterator[str]:
    """One source means one facility and all of it; few facilities share a demand."""
    makers: dict[str, set[str]] = defaultdict(set)
    most = problem.policies.max_facilities_per_demand
    for line in result.lines:
        makers[line.demand].add(line.facility)
    short = {row.demand for row in result.unplaced}
    for demand in problem.demands:
        count = len(makers[demand.id])
        if demand.single_source and (count > 1 or (count and demand.id in short)):
            yield f'demand "{demand.id}": not all from one source'
        if most is not None and count > most:
            yield f'demand "{demand.id}": {count} facilities, most {most}'


def _shares(problem: Problem, result: Result) -> Iterator[str]:
    options, items = _options(problem), _items(problem)
    making: dict[str, float] = defaultdict(float)
    for line in result.lines:
        making[line.facility] += line.quantity * options[line.facility, items[line.demand]].unit_cost
    whole = sum(making.values())
    for group, share in problem.policies.min_group_share.items():
        part = sum(making[row.id] for row in problem.facilities if group in row.groups)
        if part < share * whole - 1e-5 * max(1.0, whole):
            yield f'group "{group}": {part:g} of {whole:g} making cost, least share {share:g}'


def _most_hours(problem: Problem, result: Result) -> Iterator[str]:
    hours: dict[str, float] = defaultdict(float)
    for (facility, _, _), used in _hours(problem, result).items():
        hours[facility] += used
    whole = sum(hours.values())
    for row in problem.facilities:
        if row.max_share is not None and hours[row.id] > row.max_share * whole + 1e-5 * max(1.0, whole):
            yield f'facility "{row.id}": {hours[row.id]:g} of {whole:g} hours, largest share {row.max_share:g}'


def _locks(problem: Problem, result: Result) -> Iterator[str]:
    """Locks are kept, and lines say how many of their units are locked."""
    locked = {(lock.demand, lock.facility, lock.period): lock for lock in problem.locks}
    for line in result.lines:
        lock = locked.pop((line.demand, line.facility, line.period), None)
        if lock and line.quantity < lock.quantity:
            yield f"{lock.label}: not kept"
        elif line.locked != (lock.quantity if lock else 0):
            yield f"{_place(line)}: {line.locked} units locked"
    for lock in locked.values():
        yield f"{lock.label}: not kept"


def _line_costs(problem: Problem, result: Result) -> Iterator[str]:
    """Costs of every line; set-up and first article are shared among lines by quantity."""
    carry = {(row.facility, row.site): row for row in problem.transport}
    holding = {item.id: item.holding_cost for item in problem.items}
    demands, once = {demand.id: demand for demand in problem.demands}, _fixed_costs(problem, result)
    for line in result.lines:
        demand = demands[line.demand]
        row = carry.get((line.facility, demand.site))
        carbon = row.kgco2e_per_unit.get(demand.item, 0.0) if row else 0.0
        here = {
            "transport": row.cost_per_unit.get(demand.item, 0.0) if row else 0.0,
            "holding": holding[demand.item] * (demand.due - line.period),
            "carbon": carbon * problem.policies.carbon_price,
        }
        right = {**NOTHING, **once[line.facility, demand.item, line.period], **here}
        for part, each in right.items():
            if differ(getattr(line.costs, part), each * line.quantity):
                yield f"{_place(line)}: {part} {getattr(line.costs, part):g}, expected {each * line.quantity:g}"
        if differ(line.kgco2e, carbon * line.quantity):
            yield f"{_place(line)}: kgco2e {line.kgco2e:g}, expected {carbon * line.quantity:g}"


def _fixed_costs(problem: Problem, result: Result) -> dict[tuple[str, str, int], dict[str, float]]:
    """What a unit of a batch costs wherever it goes, by kind."""
    options, batches = _options(problem), _batches(problem, result)
    in_all: Counter[tuple[str, str]] = Counter()
    for batch, made in batches.items():
        in_all[batch[:2]] += made
    return {
        batch: {
            "making": options[batch[:2]].unit_cost,
            "setup": options[batch[:2]].setup_cost / made,
            "first_article": options[batch[:2]].first_article_cost / in_all[batch[:2]],
        }
        for batch, made in batches.items()
    }


def _sums(problem: Problem, result: Result) -> Iterator[str]:
    """Costs by kind, and fixed costs once for each time they are due."""
    batches, options = _batches(problem, result), _options(problem)
    busy = {line.facility for line in result.lines}
    unmet = {row.demand: row.quantity for row in result.unplaced}
    right = {
        "setup": sum(options[batch[:2]].setup_cost for batch in batches),
        "first_article": sum(options[pair].first_article_cost for pair in {batch[:2] for batch in batches}),
        "opening": sum(row.opening_cost for row in problem.facilities if row.id in busy),
        "unmet": sum(unmet.get(row.id, 0) * row.unmet_cost for row in problem.demands),
        "stability": problem.policies.move_cost * _moved(problem, result),
    }
    for part in NOTHING:
        lines = sum(getattr(line.costs, part) for line in result.lines)
        if part not in ("opening", "unmet", "stability") and differ(lines, getattr(result.costs, part)):
            yield f"costs: {part} {getattr(result.costs, part):g}, lines sum to {lines:g}"
        if part in right and differ(right[part], getattr(result.costs, part)):
            yield f"costs: {part} {getattr(result.costs, part):g}, expected {right[part]:g}"


def _moved(problem: Problem, result: Result) -> int:
    """Units of the plan before that are not made where they were."""
    made = {(line.demand, line.facility, line.period): line.quantity for line in result.lines}
    stay = sum(min(row.quantity, made.get((row.demand, row.facility, row.period), 0)) for row in problem.kept)
    return sum(row.quantity for row in problem.kept) - stay


def _bound(problem: Problem, result: Result) -> Iterator[str]:
    total = sum(getattr(result.costs, part) for part in NOTHING)
    if differ(total, result.cost):
        yield f"cost: {result.cost:g}, kinds sum to {total:g}"
    if not 0 <= result.bound <= result.cost:
        yield f"bound: {result.bound:g} is not between 0 and the cost {result.cost:g}"
    gap = (result.cost - result.bound) / result.cost if result.cost else 0.0
    if differ(gap, result.gap):
        yield f"gap: {result.gap:g}, expected {gap:g}"


def _figures(problem: Problem, result: Result) -> Iterator[str]:
    hours = _hours(problem, result)
    yield from wrong_totals(problem, result, hours)
    yield from wrong_loads(problem, result, hours)
    yield from wrong_status(result)


RULES: tuple[Rule, ...] = (
    _demands, _capacity, _batch_sizes, _sources, _shares, _most_hours, _locks, _line_costs, _sums, _bound, _figures,
)  # fmt: skip
