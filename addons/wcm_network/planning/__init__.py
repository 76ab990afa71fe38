"""The planning core: a `Problem` in, a `Result` out. Knows no Odoo; README.md is the guide."""

from .greedy import cheapest_first, greedy
from .locks import LockError
from .places import Kept, Lock
from .planner import solve
from .problem import (
    UNMET_COST,
    Demand,
    Excluded,
    Facility,
    Item,
    Option,
    Policies,
    Problem,
    Transport,
)
from .refusals import ProblemError
from .result import Code, Costs, Line, Load, Reason, Result, Status, Total, Unplaced
from .run import Progress
from .verify import PlanError, check

__all__ = [
    "UNMET_COST",
    "Code",
    "Costs",
    "Demand",
    "Excluded",
    "Facility",
    "Item",
    "Kept",
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
