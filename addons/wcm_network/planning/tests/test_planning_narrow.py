"""Search in stages loses nothing, and what prices prove holds whoever made them up."""

import numpy as np
import pytest
from planning.duals import proof
from planning.highs import Limits, relax, search
from planning.model import Model, model_of
from planning.narrow import search_in_stages
from planning.routes import routes_of
from planning.tests.planning_makers import problem, random_small

LIMITS = Limits(20.0, 0.0, 1, 0)


def model(seed: int) -> Model:
    data = problem(random_small(seed))
    return model_of(data, routes_of(data))


def nothing_made(built: Model) -> list[float]:
    values = [0.0] * len(built.milp.cost)
    for demand, column in built.unmet.items():
        values[column] = built.problem.demand[demand].quantity
    return values


@pytest.mark.parametrize("seed", range(30))
def test_stages_find_and_prove_what_one_search_does(seed: int) -> None:
    built = model(seed)
    whole = search(built.milp, None, LIMITS, lambda *_: False)
    staged = search_in_stages(built.milp, nothing_made(built), LIMITS, lambda *_: False)
    assert np.dot(built.milp.cost, staged.values or []) == pytest.approx(np.dot(built.milp.cost, whole.values or []))
    assert staged.bound == pytest.approx(whole.bound, abs=1e-4)


@pytest.mark.parametrize("seed", range(30))
def test_any_prices_prove_a_bound(seed: int) -> None:
    built = model(seed)
    best = search(built.milp, None, LIMITS, lambda *_: False)
    prices = np.random.default_rng(seed).normal(0, 20, len(built.milp.row_lower))
    assert proof(built.milp, prices).bound <= np.dot(built.milp.cost, best.values or []) + 1e-6


@pytest.mark.parametrize("seed", range(30))
def test_lazy_rows_end_where_all_rows_at_once_do(seed: int) -> None:
    built = model(seed)
    lazy = relax(built.milp, 10.0, 1)
    built.milp.lazy.clear()
    whole = relax(built.milp, 10.0, 1)
    assert lazy is not None and whole is not None
    assert proof(built.milp, lazy.duals).bound == pytest.approx(proof(built.milp, whole.duals).bound, abs=1e-6)
