"""`scripts/devtest NAME ADDONS [--keep] [--no-tests] [pytest arguments]`: a database of one's own, and pytest on it."""

import os
import subprocess

from . import database, odoo_run
from .bootstrap import bootstrap
from .layout import PYTHON, ROOT, locked
from .say import Stop, say, step
from .side_by_side import let_it_close


def devtest(arguments: list[str]) -> int:
    if len(arguments) < 2:
        raise Stop("Usage: scripts/devtest NAME ADDON[,ADDON] [--keep] [--no-tests] [pytest arguments]")
    name, addons, *rest = arguments
    keep, untested = "--keep" in rest, "--no-tests" in rest
    rest = [argument for argument in rest if argument not in ("--keep", "--no-tests")]
    bootstrap()
    target = f"dev_{name}"
    with locked(target):
        prepare(target, tuple(addons.split(",")), keep)
        if untested:
            return 0
        return run_pytest(target, rest or [str(path) for path in (ROOT / "addons").glob("*") if path.name in addons])


def prepare(target: str, addons: tuple[str, ...], keep: bool) -> None:
    """A fresh copy of the template with the addons, or the kept database brought up to date."""
    fresh = not (keep and database.exists(target) and database.mark(target) == "whole")
    with step(f"{target}: {'installing' if fresh else 'updating'} {','.join(addons)}"):
        if fresh:
            database.copy(database.TEMPLATE, target)
        odoo_run.install(target, addons, update=not fresh)
        database.set_mark(target, "whole")


def run_pytest(target: str, arguments: list[str]) -> int:
    """pytest-odoo on that database, in the foreground."""
    say(f"pytest on {target}")
    with subprocess.Popen(pytest_command(target, arguments), env={**os.environ, **odoo_run.environment()}) as running:
        try:
            return running.wait()
        except KeyboardInterrupt:
            let_it_close(running)
            raise


def pytest_command(target: str, arguments: list[str]) -> list[str]:
    """It picks its own free port when --odoo-http is given."""
    conf = odoo_run.configuration(target)
    return [str(PYTHON), "-m", "pytest", f"--odoo-config={conf}", f"--odoo-database={target}", *arguments]
