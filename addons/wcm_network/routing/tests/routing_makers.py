"""Questions for the tests: a yard in Bristol, factories around it, a site."""

from __future__ import annotations

import random
from typing import Any


def asked(loads: int = 3, vehicles: int = 1, days: int = 1, sites: int = 1, seed: int = 1, **changes: Any) -> dict[str, Any]:
    """:param changes: of every vehicle"""
    chance = random.Random(seed)

    def near() -> dict[str, float]:
        return {"latitude": 51.45 + chance.uniform(-0.3, 0.3), "longitude": -2.6 + chance.uniform(-0.5, 0.5)}

    places = [{"id": "yard", "latitude": 51.45, "longitude": -2.6}]
    places += [{"id": f"factory{number}", **near(), "opens": 480, "closes": 960} for number in range(loads)]
    places += [{"id": f"site{number}", **near(), "opens": 480, "closes": 960} for number in range(sites)]
    vehicle = {"start": "yard", "weight_kg": 3500, "floor_m2": 14, "cost_per_km": 1.1, "run_cost": 180, "opens": 360, "closes": 1080}
    return {
        "format": 1, "days": days, "places": places, "vehicles": [{"id": f"van{number}", **vehicle, **changes} for number in range(vehicles)],
        "loads": [
            {
                "id": f"load{number}", "source": f"factory{number}", "target": f"site{chance.randrange(sites)}", "load_minutes": 15,
                "unload_minutes": 15, "weight_kg": chance.uniform(100, 900), "floor_m2": chance.uniform(0.5, 4),
            }
            for number in range(loads)
        ],
    }
