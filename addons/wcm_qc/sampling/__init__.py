"""Which units of a lot are checked, and what their results say about the lot. Pure: never Odoo; README.md is the guide."""

from .draw import by_chance, every_nth, in_share
from .plan import SEVERITIES, Plan, SamplingError, plan_for, tighter
from .switching import Result, severity_after
from .tables import AQLS, LEVELS

__all__ = [
    "AQLS",
    "LEVELS",
    "SEVERITIES",
    "Plan",
    "Result",
    "SamplingError",
    "by_chance",
    "every_nth",
    "in_share",
    "plan_for",
    "severity_after",
    "tighter",
]
