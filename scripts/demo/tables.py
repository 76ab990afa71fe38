"""The project's own data files."""

import csv
from pathlib import Path

DATA = Path(__file__).parents[2] / "data"


def rows(name):
    """Rows of `data/demo/<name>.csv`, as text by column."""
    with (DATA / "demo" / f"{name}.csv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))
