"""Largest shares that can never add up to a whole plan: then nothing at all can be placed, and that is said."""

from __future__ import annotations

from math import ceil

from .problem import Problem

ENOUGH = 1 - 1e-9


def why_nothing_fits(problem: Problem) -> str:
    """The rules that leave no plan but the empty one, in words; empty where there may be another.

    Each facility makes at most its share of the hours of the plan, so those that take part need shares that add up to
    all of it. Few of them can take part where few demands are shared by few each.
    """
    most = problem.policies.max_facilities_per_demand
    wanted, made = {row.item for row in problem.demands}, {row.item for row in problem.options}
    able = {row.facility for row in problem.options if row.item in wanted}
    demands = [row for row in problem.demands if row.item in made]
    seats = sum(1 if row.single_source else most or len(able) for row in demands)
    largest = [problem.facility[name].max_share for name in able]
    shares = sorted((1.0 if share is None else share for share in largest), reverse=True)
    part = min(len(able), seats)
    whole = sum(shares[:part])
    if whole >= ENOUGH or not part:
        return ""
    who = f"only {_count(part, 'facility', 'facilities')} can make any of this"
    remedy = f"allow each at least {ceil(100 / part)}%, or find more facilities"
    if part < len(able):
        rule = f"max_facilities_per_demand {most}" if most else "one source"
        who = f"with {rule} only {_count(part, 'facility', 'facilities')} can share {_count(len(demands), 'demand', 'demands')}"
        remedy = f"allow each at least {ceil(100 / part)}%, or more facilities per demand"
    return f"nothing can be placed at all, because {who}, and their largest shares add up to {whole:.0%} of a plan; {remedy}"


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
