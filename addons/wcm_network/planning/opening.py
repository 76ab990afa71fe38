"""What the relaxation opens, as smaller questions: where openings are dear, moves alone rarely close a facility."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from .duals import Numbers
from .model import Model
from .problem import Problem

PARTS = (0.05, 0.3, 0.5, 0.7, 0.95)
"""A facility that the relaxation opens by less than that is closed."""


def openings(model: Model, values: Numbers) -> Iterator[Problem]:
    """The problem without the options of what the relaxation hardly opens, each set once; what is locked stays."""
    locked, seen = {lock.facility for lock in model.problem.locks}, {frozenset[str]()}
    for part in PARTS:
        closed = frozenset(name for name, column in model.opens.items() if values[column] < part) - locked
        if closed not in seen:
            seen.add(closed)
            yield without(model.problem, closed)


def without(problem: Problem, closed: frozenset[str]) -> Problem:
    """Nobody of these makes anything."""
    return replace(problem, options=[row for row in problem.options if row.facility not in closed])
