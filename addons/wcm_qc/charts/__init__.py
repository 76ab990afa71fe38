"""Statistics of readings and checks. Pure: capstat-core (numpy, scipy), never Odoo; see README.md.

The library is imported when a chart is asked for, not with this package: it takes two seconds.
"""

from .capability import FEW_READINGS, Capability, Index, capability
from .control import FEWEST_POINTS, LARGEST_GROUP, SPREAD, Chart, Limits, Pair, Signal, averages, individuals
from .counts import Bar, defects_per_million, first_pass_yield, pareto

__all__ = [
    "FEWEST_POINTS", "FEW_READINGS", "LARGEST_GROUP", "SPREAD", "Bar", "Capability", "Chart", "Index", "Limits", "Pair", "Signal",
    "averages", "capability", "defects_per_million", "first_pass_yield", "individuals", "pareto",
]
