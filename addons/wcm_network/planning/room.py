"""What still fits where, and what a unit there costs besides its route."""

from __future__ import annotations

from typing import Any

from .compiled import inner
from .state import EPS, WORK, group_short

SHARED = 16
"""Most facilities of one demand that are told apart; a rule that allows more never binds here."""


@inner
def makers_of(g: Any, s: Any, d: int, found: Any) -> int:
    """Write the facilities that share the demand to `found`; how many, 0 where no rule counts them."""
    count, a = 0, s.first_d[d] if g.makers <= SHARED else -1
    while a >= 0 and count < found.shape[0]:
        f, seen = g.o_facility[s.a_option[a]], False
        for j in range(count):
            seen = seen or found[j] == f
        if not seen:
            found[count] = f
            count += 1
        a = s.next_d[a]
    return count


@inner
def may_join(found: Any, count: int, most: int, f: int) -> bool:
    if count < most:
        return True
    for j in range(count):  # noqa: SIM110  # numba compiles no generator
        if found[j] == f:
            return True
    return False


@inner
def share_extra(g: Any, s: Any, p: Any, o: int) -> float:
    """What the share policies add to a unit of this option now."""
    f, extra = g.o_facility[o], 0.0
    for j in range(g.least_share.shape[0]):
        if group_short(g, s, j, 0.001):
            extra += p.group[j] * g.o_unit[o] * (g.least_share[j] - g.member[j, f])
    if g.max_share[f] <= 1 and s.work[f] > g.max_share[f] * s.sums[WORK] * 0.999:
        extra += p.share * g.o_work[o]
    return float(extra)


@inner
def fits(g: Any, s: Any, o: int, t: int, most: int) -> int:
    """Units that still fit, at most so many."""
    q = s.made[o, t]
    most = min(most, g.o_most[o] - q, g.o_all[o] - s.made_all[o])
    for j in range(g.o_res.shape[1]):
        r = g.o_res[o, j]
        if r < 0 or most <= 0:
            break
        free = s.free[r, t] + EPS
        if q == 0:
            free -= g.o_sethours[o, j]
        if free < 0:
            return 0
        if g.o_hours[o, j] * most > free:
            most = int(free / g.o_hours[o, j])
    return int(most)


@inner
def start_cost(g: Any, s: Any, o: int) -> float:
    """First article and opening that a unit here would newly cost."""
    if s.made_all[o] > 0:
        return 0.0
    f = g.o_facility[o]
    return float(g.o_first[o] + (g.opening[f] if s.busy[f] == 0 else 0.0))


@inner
def limit_of(g: Any, s: Any, d: int, o: int, found: Any, count: int) -> int:
    """Most units of the demand that rules about an option and a demand as a whole leave."""
    if not may_join(found, count, g.makers, g.o_facility[o]):
        return 0
    return int(min(s.left[d], g.o_all[o] - s.made_all[o]))
