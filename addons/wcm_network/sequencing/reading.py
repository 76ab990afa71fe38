"""A question from JSON: every mistake is named by its place in the file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, fields
from typing import Any, TypeVar

from .question import FORMAT, Job, Machine, Operation, Question, QuestionError

Row = TypeVar("Row", Machine, Job, Operation)


def question_from(data: object) -> Question:
    """:raise QuestionError: one line, for example `jobs[3].quantity: expected a whole number …`"""
    top = _object("question", data)
    if top.get("format") != FORMAT or top.get("format") is True:
        raise QuestionError(f"format: expected {FORMAT}, got {top.get('format')!r:.40}")
    _refuse_keys("question", top, needed={"format", "machines", "jobs"}, known=set())
    machines, jobs = (_each(name, top[name], read) for name, read in (("machines", _machine), ("jobs", _job)))
    return Question(machines, jobs)


def _machine(place: str, data: object) -> Machine:
    row = _record(place, data, Machine)
    processes = _each(f"{place}.processes", row["processes"], _text)
    windows = _each(f"{place}.windows", row["windows"], _pair)
    return _made(place, Machine, row | {"processes": processes, "windows": windows})


def _job(place: str, data: object) -> Job:
    row = _record(place, data, Job)
    return _made(place, Job, row | {"operations": _each(f"{place}.operations", row["operations"], _operation)})


def _operation(place: str, data: object) -> Operation:
    return _made(place, Operation, _record(place, data, Operation))


def _made(place: str, kind: type[Row], row: dict[str, Any]) -> Row:
    try:
        return kind(**row)
    except QuestionError as error:
        raise QuestionError(f"{place}.{error}") from None


def _record(place: str, data: object, kind: Any) -> dict[str, Any]:
    """The row of a data class: its keys are there and its texts are texts."""
    row = _object(place, data)
    needed = {field.name for field in fields(kind) if field.default is MISSING}
    _refuse_keys(place, row, needed, {field.name for field in fields(kind)})
    for field in fields(kind):
        if field.type == "str" and field.name in row and (row[field.name] or field.default is MISSING):
            _text(f"{place}.{field.name}", row[field.name])
    return row


def _refuse_keys(place: str, row: dict[str, Any], needed: set[str], known: set[str]) -> None:
    if missing := sorted(needed - row.keys()):
        raise QuestionError(f"{place}: {missing[0]} is missing")
    if unknown := sorted(row.keys() - needed - known):
        raise QuestionError(f'{place}: unknown key "{unknown[0]:.40}"')


def _each(place: str, data: object, read: Callable[[str, object], Any]) -> tuple[Any, ...]:
    if not isinstance(data, list):
        raise QuestionError(f"{place}: expected a list, got {data!r:.40}")
    return tuple(read(f"{place}[{index}]", row) for index, row in enumerate(data))


def _object(place: str, data: object) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise QuestionError(f"{place}: expected an object, got {data!r:.40}")
    return data


def _text(place: str, data: object) -> str:
    if not isinstance(data, str) or not data:
        raise QuestionError(f"{place}: expected a text, got {data!r:.40}")
    return data


def _pair(place: str, data: object) -> tuple[Any, Any]:
    if not isinstance(data, list) or len(data) != 2:
        raise QuestionError(f"{place}: expected [from, to], got {data!r:.40}")
    return data[0], data[1]
