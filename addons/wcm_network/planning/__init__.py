"""The planning core: a `Problem` in, a `Result` out. Knows no Odoo; README.md is the guide."""

from .greedy import cheapest_first, greedy
from .locks import LockError
from .planner import Progress, solve
from .problem import (
    UNMET_COST,
    Demand,
    Excluded,
    Facility,
    Item,
    Lock,
    Option,
    Policies,
    Problem,
    ProblemError,
    Transport,
)
from .result import Code, Costs, Line, Load, Reason, Result, Status, Total, Unplaced
from .verify import PlanError, check

__all__ = [
    "UNMET_COST",
    "Code",
    "Costs",
    "Demand",
    "Excluded",
    "Facility",
    "Item",
    "Line",
    "Load",
    "Lock",
    "LockError",
    "Option",
    "PlanError",
    "Policies",
    "Problem",
    "ProblemError",
    "Progress",
    "Reason",
    "Result",
    "Status",
    "Total",
    "Transport",
    "Unplaced",
    "cheapest_first",
    "check",
    "greedy",
    "solve",
]
