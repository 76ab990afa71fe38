"""What happened to a part, as the network keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

STEPS = frozenset({
    "commissioning", "assembling", "inspecting", "holding", "repairing", "releasing", "packing", "loading", "shipping", "receiving",
    "installing", "replacing", "returning", "destroying",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sheets:
    """How much of a lot of sheets went into a part.

    :ivar lot: URI of the lot
    :ivar sheets: may be a fraction
    """

    lot: str
    sheets: float


@dataclass(frozen=True, slots=True)
class Step:
    """One step in the life of a part; identifiers are URIs, times know their zone.

    :ivar id: of the event, unique
    :ivar name: one of STEPS
    :ivar recorded: when the network was told
    :ivar shipment: into which it was packed, or with which it goes
    :ivar home: of which it becomes, or ceases to be, a part
    :ivar verdict: passed or failed, of a check
    :ivar recalled: held by a recall, not by something of its own
    :ivar facts: what else is told, by a name without prefix
    :ivar corrects: id of the event that was wrong
    :ivar did_not_occur: what it corrects never happened, so this is no event of its own
    """

    id: str
    part: str
    name: str
    time: datetime
    recorded: datetime | None = None
    place: str | None = None
    sheets: tuple[Sheets, ...] = ()
    shipment: str | None = None
    home: str | None = None
    destination: str | None = None
    verdict: str | None = None
    recalled: bool = False
    facts: tuple[tuple[str, object], ...] = ()
    corrects: str | None = None
    did_not_occur: bool = False

    def __post_init__(self) -> None:
        if self.name not in STEPS:
            raise ValueError(f"Expected one of {sorted(STEPS)}, not {self.name!r}.")
        if self.time.tzinfo is None or (self.recorded and self.recorded.tzinfo is None):
            raise ValueError("Expected times that know their zone.")
