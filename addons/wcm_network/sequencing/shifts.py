"""The minutes that a machine works, put end to end.

Work that begins at the end of a shift goes on at the start of the next. So a machine has two
clocks: the one on the wall, and the one that runs only while it works ("work").
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate, chain

Windows = tuple[tuple[int, int], ...]


class Shifts:
    """The windows of a machine, and how its two clocks go together."""

    def __init__(self, windows: Sequence[tuple[int, int]]) -> None:
        self.windows = windows
        self.ends = list(accumulate(end - start for start, end in windows))
        self.begins = [0, *self.ends[:-1]]

    @classmethod
    def of_any(cls, windows: Iterable[Sequence[tuple[int, int]]]) -> Shifts:
        """The time in which at least one of them works."""
        return cls(_joined(sorted(chain.from_iterable(windows))))

    @property
    def total(self) -> int:
        """Minutes of work in all."""
        return self.ends[-1] if self.ends else 0

    def work_from(self, clock: int) -> int:
        """The first minute of work that begins at that time or later; `total` when there is none."""
        index = bisect_right([end for _, end in self.windows], clock)
        if index == len(self.windows):
            return self.total
        return self.begins[index] + max(0, clock - self.windows[index][0])

    def start(self, work: int) -> int:
        """When the wall shows the beginning of that minute of work."""
        index = bisect_right(self.ends, work)
        return self.windows[index][0] + work - self.begins[index]

    def end(self, work: int) -> int:
        """When the wall shows that so much has been worked."""
        index = bisect_left(self.ends, work)
        return self.windows[index][0] + work - self.begins[index]

    def within(self, windows: Windows) -> Windows:
        """Windows inside these, on this clock."""
        return _joined((self.work_from(start), self.work_from(end)) for start, end in windows)


def _joined(windows: Iterable[tuple[int, int]]) -> Windows:
    """In order of their starts; what touches or overlaps is one."""
    joined: list[tuple[int, int]] = []
    for start, end in windows:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
