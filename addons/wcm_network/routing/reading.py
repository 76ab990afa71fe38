"""Format 1 of question.json; whatever is wrong is refused with one line."""

from __future__ import annotations

from dataclasses import MISSING, fields
from math import isfinite
from typing import Any, TypeVar

from .question import Load, Place, Question, QuestionError, Vehicle

Row = TypeVar("Row", Place, Vehicle, Load)
MOST_LOADS, MOST_VEHICLES = 500, 50


def question_from(content: object) -> Question:
    if not isinstance(content, dict) or content.get("format") != 1:
        raise QuestionError('expected an object with "format": 1')
    rows = {name: content.get(name) for name in ("places", "vehicles", "loads")}
    for name, each in rows.items():
        if not isinstance(each, list):
            raise QuestionError(f"{name}: expected a list")
    if len(content["loads"]) > MOST_LOADS or len(content["vehicles"]) > MOST_VEHICLES:
        raise QuestionError(f"at most {MOST_LOADS} loads and {MOST_VEHICLES} vehicles at once")
    return Question(
        _rows(Place, content["places"]), _rows(Vehicle, content["vehicles"]), _rows(Load, content["loads"]),
        days=_whole("days", content.get("days", 1)),
        road_factor=_number("road_factor", content.get("road_factor", 1.3)),
        km_per_hour=_number("km_per_hour", content.get("km_per_hour", 50.0)),
    )


def _rows(kind: type[Row], rows: list[object]) -> dict[str, Row]:
    read = [_row(kind, row) for row in rows]
    by_id = {row.id: row for row in read}
    if len(by_id) < len(read):
        raise QuestionError(f"{kind.__name__.lower()}: an id is there twice")
    return by_id


def _row(kind: type[Row], row: object) -> Row:
    name = kind.__name__.lower()
    if not isinstance(row, dict):
        raise QuestionError(f"{name}: expected an object")
    values: dict[str, Any] = {}
    for field in fields(kind):
        if field.name in row:
            values[field.name] = _value(f"{name}.{field.name}", str(field.type), row[field.name])
        elif field.default is MISSING:
            raise QuestionError(f"{name}: {field.name} is missing")
    return kind(**values)


def _value(name: str, kind: str, value: object) -> object:
    if kind == "str":
        if not isinstance(value, str) or not value:
            raise QuestionError(f"{name}: expected text")
        return value
    return _whole(name, value) if kind == "int" else _number(name, value)


def _whole(name: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise QuestionError(f"{name}: expected a whole number")
    return value


def _number(name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value) or abs(value) > 1e9:
        raise QuestionError(f"{name}: expected a number")
    return float(value)
