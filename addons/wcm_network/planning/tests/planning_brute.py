"""Every plan of a tiny problem, and the cheapest: no solver, no code of the planner."""

from collections import Counter
from collections.abc import Iterator
from itertools import product
from typing import Any

Cell = tuple[str, str, int]
"""Demand, facility, period."""
Plan = dict[Cell, int]


def cheapest(data: dict[str, Any]) -> float:
    """Least cost over all plans that break nothing."""
    choices = [list(_splits(_cells(data, demand), demand["quantity"])) for demand in data["demands"]]
    plans = ({cell: q for part in parts for cell, q in part} for parts in product(*choices))
    return min(_cost(data, plan) for plan in plans if _allowed(data, plan))


def _cells(data: dict[str, Any], demand: dict[str, Any]) -> list[Cell]:
    makers = [option["facility"] for option in data["options"] if option["item"] == demand["item"]]
    return [(demand["id"], maker, t) for maker in makers for t in range(demand["release"], demand["due"] + 1)]


def _splits(cells: list[Cell], most: int) -> Iterator[list[tuple[Cell, int]]]:
    """All ways to spread at most `most` units."""
    if not cells:
        yield []
        return
    for units in range(most + 1):
        for rest in _splits(cells[1:], most - units):
            yield [(cells[0], units), *rest] if units else rest


def _by_option(data: dict[str, Any], plan: Plan) -> Counter[tuple[str, str, int]]:
    items = {demand["id"]: demand["item"] for demand in data["demands"]}
    made: Counter[tuple[str, str, int]] = Counter()
    for (demand, facility, period), units in plan.items():
        made[facility, items[demand], period] += units
    return made


def _option(data: dict[str, Any], facility: str, item: str) -> dict[str, Any]:
    return next(row for row in data["options"] if (row["facility"], row["item"]) == (facility, item))


def _allowed(data: dict[str, Any], plan: Plan) -> bool:
    made = _by_option(data, plan)
    return _batches_fit(data, made) and _hours_fit(data, made) and _sources_fit(data, plan) and _groups_fit(data, made)


def _batches_fit(data: dict[str, Any], made: Counter[tuple[str, str, int]]) -> bool:
    totals: Counter[tuple[str, str]] = Counter()
    for (facility, item, _), units in made.items():
        option = _option(data, facility, item)
        totals[facility, item] += units
        if units < option["min_batch"] or units > (option["max_batch"] or units):
            return False
    return all(units <= (_option(data, *pair)["max_quantity"] or units) for pair, units in totals.items())


def _hours_fit(data: dict[str, Any], made: Counter[tuple[str, str, int]]) -> bool:
    used: Counter[tuple[str, int]] = Counter()
    for (facility, item, period), units in made.items():
        option = _option(data, facility, item)
        used[facility, period] += units * option["hours"]["cnc"] + option["setup_hours"]["cnc"]
    whole = sum(used.values())
    for row in data["facilities"]:
        own = [used[row["id"], period] for period in range(data["periods"])]
        offered = row["capacity"].get("cnc", own)
        if any(hours > most + 1e-9 for hours, most in zip(own, offered, strict=True)):
            return False
        if row["max_share"] is not None and sum(own) > row["max_share"] * whole + 1e-9:
            return False
    return True


def _sources_fit(data: dict[str, Any], plan: Plan) -> bool:
    most = data["policies"].get("max_facilities_per_demand", 9)
    for demand in data["demands"]:
        own = {cell: units for cell, units in plan.items() if cell[0] == demand["id"]}
        makers = {facility for _, facility, _ in own}
        if len(makers) > (1 if demand["single_source"] else most):
            return False
        if demand["single_source"] and own and sum(own.values()) < demand["quantity"]:
            return False
    return True


def _groups_fit(data: dict[str, Any], made: Counter[tuple[str, str, int]]) -> bool:
    making: Counter[str] = Counter()
    for (facility, item, _), units in made.items():
        making[f"g-{facility}"] += units * _option(data, facility, item)["unit_cost"]
    shares = data["policies"].get("min_group_share", {})
    return all(making[group] >= share * sum(making.values()) - 1e-9 for group, share in shares.items())


def _cost(data: dict[str, Any], plan: Plan) -> float:
    made = _by_option(data, plan)
    fixed: float = sum(_option(data, f, i)["setup_cost"] for f, i, _ in made)
    fixed += sum(_option(data, f, i)["first_article_cost"] for f, i in {key[:2] for key in made})
    fixed += sum(row["opening_cost"] for row in data["facilities"] if row["id"] in {key[0] for key in made})
    return fixed + _stability(data, plan) + sum(_demand_cost(data, demand, plan) for demand in data["demands"])


def _stability(data: dict[str, Any], plan: Plan) -> float:
    moved = 0
    for row in data.get("kept", []):
        moved += max(0, row["quantity"] - plan.get((row["demand"], row["facility"], row["period"]), 0))
    return float(moved * data["policies"].get("move_cost", 0))


def _demand_cost(data: dict[str, Any], demand: dict[str, Any], plan: Plan) -> float:
    holding = {row["id"]: row["holding_cost"] for row in data["items"]}[demand["item"]]
    carry = {(row["facility"], row["site"]): row for row in data["transport"]}
    cost, left, unmet = 0.0, int(demand["quantity"]), float(demand["unmet_cost"])
    for (_, facility, period), units in ((cell, n) for cell, n in plan.items() if cell[0] == demand["id"]):
        row = carry.get((facility, demand["site"]), {"cost_per_unit": {}, "kgco2e_per_unit": {}})
        each = _option(data, facility, demand["item"])["unit_cost"] + holding * (demand["due"] - period)
        each += row["cost_per_unit"].get(demand["item"], 0)
        each += row["kgco2e_per_unit"].get(demand["item"], 0) * data["policies"].get("carbon_price", 0)
        cost, left = cost + units * each, left - units
    return float(cost + left * unmet)
