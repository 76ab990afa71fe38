"""Location: the cheapest way to make the demand where some facilities are open, a transport plan."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic

import numpy as np

from .highs import Relaxed, relax
from .location import Array, Places
from .milp import Milp

NEAREST = 6
"""Rooms of each demand that a transport plan begins with."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan of whole units.

    :ivar units: rooms x demands
    :ivar price: of a unit of each demand
    :ivar rent: of a unit of room, by room
    """

    units: Array
    cost: float
    price: Array
    rent: Array


def transport(places: Places, open_: Array, seconds: float) -> Plan | None:
    """None when there is no time, or no whole units in the answer.

    Begins with the nearest rooms of each demand and adds what the prices ask for. Every corner
    of a transport program is whole, and the solver's answer is a corner.
    """
    until = monotonic() + seconds
    rooms = np.flatnonzero(open_[places.owner] & (places.room > 0))
    cost = places.cost[rooms]
    taken = _nearest(cost)
    while True:
        row, demand = np.nonzero(taken)
        relaxed = relax(_program(places, rooms, row, demand), until - monotonic(), 1)
        if relaxed is None:
            return None
        missed = _missed(places, cost, relaxed.duals) & ~taken
        if not missed.any():
            return _plan(places, rooms, row, demand, relaxed)
        taken |= missed


def _nearest(cost: Array) -> Array:
    """The cheapest rooms of each demand."""
    last = min(NEAREST, len(cost)) - 1
    return (cost <= np.partition(cost, last, axis=0)[last]) & np.isfinite(cost) if len(cost) else np.isfinite(cost)


def _missed(places: Places, cost: Array, duals: Array) -> Array:
    """Ways that the prices of demands and rooms would take."""
    demands = len(places.quantity)
    return np.asarray(cost - duals[:demands] - duals[demands:, None] < -1e-6)


def _program(places: Places, rooms: Array, row: Array, demand: Array) -> Milp:
    """Columns: units of a demand in a room, then units left out. Rows: demands, then rooms."""
    demands, ways = len(places.quantity), len(row)
    index = np.concatenate([demand, np.arange(demands), demands + row])
    column = np.concatenate([np.arange(ways + demands), np.arange(ways)])
    order = np.argsort(index, kind="stable")
    counts = np.bincount(index, minlength=demands + len(rooms))
    return Milp(
        cost=[*places.cost[rooms[row], demand], *places.unmet],
        lower=[0.0] * (ways + demands),
        upper=[*np.minimum(places.quantity[demand], places.room[rooms[row]]), *places.quantity],
        row_lower=[*places.quantity, *[-np.inf] * len(rooms)],
        row_upper=[*places.quantity, *places.room[rooms]],
        start=[0, *np.cumsum(counts)],
        index=column[order].tolist(),
        value=[1.0] * len(index),
    )


def _plan(places: Places, rooms: Array, row: Array, demand: Array, relaxed: Relaxed) -> Plan | None:
    demands, ways, facilities = len(places.quantity), len(row), len(places.opening)
    whole = np.rint(relaxed.values)
    if np.abs(whole - relaxed.values).max(initial=0.0) > 1e-6:
        return None
    units, rent = np.zeros(places.cost.shape), np.zeros(len(places.room))
    units[rooms[row], demand] = whole[:ways]
    rent[rooms] = -relaxed.duals[demands:]
    used = np.bincount(places.owner, units.sum(axis=1), facilities) > 0
    paid = whole[:ways] @ places.cost[rooms[row], demand] + whole[ways:] @ places.unmet
    return Plan(units, float(paid + places.opening[used].sum()), relaxed.duals[:demands], rent)
