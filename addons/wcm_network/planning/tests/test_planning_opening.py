"""The program at middle size: rows that know the hours, plans with what the relaxation opens, moves beside it."""

from dataclasses import replace
from time import sleep

import numpy as np
import pytest
from planning import Demand, Facility, Item, Option, Problem, Transport
from planning.beside import Beside
from planning.duals import proof
from planning.highs import relax
from planning.model import model_of
from planning.opening import openings
from planning.places import Lock
from planning.routes import routes_of

TWO_HOMES = Problem(
    periods=2,
    facilities=[Facility(name, {"cnc": [4.5, 4.5]}, opening_cost=50.0) for name in ("near", "far")],
    items=[Item("wall")],
    demands=[Demand(f"home-{n}", "wall", quantity=4, due=1, site="site") for n in range(2)],
    options=[Option(name, "wall", 1.0, {"cnc": 1.0}, setup_cost=10.0) for name in ("near", "far")],
    transport=[Transport("far", "site", {"wall": 100.0})],
)
"""Four walls fit into a week."""


def test_a_set_up_makes_no_more_than_a_week_has_hours_whatever_the_demands() -> None:
    model = model_of(TWO_HOMES, routes_of(TWO_HOMES))
    relaxed = relax(model.milp, 10.0, 1)
    assert relaxed is not None
    assert proof(model.milp, relaxed.duals).bound == pytest.approx(8 * 1 + 2 * 10 + 50)


def test_what_the_relaxation_hardly_opens_is_closed_once_unless_it_is_locked() -> None:
    model = model_of(TWO_HOMES, routes_of(TWO_HOMES))
    values = np.zeros(len(model.milp.cost))
    values[model.opens["near"]], values[model.opens["far"]] = 1.0, 0.1
    assert [[row.facility for row in each.options] for each in openings(model, values)] == [["near"]]
    locked = replace(TWO_HOMES, locks=[Lock("home-0", "far", 0, 1)])
    assert not list(openings(model_of(locked, routes_of(locked)), values))


def test_moves_beside_the_program_end_with_it_and_have_a_plan() -> None:
    with Beside(TWO_HOMES, seed=0) as beside:
        while not beside.booked:
            sleep(0.01)
    assert beside.cost == pytest.approx(8 * 1 + 2 * 10 + 50)
    assert sum(beside.booked.values()) == 8


def test_an_error_of_the_program_is_not_hidden_by_the_moves_beside_it() -> None:
    with pytest.raises(ZeroDivisionError), Beside(TWO_HOMES, seed=0):
        raise ZeroDivisionError
