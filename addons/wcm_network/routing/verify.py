"""A second opinion on an answer, from the two JSON files alone: it shares no line with what made it."""

from __future__ import annotations

from collections import Counter
from math import acos, ceil, cos, radians, sin
from typing import Any

NEAR = 0.01


class RunError(ValueError):
    """The answer does not hold; the message says where."""


def check(question: dict[str, Any], answer: dict[str, Any]) -> None:
    """:raise RunError: a load is lost or carried twice, too much is on board, a window is missed, a figure is wrong"""
    _Check(question, answer).run()


class _Check:
    def __init__(self, question: dict[str, Any], answer: dict[str, Any]) -> None:
        self.question, self.answer = question, answer
        self.places = {row["id"]: row for row in question["places"]}
        self.vehicles = {row["id"]: row for row in question["vehicles"]}
        self.loads = {row["id"]: row for row in question["loads"]}

    def run(self) -> None:
        carried = Counter(load for run in self.answer["runs"] for stop in run["stops"] for load in stop["pickup"])
        brought = Counter(load for run in self.answer["runs"] for stop in run["stops"] for load in stop["deliver"])
        self.must(carried == brought, "what is fetched is not what is brought")
        self.must(max(carried.values(), default=1) == 1, "a load is carried twice")
        self.must(set(carried) ^ set(self.answer["refused"]) == set(self.loads), "a load is neither carried nor refused, or both")
        used = Counter((run["vehicle"], run["day"]) for run in self.answer["runs"])
        self.must(max(used.values(), default=1) == 1, "a vehicle is on two runs in a day")
        for run in self.answer["runs"]:
            self.one(run)
        self.must(abs(self.answer["cost"] - sum(run["cost"] for run in self.answer["runs"])) < NEAR, "cost")

    def one(self, run: dict[str, Any]) -> None:
        vehicle = self.vehicles[run["vehicle"]]
        self.must(0 <= run["day"] < self.question.get("days", 1), "day")
        at, now, km = vehicle["start"], run["start"], 0.0
        board: list[dict[str, Any]] = []
        for stop in run["stops"]:
            km += self.km(at, stop["place"])
            now = self.stop(run, stop, board, at, now)
            self.must(sum(load["weight_kg"] for load in board) <= vehicle["weight_kg"] + NEAR, "weight")
            self.must(sum(load["floor_m2"] for load in board) <= vehicle["floor_m2"] + NEAR, "floor")
            at = stop["place"]
        km += self.km(at, vehicle["start"])
        self.must(not board, "something stays on board")
        self.must(run["end"] >= now + self.minutes(at, vehicle["start"]), "end")
        self.must(vehicle.get("opens", 0) <= run["start"] and run["end"] <= vehicle.get("closes", 1440), "hours of the vehicle")
        self.must(abs(km - run["km"]) < NEAR, "kilometres")
        cost = vehicle.get("run_cost", 0) + km * vehicle.get("cost_per_km", 0)
        self.must(abs(cost - run["cost"]) < NEAR * (1 + vehicle.get("cost_per_km", 0)), "cost of a run")

    def stop(self, run: dict[str, Any], stop: dict[str, Any], board: list[dict[str, Any]], at: str, now: int) -> int:
        """When it leaves there."""
        place = self.places[stop["place"]]
        self.must(stop["arrive"] >= now + self.minutes(at, stop["place"]), "arrives too early")
        self.must(stop["begin"] >= max(stop["arrive"], place.get("opens", 0)), "begins before it is open")
        work = 0
        for name in stop["deliver"]:
            self.must(self.loads[name] in board or name in stop["pickup"], "brought before it is fetched")
            self.must(self.loads[name]["target"] == stop["place"], "brought to the wrong place")
            board.remove(self.loads[name])
            work += self.loads[name].get("unload_minutes", 0)
        for name in stop["pickup"]:
            self.must(self.loads[name]["source"] == stop["place"], "fetched at the wrong place")
            self.must(self.loads[name].get("day", 0) <= run["day"], "fetched before it is ready")
            board.append(self.loads[name])
            work += self.loads[name].get("load_minutes", 0)
        self.must(stop["leave"] >= stop["begin"] + work, "leaves too early")
        self.must(stop["leave"] <= place.get("closes", 1440), "works after it is closed")
        return int(stop["leave"])

    def km(self, one: str, other: str) -> float:
        """By the spherical law of cosines, not by the formula that is checked."""
        here, there = self.places[one], self.places[other]
        a, b = radians(here["latitude"]), radians(there["latitude"])
        angle = sin(a) * sin(b) + cos(a) * cos(b) * cos(radians(here["longitude"] - there["longitude"]))
        return acos(max(-1.0, min(1.0, angle))) * 6371.0 * float(self.question.get("road_factor", 1.3))

    def minutes(self, one: str, other: str) -> int:
        return ceil(self.km(one, other) * 60 / float(self.question.get("km_per_hour", 50.0)) - NEAR)

    def must(self, holds: bool, what: str) -> None:
        if not holds:
            raise RunError(what)
