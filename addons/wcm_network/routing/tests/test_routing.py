"""Runs over factories and sites: few, within hours and capacity, and nothing lost without a reason."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from routing import QuestionError, RunError, Step, check, problems, question_from, timed
from routing.__main__ import main
from routing.solver import Search
from routing.tests.routing_makers import asked


def _answered(question: dict[str, Any], seconds: float = 1.0) -> dict[str, Any]:
    answer = Search(question_from(question), seconds).run().to_json()
    check(question, answer)
    return answer


def test_several_factories_are_fetched_in_one_run() -> None:
    answer = _answered(asked(loads=4, vehicles=3))
    assert (len(answer["runs"]), answer["refused"]) == (1, {})


@pytest.mark.parametrize(("loads", "vehicles", "days", "sites", "seed"), [(1, 1, 1, 1, 1), (12, 3, 2, 2, 2), (25, 6, 2, 3, 3)])
def test_every_answer_passes_the_independent_check(loads: int, vehicles: int, days: int, sites: int, seed: int) -> None:
    answer = _answered(asked(loads, vehicles, days, sites, seed), 1.5)
    assert set(answer["refused"].values()) <= {"room"}
    assert answer["runs"]


def test_what_does_not_fit_into_one_day_goes_on_the_next() -> None:
    question = asked(loads=4, days=3, floor_m2=4.5)
    for load in question["loads"]:
        load["floor_m2"] = 4
    for place in question["places"][1:]:
        place |= {"opens": 480, "closes": 660}
    answer = _answered(question)
    assert {run["day"] for run in answer["runs"]} >= {0, 1}
    assert len(answer["runs"]) + len(answer["refused"]) >= 2


@pytest.mark.parametrize(
    ("why", "change"),
    [("weight", {"weight_kg": 5000}), ("floor", {"floor_m2": 20}), ("hours", {"load_minutes": 500})],
)
def test_what_no_vehicle_can_carry_is_refused_with_its_reason(why: str, change: dict[str, Any]) -> None:
    question = asked(loads=2)
    question["loads"][0] |= change
    assert _answered(question)["refused"] == {"load0": why}


def test_without_a_vehicle_everything_is_refused() -> None:
    assert set(_answered(asked(loads=2, vehicles=0))["refused"].values()) == {"no vehicle"}


def test_what_is_ready_later_goes_later_or_is_refused() -> None:
    question = asked(loads=2, days=2)
    question["loads"][0]["day"], question["loads"][1]["day"] = 1, 2
    answer = _answered(question)
    assert ([run["day"] for run in answer["runs"]], answer["refused"]) == ([1], {"load1": "day"})


def test_the_same_seed_gives_a_run_that_starts_as_late_as_it_can() -> None:
    question = question_from(asked(loads=1))
    run = timed(question, "van0", 0, [Step("load0", True), Step("load0", False)])
    assert run.stops[0].begin == max(480, run.stops[0].arrive) and run.stops[0].arrive == run.stops[0].begin
    assert problems(question, run) == []


@pytest.mark.parametrize(
    ("kind", "steps"),
    [
        ("order", [("load0", False), ("load0", True)]),
        ("left", [("load0", True)]),
        ("twice", [("load0", True), ("load0", True), ("load0", False)]),
    ],
)
def test_a_run_that_was_put_together_by_hand_says_what_does_not_work(kind: str, steps: list[tuple[str, bool]]) -> None:
    question = question_from(asked(loads=1))
    run = timed(question, "van0", 0, [Step(*step) for step in steps])
    assert kind in {each for each, _place, _load in problems(question, run)}


def _spoiled(change: str) -> dict[str, Any]:
    answer = copy.deepcopy(GOOD)
    run = answer["runs"][0]
    if change == "lost":
        run["stops"][0]["pickup"].clear()
    elif change == "late":
        run["stops"][-1]["leave"] = 1000
    elif change == "early":
        run["stops"][-1]["arrive"] = run["stops"][-1]["begin"] = 0
    elif change == "cheap":
        run["cost"] = answer["cost"] = 1
    elif change == "short":
        run["km"] -= 5
    elif change == "backwards":
        run["stops"].reverse()
    return answer


QUESTION = asked(loads=3)
GOOD = Search(question_from(QUESTION), 0.5).run().to_json()


@pytest.mark.parametrize("change", ["lost", "late", "early", "cheap", "short", "backwards"])
def test_the_check_finds_an_answer_that_does_not_hold(change: str) -> None:
    check(QUESTION, GOOD)
    with pytest.raises(RunError):
        check(QUESTION, _spoiled(change))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"format": 2}, "format"), ({"loads": None}, "expected a list"), ({"days": 99}, "1 to 31"), ({"km_per_hour": 0}, "km_per_hour"),
        ({"places": []}, "is not listed"), ({"days": True}, "whole number"), ({"road_factor": float("nan")}, "expected a number"),
    ],
)
def test_a_wrong_question_is_refused_with_one_line(change: dict[str, Any], words: str) -> None:
    with pytest.raises(QuestionError, match=words):
        question_from(asked() | change)


def test_a_file_is_answered_by_a_file(tmp_path: Path) -> None:
    (tmp_path / "question.json").write_text(json.dumps(asked()))
    assert main([str(tmp_path / "question.json"), str(tmp_path / "answer.json"), "--seconds", "0.5"]) == 0
    check(asked(), json.loads((tmp_path / "answer.json").read_text()))
    (tmp_path / "question.json").write_text("{")
    assert main([str(tmp_path / "question.json"), str(tmp_path / "answer.json")]) == 2
