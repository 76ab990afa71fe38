"""The arithmetic of a member's record: what a figure says of the records behind it. Knows no Odoo."""

from dataclasses import dataclass
from datetime import date
from statistics import median


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing that is counted of a member's work.

    :ivar link: field of a contest that points to the records behind it
    :ivar unit: "share" of the records that were right, or "hours" (clock hours, their median)
    """

    key: str
    name: str
    formula: str
    link: str
    unit: str

    def __post_init__(self) -> None:
        if self.unit not in ("share", "hours"):
            raise ValueError(f"Expected a share or hours, not {self.unit}.")


@dataclass(frozen=True, slots=True)
class Entry:
    """One record behind a figure.

    :ivar day: the day by which it falls into the period
    :ivar value: of a share whether it was right; of hours how many
    """

    record_id: int
    day: date
    value: bool | float


def share(entries: list[Entry]) -> float | None:
    """0 to 1; None of nothing."""
    return sum(bool(entry.value) for entry in entries) / len(entries) if entries else None


def middle(entries: list[Entry]) -> float | None:
    """Clock hours, half of the answers took longer; None of nothing."""
    return median(float(entry.value) for entry in entries) if entries else None


def worst_first(entries: list[Entry], unit: str) -> list[Entry]:
    """As somebody looks for what to put right: what counts against the member, newest first; hours from the longest."""
    if unit == "hours":
        return sorted(entries, key=lambda entry: (-float(entry.value), -entry.record_id))
    return sorted(entries, key=lambda entry: (bool(entry.value), -entry.day.toordinal(), -entry.record_id))
