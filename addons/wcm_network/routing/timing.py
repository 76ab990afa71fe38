"""When a vehicle is where, and what is wrong with a run that somebody has put together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .question import Load, Question, Vehicle


@dataclass(frozen=True, slots=True)
class Step:
    """One load is put on board, or taken off."""

    load: str
    is_pickup: bool


@dataclass(slots=True)
class Stop:
    """Steps at one place in one go; minutes after midnight."""

    place: str
    arrive: int
    begin: int
    leave: int
    km: float
    steps: list[Step] = field(default_factory=list)


@dataclass(slots=True)
class Run:
    """A vehicle's day: from its start, by the stops, and back."""

    vehicle: str
    day: int
    start: int
    end: int
    km: float
    cost: float
    stops: list[Stop]


def timed(question: Question, vehicle_id: str, day: int, steps: Sequence[Step]) -> Run:
    """The run of these steps. It leaves as late as it can without ending later."""
    vehicle = question.vehicles[vehicle_id]
    earliest = _driven(question, vehicle, day, steps, vehicle.opens)
    low, high = vehicle.opens, earliest.end
    while low < high:
        start = (low + high + 1) // 2
        run = _driven(question, vehicle, day, steps, start)
        same = run.end == earliest.end and len(problems(question, run)) <= len(problems(question, earliest))
        low, high = (start, high) if same else (low, start - 1)
    return _driven(question, vehicle, day, steps, low)


def _driven(question: Question, vehicle: Vehicle, day: int, steps: Sequence[Step], start: int) -> Run:
    stops: list[Stop] = []
    here, now = vehicle.start, start
    for step in steps:
        place = place_of(question.loads[step.load], step)
        if not stops or stops[-1].place != place:
            now += question.minutes(here, place)
            begin = max(now, question.places[place].opens)
            stops.append(Stop(place, now, begin, begin, question.km(here, place)))
            here = place
        stops[-1].steps.append(step)
        now = stops[-1].leave = stops[-1].leave + service(question.loads[step.load], step)
    km = sum(stop.km for stop in stops) + question.km(here, vehicle.start)
    end = now + question.minutes(here, vehicle.start)
    return Run(vehicle.id, day, start, end, km, vehicle.run_cost + km * vehicle.cost_per_km, stops)


def place_of(load: Load, step: Step) -> str:
    return load.source if step.is_pickup else load.target


def service(load: Load, step: Step) -> int:
    return load.load_minutes if step.is_pickup else load.unload_minutes


def problems(question: Question, run: Run) -> list[tuple[str, str, str]]:
    """(kind, place, load) of what does not work: window, hours, weight, floor, order, day, twice, left."""
    vehicle = question.vehicles[run.vehicle]
    found = [("window", stop.place, "") for stop in run.stops if stop.leave > question.places[stop.place].closes]
    if run.end > vehicle.closes or run.start < vehicle.opens:
        found.append(("hours", vehicle.start, ""))
    return found + list(_board(question, vehicle, run))


def _board(question: Question, vehicle: Vehicle, run: Run) -> Iterator[tuple[str, str, str]]:
    """What is on board after each step."""
    board: set[str] = set()
    seen: set[str] = set()
    for stop in run.stops:
        for step in stop.steps:
            yield from _moved(question, run, stop.place, step, board, seen)
        loads = [question.loads[load] for load in board]
        if sum(load.weight_kg for load in loads) > vehicle.weight_kg + 1e-6:
            yield "weight", stop.place, ""
        if sum(load.floor_m2 for load in loads) > vehicle.floor_m2 + 1e-6:
            yield "floor", stop.place, ""
    yield from (("left", run.stops[-1].place, load) for load in sorted(board))


def _moved(question: Question, run: Run, place: str, step: Step, board: set[str], seen: set[str]) -> Iterator[tuple[str, str, str]]:
    if step.is_pickup:
        if step.load in seen:
            yield "twice", place, step.load
        if question.loads[step.load].day > run.day:
            yield "day", place, step.load
        board.add(step.load)
        seen.add(step.load)
    elif step.load in board:
        board.remove(step.load)
    else:
        yield "order", place, step.load
