"""What a rule costs: the same question without it, and what two answers prove about the difference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from .problem import Problem
from .result import Result

GROUP_SHARE = "min_group_share"
MAX_SHARE = "max_share"
SPLITS = "max_facilities_per_demand"
CARBON = "carbon_price"


def without(problem: Problem, rule: str) -> Problem:
    """The same question without one of the rules above; the same object where it has no such rule."""
    policies = problem.policies
    if rule == GROUP_SHARE and policies.min_group_share:
        return replace(problem, policies=replace(policies, min_group_share={}))
    if rule == MAX_SHARE and any(row.max_share is not None for row in problem.facilities):
        return replace(problem, facilities=[replace(row, max_share=None) for row in problem.facilities])
    if rule == SPLITS and policies.max_facilities_per_demand is not None:
        return replace(problem, policies=replace(policies, max_facilities_per_demand=None))
    if rule == CARBON and policies.carbon_price:
        return replace(problem, policies=replace(policies, carbon_price=0.0))
    return problem


def with_capacity(problem: Problem, capacity: Mapping[str, Mapping[str, Sequence[float]]]) -> Problem:
    """The same question with other hours for some facilities: those that no cap had made fewer."""
    rows = [replace(row, capacity=capacity.get(row.id, row.capacity)) for row in problem.facilities]
    return replace(problem, facilities=rows)


@dataclass(frozen=True, slots=True)
class Worth:
    """What is proven about what a rule costs, in currency.

    :ivar difference: between the two plans that were found
    :ivar least: it costs so much at least, 0 where nothing is proven
    :ivar most: it costs so much at most
    """

    difference: float
    least: float
    most: float


def worth(ruled: Result, free: Result, rule: str) -> Worth | None:
    """Bounds of the difference between the best plan with the rule and the best without it.

    The best plan with the rule costs between its bound and its cost, the best without it likewise, and never more
    than with it. A carbon price is no limit but money that nobody pays: it is taken out, and what is left is about
    the plan as it is.

    None: the two place different quantities, so that the money cannot be compared.
    """
    if abs(ruled.costs.unmet - free.costs.unmet) > 0.005:
        return None
    priced = ruled.costs.carbon if rule == CARBON else 0.0
    least, most = ruled.bound - priced - free.cost, ruled.cost - priced - free.bound
    return Worth(ruled.cost - priced - free.cost, max(0.0, least), max(0.0, most))
