"""What figures are asked for: a grant, a home, some regions or all of the network, in a period.

Knows no Odoo: it gives the conditions of a domain.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

# Days are those of the calendar where the homes are, also for a reader elsewhere: a figure has one value.
ZONE = "Europe/London"
MOMENT = "%Y-%m-%d %H:%M:%S"


@dataclass(frozen=True, slots=True)
class Scope:
    """A part of what the network does.

    :ivar region_ids: homes of these regions; None: of all
    :ivar start: first day; None: from the beginning
    :ivar end: last day; None: until now
    """

    grant_id: int | None = None
    build_id: int | None = None
    region_ids: tuple[int, ...] | None = None
    start: date | None = None
    end: date | None = None

    def __post_init__(self) -> None:
        if self.start and self.end and self.start > self.end:
            raise ValueError("Expected start <= end.")

    @property
    def is_of_homes(self) -> bool:
        """Of some homes only: what members do as a whole is shared out over homes then."""
        return bool(self.grant_id or self.build_id)

    def homes(self, path: str = "") -> list[tuple]:
        """Conditions on records whose home stands in the field `path`; on homes themselves where it is empty."""
        prefix = f"{path}." if path else ""
        found = [(f"{prefix}grant_id", "=", self.grant_id)] if self.grant_id else []
        found += [(path or "id", "=", self.build_id)] if self.build_id else []
        found += [(f"{prefix}region_id", "in", list(self.region_ids))] if self.region_ids is not None else []
        return found

    def days(self, field: str) -> list[tuple]:
        """Conditions on a field of dates."""
        found = [(field, ">=", self.start.isoformat())] if self.start else []
        return found + ([(field, "<=", self.end.isoformat())] if self.end else [])

    def moments(self, field: str) -> list[tuple]:
        """Conditions on a field of moments, which Odoo keeps in UTC."""
        found = [(field, ">=", _midnight(self.start))] if self.start else []
        return found + ([(field, "<", _midnight(self.end + timedelta(days=1)))] if self.end else [])

    def months(self, field: str) -> list[tuple]:
        """Conditions on a field that holds the first of a month: every month that begins in the period, and the one it begins in."""
        found = [(field, ">=", self.start.replace(day=1).isoformat())] if self.start else []
        return found + ([(field, "<=", self.end.isoformat())] if self.end else [])


def _midnight(day: date) -> str:
    return datetime.combine(day, time.min, ZoneInfo(ZONE)).astimezone(UTC).strftime(MOMENT)
