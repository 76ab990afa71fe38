"""Published benchmark instances as planning problems, format 1.

`convert_gap.py` and `convert_cflp.py` are the commands, `planning_published.py` the
benchmark. Formats: OR-Library (Beasley); ../shared/data/README.md spells them out.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

LEFT_OUT = 10_000.0
"""Cost of a unit left out: above any real cost of these instances, so that all is placed."""


def gap(text: str) -> dict[str, Any]:
    """Assignment: each job is a demand of one unit with one source, each agent a facility."""
    numbers = iter([float(word) for word in text.split()])
    agents, jobs = int(next(numbers)), int(next(numbers))
    costs = [[next(numbers) for _ in range(jobs)] for _ in range(agents)]
    hours = [[next(numbers) for _ in range(jobs)] for _ in range(agents)]
    facilities = [{"id": f"a{a}", "capacity": {"work": [next(numbers)]}} for a in range(agents)]
    options = [
        {"facility": f"a{a}", "item": f"j{j}", "unit_cost": costs[a][j], "hours": {"work": hours[a][j]}}
        for a in range(agents)
        for j in range(jobs)
    ]
    return _problem(facilities, [(f"j{j}", 1, f"j{j}", True) for j in range(jobs)], options, [])


def cflp(text: str, capacity: float | None = None) -> dict[str, Any]:
    """Location: a warehouse is a facility with an opening cost, a customer a site with a demand."""
    words = iter(text.split())
    warehouses, customers = int(next(words)), int(next(words))
    facilities = [_warehouse(w, next(words), next(words), capacity) for w in range(warehouses)]
    demands, transport = [], []
    for c in range(customers):
        quantity = int(next(words))
        demands.append((f"c{c}", quantity, "goods", False))
        for w in range(warehouses):
            each = float(next(words)) / quantity
            transport.append({"facility": f"w{w}", "site": f"c{c}", "cost_per_unit": {"goods": each}})
    options = [{"facility": f"w{w}", "item": "goods", "unit_cost": 0, "hours": {"store": 1}} for w in range(warehouses)]
    return _problem(facilities, demands, options, transport)


def _warehouse(number: int, offered: str, opening: str, capacity: float | None) -> dict[str, Any]:
    hours = float(offered) if capacity is None else capacity
    return {"id": f"w{number}", "capacity": {"store": [hours]}, "opening_cost": float(opening)}


def _problem(
    facilities: list[dict[str, Any]],
    demands: list[tuple[str, int, str, bool]],
    options: list[dict[str, Any]],
    transport: list[dict[str, Any]],
) -> dict[str, Any]:
    items = sorted({item for _, _, item, _ in demands})
    return {
        "format": 1,
        "periods": 1,
        "facilities": facilities,
        "items": [{"id": item} for item in items],
        "demands": [_demand(*demand) for demand in demands],
        "options": options,
        "transport": transport,
    }


def _demand(name: str, quantity: int, item: str, single_source: bool) -> dict[str, Any]:
    row = {"id": name, "item": item, "quantity": quantity, "due": 0, "site": name}
    return {**row, "single_source": single_source, "unmet_cost": LEFT_OUT}


def convert(read: Callable[..., dict[str, Any]], usage: str, arguments: list[str]) -> int:
    """Convert one file as a command does: exit code 2 and one line when it cannot."""
    try:
        source, target, *rest = arguments
        problem = read(Path(source).read_text(encoding="utf-8"), *map(float, rest))
        Path(target).write_text(json.dumps(problem) + "\n", encoding="utf-8")
    except StopIteration:
        print(f"{arguments[0]}: ends before all its numbers are there", file=sys.stderr)
        return 2
    except (ValueError, TypeError, OSError) as error:
        print(f"{usage}: {error}", file=sys.stderr)
        return 2
    return 0
