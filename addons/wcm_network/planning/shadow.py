"""What one more hour of a facility would save: shadow values of capacity.

They are the row prices of the relaxation, in which units and set-ups come in
fractions: right for small changes of a plan that is mostly units, an indication
where set-ups, batches and openings weigh. Zero where hours are to spare, and where
a period is too short for a single unit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from .duals import Numbers
from .explain import CENT
from .highs import relax
from .milp import Milp
from .model import Model
from .problem import Problem
from .result import Load


def priced(model: Model, loads: Sequence[Load], seconds: float, threads: int) -> list[Load]:
    """Loads with shadow values; as they are when there is no time for the relaxation."""
    relaxed = relax(_loose(model), seconds, threads) if model.hours else None
    if relaxed is None:
        return list(loads)
    saved = {key: _saved(model, key, float(relaxed.duals[row]), relaxed.values) for key, row in model.hours.items()}
    return with_shadows(model.problem, loads, saved)


def with_shadows(problem: Problem, loads: Sequence[Load], saved: Mapping[tuple[str, str, int], float]) -> list[Load]:
    """Loads with what an hour saves, by facility, process and period.

    An hour that is dear and not worked (set-ups come in fractions there) gets a load of its own.
    """
    known = {(load.facility, load.process, load.period): load for load in loads}
    missing = [key for key, price in saved.items() if price > CENT and key not in known]
    offered = ((key, problem.facility[key[0]].capacity[key[1]][key[2]]) for key in missing)
    new = {key: Load(*key, 0.0, float(hours)) for key, hours in offered}
    return [replace(load, shadow=saved.get(key, 0.0)) for key, load in sorted({**known, **new}.items())]


def _loose(model: Model) -> Milp:
    """The program with only the rows of hours to keep hours: its boxes know them too, and
    would take the price that an hour has."""
    upper = list(model.milp.upper)
    for (name, facility, _), column in model.units.items():
        demand = model.problem.demand[name]
        option = model.problem.option[facility, demand.item]
        limits = (demand.quantity, option.max_batch, option.max_quantity)
        upper[column] = float(min(limit for limit in limits if limit is not None))
    for column in model.setups.values():
        upper[column] = 2.0
    return replace(model.milp, upper=upper)


def _saved(model: Model, key: tuple[str, str, int], dual: float, values: Numbers) -> float:
    """An hour offered by a facility that is only partly open counts for that part."""
    column = model.opens.get(key[0])
    part = 1.0 if column is None else min(1.0, float(values[column]))
    return max(0.0, -dual * part)
