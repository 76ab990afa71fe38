"""Demands in pieces, for the bound: the units that were at one place before, and the rest.

A unit that stays at a place belongs to the piece of that place, any other to whichever piece is
not full: so every plan is a plan of the pieces at the same cost, and a bound of these is a bound
of the plan. Of a demand that is smaller now than what was planned, the first places count.
"""

from __future__ import annotations

import numpy as np

from .grid import Array, Grid, by, starts


def pieces_of(grid: Grid) -> Grid:
    """Pieces as demands, each with one place where it was or none."""
    if not len(grid.stay_units):
        return grid
    owner, units = _held(grid)
    rest = grid.d_quantity - np.bincount(owner, units, len(grid.d_quantity)).astype(np.int32)
    staying, others = np.flatnonzero(units), np.flatnonzero(rest)
    of = np.concatenate((owner[staying], others))
    pieces = {name: getattr(grid, name)[of] for name in grid._fields if name.startswith("d_")}
    pieces["d_quantity"] = np.concatenate((units[staying], rest[others]))
    demand_at, demand_of = by(pieces["d_item"], pieces["d_due"], len(grid.holding))
    return grid._replace(
        **pieces,
        demand_at=demand_at,
        demand_of=demand_of,
        demand_place=np.argsort(demand_of).astype(np.int32),
        stay_at=starts(np.arange(len(of)) < len(staying)),
        stay_option=grid.stay_option[staying],
        stay_period=grid.stay_period[staying],
        stay_units=units[staying],
    )


def _held(grid: Grid) -> tuple[Array, Array]:
    """By row of what was there before: its demand, and units, together no more than the demand."""
    owner = np.repeat(np.arange(len(grid.d_quantity)), np.diff(grid.stay_at))
    total = np.concatenate(([0], np.cumsum(grid.stay_units, dtype=np.int64)))
    before = total[:-1] - total[grid.stay_at[owner]]
    return owner, np.clip(grid.d_quantity[owner] - before, 0, grid.stay_units).astype(np.int32)


def lowest(grid: Grid) -> float:
    """A bound of pieces at once: every unit by its cheapest way, as if alone."""
    makers = np.diff(grid.item_at)[grid.d_item] > 0
    each = grid.d_unmet.copy()
    cheapest = grid.by_route[grid.d_site[makers], grid.item_at[grid.d_item[makers]]]
    each[makers] = np.minimum(each[makers], grid.route[grid.d_site[makers], cheapest])
    was = np.flatnonzero(np.diff(grid.stay_at))
    early = grid.holding[grid.d_item[was]] * (grid.d_due[was] - grid.stay_period)
    stay = grid.route[grid.d_site[was], grid.stay_option] + early
    each[was] = np.minimum(each[was] + grid.move_cost, stay)
    return float(grid.d_quantity @ each) + grid.move_cost * grid.lost
