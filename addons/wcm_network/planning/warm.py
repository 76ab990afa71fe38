"""`python -m planning.warm`: compile the loops now, not in the first plan.

Compiled code is kept on disk (`compiled.py`); where it is there already this takes a second.
"""

from __future__ import annotations

from dataclasses import replace

from .assignment import solve_assignment
from .choices import assignment_of
from .highs import Limits
from .large import solve_large
from .local import quick_plan
from .location import places_of
from .location_search import Search
from .problem import Demand, Facility, Item, Option, Problem
from .routes import routes_of
from .run import Run

SMALLEST = Problem(
    periods=2,
    facilities=[Facility("member", {"cnc": [4.0, 4.0]})],
    items=[Item("wall")],
    demands=[Demand("home", "wall", quantity=2, due=1, site="site")],
    options=[Option("member", "wall", unit_cost=1.0, hours={"cnc": 1.0}, setup_cost=1.0)],
)
CHOICE = Problem(
    periods=1,
    facilities=[Facility(name, {"cnc": [3.0]}) for name in ("near", "far")],
    items=[Item("wall")],
    demands=[Demand(name, "wall", quantity=1, due=0, site="site") for name in ("home", "house")],
    options=[Option(name, "wall", unit_cost=cost, hours={"cnc": 2.0}) for name, cost in (("near", 1.0), ("far", 10.0))],
)
"""Too much for the near one, by half: neither the first plan nor the relaxation is right."""


def warm() -> None:
    """Plan next to nothing, with everything that is compiled: bound and accounts, then some moves."""
    limits = Limits(seconds=600.0, gap=0.99, threads=1, seed=0)
    solve_large(Run(SMALLEST, limits, None))
    quick_plan(SMALLEST, limits, lambda: False)
    Search(places_of(SMALLEST, routes_of(SMALLEST)), limits, lambda *_: False).run()
    run = Run(CHOICE, replace(limits, gap=0.0), None, routes_of(CHOICE))
    if task := assignment_of(CHOICE, run.routes):
        solve_assignment(run, task)


if __name__ == "__main__":
    warm()
