"""How large a problem is: which search it gets, and about how much memory that takes."""

from __future__ import annotations

from collections import Counter

from .problem import Problem
from .refusals import ProblemError

MOST_COLUMNS = 300_000
"""Possible lines that one program does well; above it the local search does better (README.md)."""
MOST_WITH_SETUPS = 50_000
"""The same, where set-ups or smallest batches are due in every period."""
FEW_WITH_SETUPS = 2_000
"""Up to so many the program needs no help to start."""
COLUMN_BYTES = 2_500
"""Of one possible line in the program."""
LINE_BYTES = 3_000
"""Of one line of a plan, its accounts and its text."""
STAY_BYTES = 300
"""Of one row of what was there before, while it becomes arrays."""
MEGABYTE = 1e6


def possible_lines(problem: Problem) -> int:
    """Demands x facilities that can make them x periods, counted before any is built."""
    makers = Counter(option.item for option in problem.options)
    return sum(makers[demand.item] * len(demand.window) for demand in problem.demands)


def is_large(problem: Problem) -> bool:
    """Whether the local search does better than one program."""
    lines = possible_lines(problem) + len(problem.stays)
    return lines > (MOST_WITH_SETUPS if _has_setups(problem) else MOST_COLUMNS)


def gains_from_moves(problem: Problem) -> bool:
    """Whether the program does better from a plan of the local search."""
    return _has_setups(problem) and possible_lines(problem) > FEW_WITH_SETUPS


def _has_setups(problem: Problem) -> bool:
    return problem.periods > 1 and any(
        row.setup_cost or any(row.setup_hours.values()) or row.min_batch > 1 for row in problem.options
    )


def memory_needed(problem: Problem) -> float:
    """MB that the search takes beside the problem itself, about and rather too high."""
    if not is_large(problem):
        return 60 + possible_lines(problem) * COLUMN_BYTES / MEGABYTE
    demands, options, periods = len(problem.demands), len(problem.options), problem.periods
    sites = len({row.site for row in problem.demands})
    hours = sum(len(row.capacity) for row in problem.facilities)
    cells = options * periods * 32 + options * sites * 16 + hours * periods * 80
    plan = most_lines(problem) * 60 + min(most_lines(problem), 2 * demands) * LINE_BYTES
    return 250 + (cells + plan + len(problem.stays) * STAY_BYTES) / MEGABYTE


def most_lines(problem: Problem) -> int:
    """Room for so many lines in a plan under search."""
    units = sum(row.quantity for row in problem.demands)
    return min(units, 16 * len(problem.demands) + 100_000) + len(problem.locks) + 2048


def check_memory(problem: Problem, megabytes: float) -> None:
    """Refuse a large problem that will not fit; a small one stops at its limit with a plan.

    :raise ProblemError: says how much it takes
    """
    needed = memory_needed(problem)
    if is_large(problem) and needed > megabytes:
        raise ProblemError(
            f"problem: {possible_lines(problem)} possible lines (demands x facilities x periods) need about "
            f"{needed:,.0f} MB, {megabytes:,.0f} MB are allowed; allow more or plan fewer homes at once"
        )
