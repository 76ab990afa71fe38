"""Bad input is refused with one line that names the place."""

import json
from typing import Any

import pytest
from planning import Demand, Problem, ProblemError
from planning.tests.planning_makers import problem, random_small, walls, walls_with

WRONG: list[tuple[str, Any, str]] = [
    ("a list", [], "problem: expected an object"),
    ("another format", walls(format=2), "format: expected 1, got 2"),
    ("no periods", {"format": 1}, "problem: periods is missing"),
    ("half a period", walls(periods=1.5), "periods: expected a whole number"),
    ("a misspelt key", walls(facilites=[]), 'problem: unknown key "facilites"'),
    ("a misspelt key in a row", walls_with("options", 1, unitcost=3), 'options[1]: unknown key "unitcost"'),
    ("demands that are no list", walls(demands={}), "demands: expected a list"),
    ("a number for a name", walls_with("items", 0, id=7), "items[0].id: expected text, got 7"),
    ("an empty name", walls_with("facilities", 1, id=""), "facilities[1]: facility"),
    ("a negative quantity", walls_with("demands", 0, quantity=-1), "demands[0]: demand"),
    ("half a unit", walls_with("demands", 0, quantity=1.5), "quantity: expected a whole number"),
    ("true for a number", walls_with("demands", 0, quantity=True), "quantity: expected a whole number"),
    ("no number", walls_with("options", 0, unit_cost=float("nan")), "unit_cost: expected a number"),
    ("a negative cost", walls_with("options", 0, setup_cost=-3), "setup_cost: expected a number from 0"),
    ("a due date after the end", walls_with("demands", 0, due=4), "due: expected a whole number from 0 to 3"),
    ("a release after due", walls_with("demands", 0, release=3), "released in period 3, after it is due in 2"),
    ("too few hours", walls_with("facilities", 0, capacity={"cnc": [1]}), "expected 4 numbers, one per period, got 1"),
    ("negative hours", walls_with("facilities", 0, capacity={"cnc": [1, 1, -1, 1]}), 'capacity["cnc"][2]'),
    ("hours that are no list", walls_with("facilities", 0, capacity={"cnc": 4}), "facilities[0].capacity: expected"),
    ("an unknown item", walls_with("demands", 0, item="roof"), 'demands[0]: unknown item "roof"'),
    ("an unknown facility", walls_with("options", 0, facility="x"), 'options[0]: unknown facility "x"'),
    ("the same name twice", walls_with("facilities", 1, id="knowle-west"), "facilities: knowle-west is there twice"),
    ("a share above one", walls(policies={"min_group_share": {"sme": 2}}), 'policies: policies: min_group_share["sme"]'),
    ("a largest below the smallest batch", walls_with("options", 0, min_batch=3, max_batch=2), "below min_batch 3"),
    ("a lock of an unknown demand", walls(locks=[{"demand": "x", "facility": "kendal", "period": 0, "quantity": 1}]),
     'locks[0]: unknown demand "x"'),
    ("a plan before that has an unknown facility",
     walls(kept=[{"demand": "home-1/walls", "facility": "x", "period": 0, "quantity": 1}]),
     'kept[0]: unknown facility "x"'),
    ("a plan before that goes on after the end",
     walls(kept=[{"demand": "home-1/walls", "facility": "kendal", "period": 4, "quantity": 1}]),
     'kept "home-1/walls" / "kendal" / period 4: period: expected a whole number from 0 to 3'),
    ("the same place twice in the plan before",
     walls(kept=[{"demand": "home-1/walls", "facility": "kendal", "period": 1, "quantity": 1}] * 2),
     'kept: kept "home-1/walls" / "kendal" / period 1 is there twice'),
    ("a move that pays", walls(policies={"move_cost": -1}), "move_cost: expected a number from 0"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "message"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_a_wrong_problem_is_refused_with_its_place(data: Any, message: str) -> None:
    with pytest.raises(ProblemError) as refused:
        Problem.from_json(data)
    assert message in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("seed", range(10))
def test_a_problem_survives_json(seed: int) -> None:
    first = problem(random_small(seed))
    text = json.dumps(first.to_json())
    assert problem(json.loads(text)).to_json() == first.to_json()


def test_the_example_of_the_format_is_read() -> None:
    data = walls(
        locks=[{"demand": "home-1/walls", "facility": "kendal", "period": 1, "quantity": 2}],
        kept=[{"demand": "home-1/walls", "facility": "kendal", "period": 0, "quantity": 3}],
        policies={"min_group_share": {"community": 0.6}, "max_facilities_per_demand": 3, "move_cost": 5},
        excluded=[{"facility": "kendal", "item": "wall", "reason": "envelope too small"}],
    )
    assert problem(data).locks[0].quantity == 2


def test_data_built_in_python_is_refused_too() -> None:
    with pytest.raises(ProblemError, match='demand "d": quantity'):
        Demand(id="d", item="i", quantity=0, due=1, site="s")


def test_what_does_not_fit_into_memory_is_refused_with_a_reason() -> None:
    from planning import solve

    demands = [{"id": f"d{index}", "item": "wall", "quantity": 1, "due": 199, "site": "s"} for index in range(1000)]
    capacity = {"cnc": [4] * 200}
    data = walls(periods=200, demands=demands)
    for facility in data["facilities"]:
        facility["capacity"] = capacity
    with pytest.raises(ProblemError, match=r"400000 possible lines .* need about \d+ MB, 200 MB are allowed"):
        solve(problem(data), memory=200)
