"""What row prices prove: a lower bound, and which columns cannot be in a better plan.

Any price per row gives a bound: take the priced rows into the cost and let every
column go to the cheaper end of its box. Nothing here depends on a solver having
been right.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .milp import Milp

Numbers = NDArray[Any]
BROKEN = 1e-6


class Sparse:
    """The rows of a program as arrays."""

    def __init__(self, milp: Milp) -> None:
        self.start = np.array(milp.start)
        self.index = np.array(milp.index, dtype=np.int32)
        self.value = np.array(milp.value, dtype=float)
        self.row = np.repeat(np.arange(len(milp.row_lower)), np.diff(self.start))
        self.lower, self.upper = np.array(milp.row_lower, dtype=float), np.array(milp.row_upper, dtype=float)
        self.columns = len(milp.cost)

    def activity(self, values: Numbers) -> Numbers:
        """Every row at these columns."""
        return np.bincount(self.row, self.value * values[self.index], len(self.lower))

    def priced(self, duals: Numbers) -> Numbers:
        """Every column at these row prices."""
        return np.bincount(self.index, self.value * duals[self.row], self.columns)

    def broken(self, values: Numbers, taken: Numbers) -> Numbers:
        """Rows that are not taken yet and do not hold."""
        activity = self.activity(values)
        wrong = (activity > self.upper + BROKEN) | (activity < self.lower - BROKEN)
        wrong[taken] = False
        return np.flatnonzero(wrong)

    def part(self, rows: Numbers) -> tuple[Any, ...]:
        """Some rows as a solver takes them: ranges, then the sparse matrix."""
        lengths = np.diff(self.start)[rows]
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.int32)
        cells = np.repeat(self.start[rows] - starts, lengths) + np.arange(lengths.sum())
        return self.lower[rows], self.upper[rows], len(cells), starts, self.index[cells], self.value[cells]


@dataclass(slots=True)
class Proof:
    """A bound that row prices prove.

    :ivar reduced: what a unit of each column costs over the bound
    """

    bound: float
    reduced: Numbers


def proof(milp: Milp, duals: Numbers) -> Proof:
    """The bound of these row prices, whoever made them up."""
    rows = Sparse(milp)
    limits = np.where(duals > 0, rows.lower, rows.upper)
    prices = np.where(np.isfinite(limits), duals, 0.0)
    reduced = np.array(milp.cost) - rows.priced(prices)
    ends = np.where(reduced > 0, np.array(milp.lower, dtype=float), np.array(milp.upper, dtype=float))
    paid = prices * np.where(prices != 0, limits, 0.0)
    return Proof(float(paid.sum() + (reduced * ends).sum()), reduced)
