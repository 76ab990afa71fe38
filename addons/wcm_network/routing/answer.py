"""What comes of it: runs, and what is not carried with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .timing import Run


@dataclass(slots=True)
class Answer:
    """:ivar refused: load -> why: no vehicle, weight, floor, hours, day, room"""

    runs: list[Run]
    refused: dict[str, str]
    seconds: float = 0.0

    @property
    def cost(self) -> float:
        return sum(run.cost for run in self.runs)

    @property
    def km(self) -> float:
        return sum(run.km for run in self.runs)

    def to_json(self) -> dict[str, Any]:
        return {
            "format": 1, "cost": round(self.cost, 2), "km": round(self.km, 1), "seconds": round(self.seconds, 2), "refused": self.refused,
            "runs": [run_json(run) for run in self.runs],
        }


def run_json(run: Run) -> dict[str, Any]:
    return {
        "vehicle": run.vehicle, "day": run.day, "start": run.start, "end": run.end, "km": run.km, "cost": run.cost,
        "stops": [
            {
                "place": stop.place, "arrive": stop.arrive, "begin": stop.begin, "leave": stop.leave, "km": stop.km,
                "pickup": [step.load for step in stop.steps if step.is_pickup], "deliver": [step.load for step in stop.steps if not step.is_pickup],
            }
            for stop in run.stops
        ],
    }
