"""Seeded synthetic planning problems of the demonstration's shape.

Illustrative numbers: hours, rates and distances are drawn, not measured. Capacity is
set so that about `load` of it is needed, which makes where and when a real question.
"""

from __future__ import annotations

from random import Random
from typing import Any

GROUPS = ("community", "sme", "social")
REGIONS = ("bristol", "cumbria", "dorset")


def demonstration(
    seed: int, facilities: int = 8, items: int = 12, periods: int = 12, demands: int = 24, load: float = 0.25
) -> dict[str, Any]:
    """Problem JSON with set-ups, least batches, first articles and every policy."""
    draw = Random(seed)
    names = [f"block-{index}" for index in range(items)]
    hours = {name: {"cnc": draw.uniform(0.3, 0.9), "assembly": draw.uniform(0.5, 1.5)} for name in names}
    members = [f"member-{index}" for index in range(facilities)]
    options = [_option(draw, member, name, hours[name]) for name in names for member in _makers(draw, members)]
    wanted = [_demand(draw, index, names[index % items], periods) for index in range(demands)]
    return {
        "format": 1,
        "periods": periods,
        "facilities": [_facility(member, index) | _capacity(draw, wanted, hours, facilities, periods, load)
                       for index, member in enumerate(members)],
        "items": [{"id": name, "holding_cost": round(draw.uniform(0.1, 0.5), 2)} for name in names],
        "demands": wanted,
        "options": options,
        "transport": [_transport(draw, member, site, names) for member in members for site in ("site-0", "site-1")],
        "policies": {"min_group_share": {"community": 0.6}, "max_facilities_per_demand": 3, "carbon_price": 0.1},
    }  # fmt: skip


def _makers(draw: Random, members: list[str]) -> list[str]:
    """About six in ten can make an item, two at least."""
    return sorted(draw.sample(members, max(2, round(len(members) * draw.uniform(0.4, 0.8)))))


def _facility(member: str, index: int) -> dict[str, Any]:
    """Half of the members are community businesses."""
    kind = "community" if index % 2 == 0 else GROUPS[1 + index // 2 % 2]
    return {"id": member, "groups": [kind, REGIONS[index % len(REGIONS)]], "max_share": 0.4}


def _capacity(
    draw: Random,
    wanted: list[dict[str, Any]],
    hours: dict[str, dict[str, float]],
    facilities: int,
    periods: int,
    load: float,
) -> dict[str, Any]:
    """Weekly hours around an even share of the work; one week in twelve is closed."""
    capacity = {}
    for process in ("cnc", "assembly"):
        work = sum(row["quantity"] * hours[row["item"]][process] for row in wanted)
        even = work / load / facilities / periods
        capacity[process] = [
            0.0 if draw.random() < 1 / 12 else round(max(2.0, even * draw.uniform(0.6, 1.4)), 1) for _ in range(periods)
        ]
    return {"capacity": capacity}


def _demand(draw: Random, index: int, item: str, periods: int) -> dict[str, Any]:
    due = draw.randrange(periods // 3, periods)
    return {
        "id": f"home-{index % 2}/{index}",
        "item": item,
        "quantity": draw.randint(4, 40),
        "release": 0,
        "due": due,
        "site": f"site-{index % 2}",
        "unmet_cost": 5000,
    }


def _option(draw: Random, member: str, item: str, hours: dict[str, float]) -> dict[str, Any]:
    work = sum(hours.values())
    return {
        "facility": member,
        "item": item,
        "unit_cost": round(work * draw.uniform(22, 38), 2),
        "hours": {process: round(each * draw.uniform(0.8, 1.3), 2) for process, each in hours.items()},
        "setup_cost": round(draw.uniform(8, 30), 2),
        "setup_hours": {"cnc": 0.5},
        "first_article_cost": round(draw.uniform(20, 80), 2),
        "min_batch": 2,
    }


def _transport(draw: Random, member: str, site: str, items: list[str]) -> dict[str, Any]:
    each = draw.uniform(0.5, 12)
    cost = {item: round(each * draw.uniform(0.8, 1.2), 2) for item in items}
    return {
        "facility": member,
        "site": site,
        "cost_per_unit": cost,
        "kgco2e_per_unit": {item: round(value * 0.6, 2) for item, value in cost.items()},
    }
