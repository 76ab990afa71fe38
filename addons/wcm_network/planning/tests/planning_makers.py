"""Small problems for tests; change what the test is about."""

from copy import deepcopy
from random import Random
from typing import Any

from planning import Problem, Result

WALLS: dict[str, Any] = {
    "format": 1,
    "periods": 4,
    "facilities": [
        {"id": "knowle-west", "capacity": {"cnc": [4, 4, 4, 4]}, "groups": ["community"]},
        {"id": "kendal", "capacity": {"cnc": [4, 4, 4, 4]}, "groups": ["sme"]},
    ],
    "items": [{"id": "wall", "holding_cost": 0.5}],
    "demands": [{"id": "home-1/walls", "item": "wall", "quantity": 6, "due": 2, "site": "hawkfield"}],
    "options": [
        {"facility": "knowle-west", "item": "wall", "unit_cost": 40, "hours": {"cnc": 1}},
        {"facility": "kendal", "item": "wall", "unit_cost": 44, "hours": {"cnc": 1}},
    ],
}
"""Knowle West makes four walls a week at £40, Kendal four at £44; six are due in week 3."""
HOME = "home-1/walls"
"""Their demand."""


def walls(**changes: Any) -> dict[str, Any]:
    """`WALLS` with whole lists replaced."""
    return deepcopy(WALLS) | changes


def walls_with(rows: str, index: int, /, **changes: Any) -> dict[str, Any]:
    """`WALLS` with one row of one list changed."""
    data = deepcopy(WALLS)
    data[rows][index] |= changes
    return data


def walls_after(*rows: tuple[str, int, int], move_cost: float = 10, **changes: Any) -> dict[str, Any]:
    """`WALLS` to plan again after a plan of these facilities, periods and quantities."""
    places = [{"demand": HOME, "facility": f, "period": p, "quantity": q} for f, p, q in rows]
    return walls(kept=places, policies={"move_cost": move_cost}) | changes


def made(result: Result) -> list[tuple[str, int, int]]:
    """Facilities, periods and quantities."""
    return [(line.facility, line.period, line.quantity) for line in result.lines]


def problem(data: dict[str, Any]) -> Problem:
    return Problem.from_json(data)


def random_small(seed: int) -> dict[str, Any]:
    """Two facilities, two periods, few units: small enough to try every plan."""
    draw = Random(seed)
    return {
        "format": 1,
        "periods": 2,
        "facilities": [_facility(draw, name) for name in ("a", "b")],
        "items": [{"id": item, "holding_cost": draw.choice([0, 0.5])} for item in ("x", "y")],
        "demands": [_demand(draw, index) for index in range(3)],
        "options": [_option(draw, f, i) for f in ("a", "b") for i in ("x", "y") if draw.random() < 0.85],
        "transport": [_transport(draw, "a"), _transport(draw, "b")],
        "policies": draw.choice(
            [{}, {"min_group_share": {"g-a": 0.5}}, {"max_facilities_per_demand": 1}, {"carbon_price": 2}]
        ),
    }


def kept(data: dict[str, Any], seed: int) -> dict[str, Any]:
    """The problem after a plan that has gone by: some of it cannot stay."""
    draw = Random(seed)
    cells = [(d["id"], f["id"], p) for d in data["demands"] for f in data["facilities"] for p in range(data["periods"])]
    names = ("demand", "facility", "period", "quantity")
    rows = [dict(zip(names, (*cell, draw.randint(1, 3)), strict=True)) for cell in cells if draw.random() < 0.4]
    policies = data["policies"] | {"move_cost": draw.choice([0, 1, 5, 1000])}
    return data | {"kept": rows, "policies": policies}


def _facility(draw: Random, name: str) -> dict[str, Any]:
    capacity = {"cnc": [draw.choice([0, 1, 2, 3.5]) for _ in range(2)]} if draw.random() < 0.9 else {}
    return {
        "id": name,
        "capacity": capacity,
        "groups": [f"g-{name}"],
        "opening_cost": draw.choice([0, 0, 5]),
        "max_share": draw.choice([None, None, 0.7]),
    }


def _demand(draw: Random, index: int) -> dict[str, Any]:
    release = draw.choice([0, 0, 1])
    return {
        "id": f"d{index}",
        "item": draw.choice(["x", "y"]),
        "quantity": draw.randint(1, 3),
        "release": release,
        "due": draw.randint(release, 1),
        "site": draw.choice(["s", "t"]),
        "single_source": draw.random() < 0.25,
        "unmet_cost": draw.choice([8, 100]),
    }


def _option(draw: Random, facility: str, item: str) -> dict[str, Any]:
    return {
        "facility": facility,
        "item": item,
        "unit_cost": draw.randint(1, 9),
        "hours": {"cnc": draw.choice([0.5, 1])},
        "setup_cost": draw.choice([0, 3]),
        "setup_hours": {"cnc": draw.choice([0, 0.5])},
        "first_article_cost": draw.choice([0, 4]),
        "min_batch": draw.choice([1, 1, 2]),
        "max_batch": draw.choice([None, None, 3]),
        "max_quantity": draw.choice([None, None, 4]),
    }


def _transport(draw: Random, facility: str) -> dict[str, Any]:
    costs = {"x": draw.randint(0, 3), "y": draw.randint(0, 3)}
    return {"facility": facility, "site": "s", "cost_per_unit": costs, "kgco2e_per_unit": {"x": 1}}
