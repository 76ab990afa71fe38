"""Value for money: what is paid against what the same would cost by a reference."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Compared:
    """So many blocks at a price and at a reference that includes the same.

    :ivar paid: money for one
    :ivar reference: money for one
    """

    quantity: int
    paid: Decimal
    reference: Decimal

    def __post_init__(self) -> None:
        if self.quantity < 1 or self.reference <= 0 or self.paid < 0:
            raise ValueError("Blocks and reference are more than 0, a price is 0 or more.")


@dataclass(frozen=True, slots=True)
class Value:
    """:ivar saved: below zero: dearer than the reference"""

    paid: Decimal
    reference: Decimal

    @property
    def saved(self) -> Decimal:
        return self.reference - self.paid

    @property
    def share(self) -> Decimal | None:
        """Of the reference."""
        return self.saved / self.reference if self.reference else None


def value_of(rows: Iterable[Compared]) -> Value:
    """Of all together: sums first, then the share."""
    found = list(rows)
    return Value(sum((row.paid * row.quantity for row in found), ZERO), sum((row.reference * row.quantity for row in found), ZERO))
