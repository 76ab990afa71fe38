"""Problem from JSON: every mistake is named by its place in the file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields
from typing import Any, TypeVar

from .places import Kept, Lock
from .problem import (
    FORMAT,
    Demand,
    Excluded,
    Facility,
    Item,
    Option,
    Policies,
    Problem,
    Transport,
)
from .refusals import ProblemError

Row = TypeVar("Row", Facility, Item, Demand, Option, Transport, Policies, Lock, Kept, Excluded)
LISTS: dict[str, type[Any]] = {
    "facilities": Facility,
    "items": Item,
    "demands": Demand,
    "options": Option,
    "transport": Transport,
    "locks": Lock,
    "kept": Kept,
    "excluded": Excluded,
}
SHAPES: dict[str, tuple[str, Callable[[object], bool]]] = {
    "str": ("text", lambda value: isinstance(value, str)),
    "bool": ("true or false", lambda value: isinstance(value, bool)),
    "Mapping[str, float]": ("an object of numbers", lambda value: isinstance(value, Mapping)),
    "Mapping[str, Sequence[float]]": (
        "an object of lists of numbers",
        lambda value: isinstance(value, Mapping) and all(map(_is_list, value.values())),
    ),
    "Sequence[str]": (
        "a list of texts",
        lambda value: _is_list(value) and all(isinstance(text, str) for text in value),  # type: ignore[attr-defined]
    ),
}
"""What a field of this type looks like in JSON; numbers are checked by the dataclasses."""


def problem_from(data: object) -> Problem:
    """The problem in parsed JSON.

    :raise ProblemError: one line that names the place, for example
        `demands[3]: quantity: expected a whole number …`
    """
    top = _object("problem", data)
    if top.get("format") != FORMAT or isinstance(top.get("format"), bool):
        raise ProblemError(f"format: expected {FORMAT}, got {top.get('format')!r}")
    _refuse_unknown("problem", top, {"format", "periods", "policies", *LISTS})
    if "periods" not in top:
        raise ProblemError("problem: periods is missing")
    rows = {name: _rows(name, kind, top.get(name, [])) for name, kind in LISTS.items()}
    policies = _row("policies", Policies, top.get("policies", {}))
    return Problem(periods=top["periods"], policies=policies, **rows)


def _rows(name: str, kind: type[Row], data: object) -> list[Row]:
    if not _is_list(data):
        raise ProblemError(f"{name}: expected a list, got {_short(data)}")
    return [_row(f"{name}[{index}]", kind, row) for index, row in enumerate(data)]  # type: ignore[arg-type, var-annotated]


def _row(place: str, kind: type[Row], data: object) -> Row:
    row = _object(place, data)
    shape = {field.name: field for field in fields(kind)}
    _refuse_unknown(place, row, set(shape))
    for field in shape.values():
        _check_field(place, field, row)
    try:
        return kind(**row)
    except ProblemError as error:
        raise ProblemError(f"{place}: {error}") from None


def _check_field(place: str, field: Field[Any], row: Mapping[str, Any]) -> None:
    """Refuse a missing or misshapen field."""
    if field.name not in row:
        if field.default is MISSING and field.default_factory is MISSING:
            raise ProblemError(f"{place}: {field.name} is missing")
        return
    words, fits = SHAPES.get(str(field.type), ("", lambda _: True))
    if not fits(row[field.name]):
        raise ProblemError(f"{place}.{field.name}: expected {words}, got {_short(row[field.name])}")


def _object(place: str, data: object) -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        raise ProblemError(f"{place}: expected an object, got {_short(data)}")
    return data


def _refuse_unknown(place: str, row: Mapping[str, Any], known: set[str]) -> None:
    """A misspelt key that nobody reads would change the plan in silence."""
    unknown = sorted(set(row) - known)
    if unknown:
        raise ProblemError(f'{place}: unknown key "{unknown[0]}"')


def _is_list(value: object) -> bool:
    return isinstance(value, list | tuple)


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 40 else text[:37] + "..."
