"""`python -m sequencing question.json answer.json`."""

import json
from pathlib import Path
from typing import Any

import pytest
from sequencing import Placed, check, question_from
from sequencing.__main__ import main
from sequencing.tests.sequencing_makers import factory


def _ask(tmp_path: Path, data: object) -> int:
    (tmp_path / "question.json").write_text(data if isinstance(data, str) else json.dumps(data))
    return main([str(tmp_path / "question.json"), str(tmp_path / "answer.json"), "--seconds", "5"])


def test_a_file_is_answered_by_a_file(tmp_path: Path) -> None:
    assert _ask(tmp_path, factory()) == 0
    answer = json.loads((tmp_path / "answer.json").read_text())
    assert (answer["status"], answer["gap"], answer["late"]) == ("optimal", 0, 0)
    rows = [{key: value for key, value in row.items() if key != "process"} for row in answer["operations"]]
    check(question_from(factory()), [Placed(**row) for row in rows])
    assert [row["late"] for row in answer["jobs"]] == [0, 0, 0]


def _with(rows: str, **changes: Any) -> dict[str, Any]:
    data = factory()
    data[rows][0].update(changes)
    return data


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("{", "not JSON"),
        ([], "question: expected an object"),
        (factory(format=2), "format: expected 1"),
        (factory(jobs=None), "jobs: expected a list"),
        (factory() | {"speed": 1}, 'question: unknown key "speed"'),
        (_with("machines", windows=[[600, 500]]), "machines[0].windows[0]: to: expected a whole number"),
        (_with("machines", windows=[[500, 600], [550, 700]]), "machines[0].windows[1]: from"),
        (_with("machines", windows=[[1]]), "machines[0].windows[0]: expected [from, to]"),
        (_with("machines", id="bench"), 'machines: "bench" is there twice'),
        (_with("machines", processes=[]), 'no machine does "cnc"'),
        (_with("jobs", quantity=0), "jobs[0].quantity: expected a whole number from 1"),
        (_with("jobs", quantity=True), "jobs[0].quantity: expected a whole number"),
        (_with("jobs", due=1e400), "jobs[0].due"),
        (_with("jobs", item=""), "jobs[0].item: expected a text"),
        (_with("jobs", operations=[{"process": "cnc"}]), "jobs[0].operations[0]: minutes_per_unit is missing"),
        (_with("jobs", quantity=500_000), "jobs[0].operations[0]: minutes in all"),
    ],
)
def test_a_wrong_file_gets_one_line_that_names_the_place(
    data: object, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _ask(tmp_path, data) == 2
    told = capsys.readouterr().err
    assert words in told
    assert told.count("\n") == 1


def test_a_file_that_is_not_there_gets_one_line(tmp_path: Path) -> None:
    assert main([str(tmp_path / "no.json"), str(tmp_path / "answer.json")]) == 2
