"""Runs of one day after the other, each by PyVRP; what one day cannot carry waits for the next.

PyVRP knows pickups and deliveries in pairs, several capacities and hours. All figures are whole numbers there, and its
penalties are found soonest when they are small: kg, hundredths of a square metre, tens of metres, hundredths of a penny.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from math import ceil

import numpy as np
from pyvrp import Depot, Location, PenaltyParams, ProblemData, Route, Shipment, SolveParams, VehicleType, solve
from pyvrp.stop import MaxRuntime, MultipleCriteria, NoImprovement

from .answer import Answer
from .question import Load, Question, Vehicle
from .timing import Run, Step, problems, timed

STILL = 2000
MONEY, TENS_OF_METRES, FLOOR = 10_000, 100, 100
# A load stays behind only when it must: leaving it is dearer than a run of its own, this far.
FAR_KM = 600
# An hour too late or a load too heavy has to weigh more than a whole run; the default ends far below.
PARAMS = SolveParams(penalty=PenaltyParams(max_penalty=1e7))


class Search:
    """:param seconds: for all days together"""

    def __init__(self, question: Question, seconds: float = 1.5, seed: int = 0) -> None:
        self.question, self.seconds, self.seed = question, seconds, seed

    def run(self) -> Answer:
        began = time.monotonic()
        refused = {load.id: why for load in self.question.loads.values() if (why := why_never(self.question, load))}
        left = {load: loads for load, loads in self.question.loads.items() if load not in refused}
        runs: list[Run] = []
        for day in range(self.question.days):
            ready = [load for load in left.values() if load.day <= day]
            found = self._day(day, ready, began) if ready and self.question.vehicles else []
            runs += found
            for carried in (step.load for run in found for stop in run.stops for step in stop.steps if step.is_pickup):
                del left[carried]
        refused |= {load.id: "room" if load.day < self.question.days else "day" for load in left.values()}
        return Answer(runs, refused, time.monotonic() - began)

    def _day(self, day: int, loads: Sequence[Load], began: float) -> list[Run]:
        share = max(0.2, self.seconds - (time.monotonic() - began)) / (self.question.days - day)
        data, vehicles = _data(self.question, loads)
        stop = MultipleCriteria([MaxRuntime(share), NoImprovement(STILL)])
        result = solve(data, stop, seed=self.seed, collect_stats=False, display=False, params=PARAMS)
        if not result.best.is_feasible():
            return []
        return [run for route in result.best.routes() if (run := self._run(day, loads, vehicles, route))]

    def _run(self, day: int, loads: Sequence[Load], vehicles: Sequence[Vehicle], route: Route) -> Run | None:
        """None for a run that holds only by a rounding: its loads wait for the next day."""
        steps = [Step(loads[each.idx].id, each.is_pickup()) for each in route if each.is_shipment()]
        if not steps:
            return None
        run = timed(self.question, vehicles[route.vehicle_type()].id, day, steps)
        return None if problems(self.question, run) else run


def why_never(question: Question, load: Load) -> str:
    """Why no vehicle can carry this load even when it carries nothing else; empty when one can."""
    if not question.vehicles:
        return "no vehicle"
    found = [_why_not(question, vehicle, load) for vehicle in question.vehicles.values()]
    return "" if "" in found else next(why for why in ("hours", "floor", "weight") if why in found)


def _why_not(question: Question, vehicle: Vehicle, load: Load) -> str:
    if load.weight_kg > vehicle.weight_kg:
        return "weight"
    if load.floor_m2 > vehicle.floor_m2:
        return "floor"
    run = timed(question, vehicle.id, load.day, [Step(load.id, True), Step(load.id, False)])
    return "hours" if problems(question, run) else ""


def _data(question: Question, loads: Sequence[Load]) -> tuple[ProblemData, list[Vehicle]]:
    vehicles = list(question.vehicles.values())
    used = {vehicle.start for vehicle in vehicles} | {place for load in loads for place in (load.source, load.target)}
    places = [question.places[place] for place in sorted(used)]
    index = {place.id: number for number, place in enumerate(places)}
    starts = sorted({vehicle.start for vehicle in vehicles})
    ways = np.array([[round(question.km(one.id, other.id) * TENS_OF_METRES) for other in places] for one in places], dtype=np.int64)
    minutes = np.array([[question.minutes(one.id, other.id) for other in places] for one in places], dtype=np.int64)
    prize = max(round((vehicle.run_cost + FAR_KM * vehicle.cost_per_km + 1) * MONEY) for vehicle in vehicles)
    data = ProblemData(
        [Location(place.longitude, place.latitude) for place in places], [], [Depot(index[start]) for start in starts],
        [_vehicle(vehicle, starts) for vehicle in vehicles], [ways], [minutes],
        shipments=[_shipment(question, load, index, prize) for load in loads],
    )
    return data, vehicles


def _vehicle(vehicle: Vehicle, starts: Sequence[str]) -> VehicleType:
    depot = starts.index(vehicle.start)
    return VehicleType(
        1, [int(vehicle.weight_kg), int(vehicle.floor_m2 * FLOOR)], depot, depot, fixed_cost=round(vehicle.run_cost * MONEY),
        tw_early=vehicle.opens, tw_late=vehicle.closes, unit_distance_cost=max(1, round(vehicle.cost_per_km * MONEY / TENS_OF_METRES)),
    )


def _shipment(question: Question, load: Load, index: dict[str, int], prize: int) -> Shipment:
    source, target = question.places[load.source], question.places[load.target]
    return Shipment(
        index[load.source], index[load.target],
        source.opens, source.closes - load.load_minutes, load.load_minutes,
        target.opens, target.closes - load.unload_minutes, load.unload_minutes,
        amount=[ceil(load.weight_kg), ceil(load.floor_m2 * FLOOR)], required=False, prize=prize,
    )
