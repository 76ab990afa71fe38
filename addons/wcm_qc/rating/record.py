"""The rating of a member: four shares, weighted; see README.md for the formula in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .wilson import wilson

# What each share counts for. One that nothing can be said of is left out, and the others count for more.
WEIGHTS = {"yield": 40, "nonconformities": 25, "actions": 15, "audits": 20}
# Blocks that must have been checked before anything is said.
FEWEST = 20
# The most, while a major or critical finding of an audit is open past its date.
CAP = 50.0
# After its next audit was due, a score falls to nothing in so many days.
FADE_DAYS = 365

# What was decided about it, the dearer the more points. Nothing decided yet counts as a repair.
POINTS = {"rework": 1.0, "repair": 2.0, "use_as_is": 2.0, "return": 4.0, "several": 4.0, "scrap": 5.0}
UNDECIDED = 2.0
# Found when it had left the workshop it counts double; told by the workshop itself, half.
NOTICED = {"site": 2.0, "customer": 2.0, "member": 0.5}


def severity_points(decision: str | None, noticed: str | None) -> float:
    """How much one nonconformity weighs."""
    return POINTS.get(decision or "", UNDECIDED) * NOTICED.get(noticed or "", 1.0)


@dataclass(frozen=True, slots=True)
class Audit:
    """The latest visit against one scheme.

    :ivar score: in percent
    :ivar days_late: since the next one was due; 0 while it is not
    """

    score: float
    days_late: int = 0

    @property
    def share(self) -> float:
        """From 0 to 1: its score, fading once the next one is due."""
        return self.score / 100 * max(0.0, 1 - self.days_late / FADE_DAYS)


@dataclass(frozen=True, slots=True)
class Record:
    """What was counted of one member in the period.

    :ivar checked: blocks that were checked
    :ivar right: of them, right at the first check of every stage
    :ivar points: of nonconformities, by `severity_points`
    :ivar due: corrective actions that were due or done
    :ivar on_time: of them, done by their date
    :ivar late_findings: major or critical findings that are open past their date
    """

    checked: int = 0
    right: int = 0
    points: float = 0.0
    due: int = 0
    on_time: int = 0
    audits: tuple[Audit, ...] = ()
    late_findings: int = 0

    def __post_init__(self) -> None:
        if not (0 <= self.right <= self.checked and 0 <= self.on_time <= self.due and self.points >= 0):
            raise ValueError("Expected right <= checked, on_time <= due and no negative points.")


@dataclass(frozen=True, slots=True)
class Part:
    """One of the four shares.

    :ivar share: from 0 to 1; None where nothing was counted
    """

    key: str
    weight: int
    share: float | None


@dataclass(frozen=True, slots=True)
class Rating:
    """:ivar score: from 0 to 100; None where too few blocks were checked to say
    :ivar low: score at the lower end of the interval of the first-pass yield, and `high` at the upper end
    """

    score: float | None
    low: float | None
    high: float | None
    parts: tuple[Part, ...]
    is_capped: bool


def rate(record: Record) -> Rating:
    """The rating of what was counted. One more failed check never raises it."""
    first = record.right / record.checked if record.checked else None
    parts = _parts(record, first)
    is_capped = bool(record.late_findings)
    if record.checked < FEWEST:
        return Rating(None, None, None, parts, is_capped)
    shares = (first, *wilson(record.right, record.checked))
    score, low, high = (_score(_parts(record, share), is_capped) for share in shares)
    return Rating(score, low, high, parts, is_capped)


def _parts(record: Record, first_pass: float | None) -> tuple[Part, ...]:
    shares = {
        "yield": first_pass,
        # Over what was right, not over what was checked: so a failed check cannot dilute it.
        "nonconformities": _ratio(record.right, record.right + record.points),
        "actions": _ratio(record.on_time, record.due),
        "audits": _mean(audit.share for audit in record.audits),
    }
    return tuple(Part(key, weight, shares[key]) for key, weight in WEIGHTS.items())


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _mean(values: Iterable[float]) -> float | None:
    found = list(values)
    return sum(found) / len(found) if found else None


def _score(parts: tuple[Part, ...], is_capped: bool) -> float:
    known = [(part.weight, part.share) for part in parts if part.share is not None]
    score = 100 * sum(weight * share for weight, share in known) / sum(weight for weight, _share in known)
    return min(score, CAP) if is_capped else score
