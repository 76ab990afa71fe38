"""A spreadsheet for people: cover, notes, one table of spaces and what its columns mean."""

from .spaces import FIELDS, About, flat
from .workbook import Column, Table, Workbook

_WIDE = {"name": 32, "description": 60, "attribution": 40, "page": 40, "processes": 40}
COLUMNS = tuple(Column(name, meaning, width=_WIDE.get(name, 18)) for name, meaning in FIELDS)


def write(spaces: list[dict], about: About) -> bytes:
    rows = [tuple(_cell(name, value) for name, value in flat(space).items()) for space in spaces]
    described = f"Licence: {about.licence}. Name: {about.attribution}. A row that names its own licence is under that. From {about.url}"
    table = Table("Spaces", about.title, f"{about.total} spaces fit the question, {len(rows)} of them here. {described}", COLUMNS, rows)
    return Workbook(about.title, described, [table]).to_bytes()


def _cell(name: str, value: object) -> object:
    """Places as text too: a cell's number format would round them."""
    return str(value) if isinstance(value, float) else value
