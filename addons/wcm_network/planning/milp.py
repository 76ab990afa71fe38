"""A mixed-integer linear program as plain lists; knows no solver and no planning."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import inf

Term = tuple[int, float]
"""Column and coefficient."""


@dataclass(slots=True)
class Milp:
    """Minimise cost . x, rows within their ranges, every column in its box and whole
    unless it stands for a sum of others.

    :ivar lazy: rows of which there are many and few matter at a time
    """

    cost: list[float] = field(default_factory=list)
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    row_lower: list[float] = field(default_factory=list)
    row_upper: list[float] = field(default_factory=list)
    sums: list[int] = field(default_factory=list)
    lazy: list[int] = field(default_factory=list)
    start: list[int] = field(default_factory=lambda: [0])
    index: list[int] = field(default_factory=list)
    value: list[float] = field(default_factory=list)

    def column(self, cost: float = 0.0, upper: float = 1.0, lower: float = 0.0) -> int:
        """Add a whole-number column; its index."""
        self.cost.append(cost)
        self.lower.append(lower)
        self.upper.append(upper)
        return len(self.cost) - 1

    def sum(self, terms: Iterable[Term], *, more: bool) -> int:
        """Add a column for the sum of terms (not negative), which keeps rows short that speak of it.

        Never an equation: HiGHS scales the column of an equation until it is whole, and then takes its
        bounds down one by one, for a minute where it takes a moment, and does not ask its clock meanwhile.

        :param more: the rows want much of it: it is no more than the sum; else no less
        """
        terms = list(terms)
        most = sum(self.upper[other] * coefficient for other, coefficient in terms if coefficient > 0)
        column = self.column(upper=most)
        self.sums.append(column)
        self.row([*terms, (column, -1.0)], *((0.0, inf) if more else (-inf, 0.0)))
        return column

    def row(self, terms: Iterable[Term], lower: float = -inf, upper: float = inf) -> int:
        """Add lower <= terms <= upper; terms of one column are added up. Its index."""
        sums: dict[int, float] = {}
        for column, coefficient in terms:
            sums[column] = sums.get(column, 0.0) + coefficient
        self.index.extend(sums)
        self.value.extend(sums.values())
        self.start.append(len(self.index))
        self.row_lower.append(lower)
        self.row_upper.append(upper)
        return len(self.row_lower) - 1
