"""Location: which facilities open. Proven against one program on small cases, and at size."""

from dataclasses import replace
from math import dist, inf
from random import Random

import pytest
from planning import Demand, Facility, Item, Option, Policies, Problem, Transport, check, solve
from planning.highs import Limits, search
from planning.location import is_location, places_of
from planning.location_search import Search
from planning.model import model_of
from planning.places import Lock
from planning.routes import routes_of

ODD = [{"setup_cost": 1.0}, {"min_batch": 2}, {"first_article_cost": 1.0}, {"max_quantity": 5}, {"hours": {"cnc": 9.0}}]
"""Of one option: something else hangs on it."""
KINDS = ("wall", "floor")
LIMITS = Limits(seconds=60, gap=0.0, threads=1, seed=0)


def town(
    seed: int, facilities: int, demands: int, periods: int = 1, unmet: float = 1000.0, tight: float = 0.5
) -> Problem:
    """Members and sites on a square; about `tight` of all hours is needed; not everybody makes everything."""
    draw = Random(seed)
    quantity = [draw.randint(1, 30) for _ in range(demands)]
    even = sum(quantity) / tight / facilities / periods
    members, sites = [[(draw.random(), draw.random()) for _ in range(count)] for count in (facilities, demands)]
    makes = [[item for item in KINDS if draw.random() < 0.8] for _ in range(facilities)]
    return Problem(
        periods=periods,
        facilities=[_member(draw, f, periods, even) for f in range(facilities)],
        items=[Item("wall", 0.5), Item("floor", 0.1)],
        demands=[
            Demand(f"d{d}", draw.choice(KINDS), units, periods - 1, f"s{d}", unmet_cost=unmet)
            for d, units in enumerate(quantity)
        ],
        options=[
            Option(f"f{f}", item, draw.uniform(1, 5), {"cnc": 1.0 + f % 2})
            for f, items in enumerate(makes)
            for item in items
        ],
        transport=[
            Transport(f"f{f}", f"s{d}", dict.fromkeys(KINDS, 50 * dist(member, site)))
            for f, member in enumerate(members)
            for d, site in enumerate(sites)
        ],
    )


def _member(draw: Random, f: int, periods: int, even: float) -> Facility:
    """The first works without limits."""
    hours = {"cnc": [round(even * draw.uniform(0, 2), 1) for _ in range(periods)]} if f else {}
    return Facility(f"f{f}", hours, opening_cost=draw.choice((0.0, 300.0, 900.0)))


@pytest.mark.parametrize("seed", range(6))
def test_small_cases_have_the_cost_that_one_program_proves(seed: int) -> None:
    problem = town(seed, 7, 20, periods=1 + seed % 3, unmet=(1000.0, 40.0)[seed % 2], tight=(0.5, 1.1)[seed // 3])
    routes = routes_of(problem)
    model = model_of(problem, routes)
    best = search(model.milp, None, LIMITS, lambda *_: False)
    found = Search(places_of(problem, routes), LIMITS, lambda *_: False)
    assert found.run() == pytest.approx(best.bound, rel=1e-5)
    assert found.cost == pytest.approx(best.bound, rel=1e-5)


def test_a_large_case_is_planned_and_proven() -> None:
    problem = town(1, 26, 520)
    assert is_location(problem, 20_000)
    result = solve(problem, seconds=60, gap=0.005)
    check(problem, result)
    assert result.gap <= 0.005 and not result.unplaced
    assert any(load.shadow > 0 for load in result.loads)


def test_a_search_that_is_stopped_at_once_keeps_what_was_there() -> None:
    problem = town(2, 7, 20)
    found = Search(places_of(problem, routes_of(problem)), replace(LIMITS, seconds=0.0), lambda *_: False, cost=inf)
    assert found.run() < inf and found.plan is None


def test_where_anything_else_hangs_on_a_facility_it_is_another_question() -> None:
    problem = town(3, 4, 5)
    assert is_location(problem, 20_000) and not is_location(problem, 100)
    first, *others = problem.options
    for change in ODD:
        odd = [replace(first, **change), *others]  # type: ignore[arg-type]
        assert not is_location(replace(problem, options=odd), 20_000)
    assert not is_location(replace(problem, policies=Policies(max_facilities_per_demand=2)), 20_000)
    assert not is_location(replace(problem, locks=[Lock("d0", "f1", 0, 1)]), 20_000)
