"""A scratch database for a benchmark: made from the project's own template, dropped again."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

BENCH = Path(__file__).resolve().parent
sys.path.insert(0, str(BENCH.parent / "scripts"))

from setup import database, odoo_run  # noqa: E402  # needs the path above
from setup.bootstrap import bootstrap  # noqa: E402
from setup.layout import locked  # noqa: E402


@contextmanager
def scratch(name: str, *addons: str) -> Iterator[Callable[..., None]]:
    """With these addons; gives what calls a function of a file of this folder inside Odoo."""

    def call(file: str, function: str, *arguments: object) -> None:
        odoo_run.call(name, BENCH / file, function, *map(str, arguments))

    bootstrap()
    with locked(name):
        database.copy(database.TEMPLATE, name)
        try:
            odoo_run.install(name, addons)
            yield call
        finally:
            database.drop(name)
