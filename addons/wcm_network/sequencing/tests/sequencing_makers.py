"""Small factories for tests; change what the test is about."""

from itertools import permutations
from random import Random
from typing import Any

from sequencing import Question, question_from
from sequencing.timing import timed_or_none, worth

DAY = 24 * 60
NINE, NOON, ONE, FIVE = 540, 720, 780, 1020


def week(days: int = 5) -> list[list[int]]:
    """Nine to five with an hour for lunch."""
    return [[DAY * day + start, DAY * day + end] for day in range(days) for start, end in ((NINE, NOON), (ONE, FIVE))]


def factory(**changes: Any) -> dict[str, Any]:
    """A router and a bench; two walls due on Tuesday evening, a beam on Monday evening."""
    return {
        "format": 1,
        "machines": [
            {"id": "router", "processes": ["cnc"], "windows": week()},
            {"id": "bench", "processes": ["assembly"], "windows": week()},
        ],
        "jobs": [
            {"id": "WO/1", "item": "wall", "quantity": 6, "due": DAY + FIVE, "operations": steps(40, 45)},
            {"id": "WO/2", "item": "beam", "quantity": 3, "due": FIVE, "operations": steps(60, 30)},
            {"id": "WO/3", "item": "wall", "quantity": 2, "due": DAY + FIVE, "operations": steps(40, 45)},
        ],
    } | changes


def steps(cnc: float, assembly: float, setup: int = 15) -> list[dict[str, Any]]:
    return [
        {"process": "cnc", "minutes_per_unit": cnc, "setup_minutes": setup},
        {"process": "assembly", "minutes_per_unit": assembly},
    ]


def random_small(seed: int) -> Question:
    """At most five operations on at most three machines: small enough to try every order of work."""
    draw = Random(seed)
    machines = [
        {"id": name, "processes": processes, "windows": _windows(draw), "item": draw.choice(["", "x", "y"])}
        for name, processes in (("a", ["p"]), ("b", ["p", "q"]), ("c", ["q"]))
    ]
    counts = draw.choice([(2, 2, 1), (1, 2, 2), (2, 1, 1)])
    jobs = [_job(draw, f"j{index}", count) for index, count in enumerate(counts)]
    return question_from({"format": 1, "machines": machines, "jobs": jobs})


def random_twins(seed: int) -> Question:
    """Two machines that are alike before one other; four or five operations."""
    draw = Random(seed)
    windows, item = _windows(draw), draw.choice(["", "x"])
    machines = [{"id": name, "processes": ["p"], "windows": windows, "item": item} for name in ("a", "b")]
    machines.append({"id": "c", "processes": ["q"], "windows": windows})
    counts = draw.choice([(1, 1, 1, 1), (1, 1, 2)])
    jobs = [_job(draw, f"j{index}", count) for index, count in enumerate(counts)]
    return question_from({"format": 1, "machines": machines, "jobs": jobs})


def _windows(draw: Random) -> list[list[int]]:
    cuts = sorted(draw.sample(range(60), 6))
    return [[cuts[0], cuts[1]], [cuts[2], cuts[3]], [cuts[4], cuts[5]], [70, 200]]


def _job(draw: Random, name: str, count: int) -> dict[str, Any]:
    return {
        "id": name,
        "item": draw.choice("xy"),
        "quantity": draw.randint(1, 3),
        "release": draw.choice([0, 0, 12]),
        "due": draw.randint(5, 60),
        "weight": draw.randint(1, 3),
        "operations": [
            {"process": process, "minutes_per_unit": draw.choice([1, 2.5, 7]), "setup_minutes": draw.choice([0, 4, 9])}
            for process in draw.sample("pq", count)
        ],
    }


def best_of_all(question: Question) -> tuple[int, int] | None:
    """Every order of the operations on every machine that could do them."""
    orders = (turns for order in permutations(question.tasks) for turns in _turns(question, order))
    found = filter(None, (timed_or_none(question, turns) for turns in orders))
    return min((worth(question, placed) for placed in found), default=None)


def _turns(question: Question, order: tuple[tuple[str, int], ...]) -> list[list[tuple[str, int, str]]]:
    turns: list[list[tuple[str, int, str]]] = [[]]
    for task in order:
        turns = [[*row, (*task, machine.id)] for row in turns for machine in question.machines_for(task)]
    return turns
