"""After a plan, one facility fails: planned again from where units were, and from nothing, in the same run."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from math import inf
from time import process_time

from planning import Kept, Problem, Progress, Result, solve

MOVING = 0.25
"""Cost of moving a unit, in costs of a unit of the plan before; what Odoo proposes."""


@dataclass(slots=True)
class Watch:
    """Seconds of processor time, all threads, to the first plan and to a gap.

    :ivar level: that gap
    """

    level: float = 0.15
    began: float = field(default_factory=process_time)
    first: float = inf
    reached: float = inf

    def __call__(self, news: Progress) -> bool:
        now = process_time() - self.began
        if news.cost < inf:
            self.first = min(self.first, now)
        if news.gap <= self.level:
            self.reached = min(self.reached, now)
        return False


HEAD = (
    f"{'again':<14} {'seed':>4} {'lost':>6} {'first s':>7} {'cpu':>5} {'s':>6} {'moved':>6} {'left':>5} {'money':>12} {'gap':>6}   "
    f"{'from nothing: moved':>19} {'money':>12} {'s':>6}"
)


def again(name: str, seed: int, question: Problem, before: Result, seconds: tuple[float, float], threads: int) -> str:
    """One line: the facility that made most is lost; so many seconds again, and from nothing."""
    gone = max(before.facilities, key=lambda row: row.quantity)
    changed = _without(question, gone.name, before)
    watch = Watch()
    quick = solve(changed, seconds=seconds[0], threads=threads, seed=seed, progress=watch)
    fresh = solve(replace(changed, kept=[]), seconds=seconds[1], threads=threads, seed=seed)
    return (
        f"{name:<14} {seed:>4} {gone.quantity:>6} {quick.seconds_to_first:>7.2f} {watch.first:>5.2f} {quick.seconds:>6.1f} "
        f"{_moved(changed, quick):>6} {sum(row.quantity for row in quick.unplaced):>5} {quick.costs.spend:>12,.0f} {quick.gap:>6.2%}   "
        f"{_moved(changed, fresh):>19} {fresh.costs.spend:>12,.0f} {fresh.seconds:>6.1f}"
    )


def _without(question: Problem, gone: str, before: Result) -> Problem:
    """The question when a facility can make nothing any more, with all that was there."""
    kept = [Kept(line.demand, line.facility, line.period, line.quantity) for line in before.lines]
    moving = MOVING * before.costs.spend / max(1, sum(line.quantity for line in before.lines))
    options = [option for option in question.options if option.facility != gone]
    return replace(question, options=options, kept=kept, policies=replace(question.policies, move_cost=moving))


def _moved(question: Problem, result: Result) -> int:
    """Units that are not where they were."""
    made = Counter({(line.demand, line.facility, line.period): line.quantity for line in result.lines})
    return sum(max(0, row.quantity - made[row.cell]) for row in question.kept)
