"""What is asked: places with hours, vehicles, and loads to fetch at one place and bring to another."""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

EARTH_KM = 6371.0
DAY = 24 * 60


class QuestionError(ValueError):
    """The question cannot be asked; the message is one line for a person."""


@dataclass(frozen=True, slots=True)
class Place:
    """:ivar opens: minutes after midnight; work there ends by `closes`"""

    id: str
    latitude: float
    longitude: float
    opens: int = 0
    closes: int = DAY

    def __post_init__(self) -> None:
        if not (-90 <= self.latitude <= 90 and -180 <= self.longitude <= 180):
            raise QuestionError(f"place {self.id}: not a point on the globe")
        if not 0 <= self.opens < self.closes <= DAY:
            raise QuestionError(f"place {self.id}: expected 0 <= opens < closes <= {DAY}")


@dataclass(frozen=True, slots=True)
class Vehicle:
    """One vehicle, which does at most one run a day from its start and back.

    :ivar run_cost: what a day with it costs before it drives; why runs are few
    """

    id: str
    start: str
    weight_kg: float
    floor_m2: float
    cost_per_km: float = 0.0
    run_cost: float = 0.0
    opens: int = 0
    closes: int = DAY

    def __post_init__(self) -> None:
        if min(self.weight_kg, self.floor_m2) <= 0:
            raise QuestionError(f"vehicle {self.id}: expected weight_kg > 0 and floor_m2 > 0")
        if min(self.cost_per_km, self.run_cost) < 0:
            raise QuestionError(f"vehicle {self.id}: a cost is below 0")
        if not 0 <= self.opens < self.closes <= DAY:
            raise QuestionError(f"vehicle {self.id}: expected 0 <= opens < closes <= {DAY}")


@dataclass(frozen=True, slots=True)
class Load:
    """:ivar day: the first day on which it is ready, 0 for the first of the period"""

    id: str
    source: str
    target: str
    weight_kg: float
    floor_m2: float
    load_minutes: int = 0
    unload_minutes: int = 0
    day: int = 0

    def __post_init__(self) -> None:
        if min(self.weight_kg, self.floor_m2, self.load_minutes, self.unload_minutes, self.day) < 0:
            raise QuestionError(f"load {self.id}: a figure is below 0")
        if self.source == self.target:
            raise QuestionError(f"load {self.id}: it is there already")


@dataclass(frozen=True, slots=True)
class Question:
    """:ivar road_factor: kilometres by road for one in a straight line"""

    places: dict[str, Place]
    vehicles: dict[str, Vehicle]
    loads: dict[str, Load]
    days: int = 1
    road_factor: float = 1.3
    km_per_hour: float = 50.0

    def __post_init__(self) -> None:
        if not 1 <= self.days <= 31:
            raise QuestionError("expected 1 to 31 days")
        if self.road_factor < 1 or self.km_per_hour <= 0:
            raise QuestionError("expected road_factor >= 1 and km_per_hour > 0")
        named = [vehicle.start for vehicle in self.vehicles.values()]
        named += [place for load in self.loads.values() for place in (load.source, load.target)]
        for place in named:
            if place not in self.places:
                raise QuestionError(f"place {place} is not listed")

    def km(self, one: str, other: str) -> float:
        """By road, estimated: the great circle times the road factor."""
        here, there = self.places[one], self.places[other]
        north, south = radians(here.latitude), radians(there.latitude)
        half = sin((south - north) / 2) ** 2
        half += cos(north) * cos(south) * sin(radians(there.longitude - here.longitude) / 2) ** 2
        return 2 * EARTH_KM * asin(min(1.0, sqrt(half))) * self.road_factor

    def minutes(self, one: str, other: str) -> int:
        """Driving time, up to the next whole minute."""
        return -int(-self.km(one, other) * 60 // self.km_per_hour)
