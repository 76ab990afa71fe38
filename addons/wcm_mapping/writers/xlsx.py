"""A spreadsheet for people: cover, notes, one table of spaces and what its columns mean."""

from . import licences
from .spaces import FIELDS, KIT_FIELDS, KIT_NAMES, About, flat, machines
from .workbook import Column, Table, Workbook

_WIDE = {"name": 32, "description": 60, "attribution": 40, "page": 40, "processes": 40}
# A machine has a row of its own in the table Kit.
NAMES = tuple(name for name, _meaning in FIELDS if name != "kit")
COLUMNS = tuple(Column(name, meaning, width=_WIDE.get(name, 18)) for name, meaning in FIELDS if name in NAMES)
KIT_COLUMNS = (
    Column("space", "Number of the space that has the machine, as in the table Spaces.", width=12),
    *(Column(name, meaning, unit, width=_WIDE.get(name, 18)) for name, meaning, unit in KIT_FIELDS),
)


def write(spaces: list[dict], about: About) -> bytes:
    described = f"Licence: {about.licence}. Name: {about.attribution}. A row that names its own licence is under that. From {about.url}"
    return Workbook(about.title, described, [_spaces(spaces, about, described), _kit(spaces), _sources(spaces)]).to_bytes()


def _spaces(spaces: list[dict], about: About, described: str) -> Table:
    rows = [tuple(_cell(cells[name]) for name in NAMES) for cells in map(flat, spaces)]
    return Table("Spaces", about.title, f"{about.total} spaces fit the question, {len(rows)} of them here. {described}", COLUMNS, rows)


def _kit(spaces: list[dict]) -> Table:
    rows = [
        (space["id"], *(_cell(machine.get(name)) for name in KIT_NAMES))
        for space in spaces
        for machine in machines(space)
    ]
    return Table("Kit", "Kit of the spaces", "One row a machine, of the spaces that agreed to publish their kit.", KIT_COLUMNS, rows)


def _sources(spaces: list[dict]) -> Table:
    columns = (
        Column("attribution", "Whom to name.", width=40),
        Column("licence", "Under which licence it is.", width=18),
        Column("licence_url", "The licence's text.", width=50),
        Column("records", "Spaces in this file that it gave.", "spaces", "whole", 12),
        Column("notice", "What to print beside the data.", width=80),
    )
    rows = [tuple(source[column.name] for column in columns) for source in licences.sources(spaces)]
    return Table("Sources", "Sources", "Whose data this is: name each of those whose records you use.", columns, rows)


def _cell(value: object) -> object:
    """Numbers with a fraction as text: a cell's number format would round them."""
    if isinstance(value, list):
        return ", ".join(value)
    return str(value) if isinstance(value, float) else value
