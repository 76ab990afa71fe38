"""The commands, one function each; all that is long stands in a file of its own."""

import os
from collections.abc import Callable

from . import odoo_run, postgres
from .bootstrap import bootstrap
from .devtest import devtest
from .layout import PYTHON, ROOT
from .say import Stop, print_times, say
from .serve import serve


def _bootstrap(_arguments: list[str]) -> None:
    bootstrap()
    say("ready")
    print_times()


def _devserve(arguments: list[str]) -> int:
    if len(arguments) < 2:
        raise Stop("Usage: scripts/devserve NAME PORT [odoo arguments]")
    bootstrap()
    return serve(f"dev_{arguments[0]}", int(arguments[1]), *arguments[2:])


def _screenshot(arguments: list[str]) -> int:
    script = str(ROOT / "scripts" / "screenshot.py")
    return os.spawnv(os.P_WAIT, PYTHON, [str(PYTHON), script, *arguments])


COMMANDS: dict[str, Callable[[list[str]], int | None]] = {
    "bootstrap": _bootstrap,
    "devserve": _devserve,
    "devtest": devtest,
    "screenshot": _screenshot,
}
