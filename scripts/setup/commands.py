"""The commands, one function each; all that is long stands in a file of its own."""

import os
import shutil
import subprocess
from collections.abc import Callable
from itertools import takewhile
from pathlib import Path

from . import odoo_run, postgres
from .bootstrap import bootstrap
from .demo import DATABASE, demo, dev, prepare
from .devtest import devtest
from .layout import ADDONS, PYTHON, ROOT, RUNTIME
from .lint import format_code, lint
from .say import Stop, print_times, say
from .serve import serve
from .test import test
from .upstream import test_upstream

MADE = (
    "apt", "apt-own", "conf", "data", "debs", "debs.part", "libreoffice", "libreoffice.debs", "libreoffice.part", "lint", "log", "postgres",
    "unpacked", "uv", "venv", "wheels",
)


def _bootstrap(_arguments: list[str]) -> None:
    bootstrap()
    say("ready")
    print_times()


def _devserve(arguments: list[str]) -> int:
    if len(arguments) < 2 or not arguments[1].isdigit():
        raise Stop("Usage: scripts/devserve NAME PORT [odoo arguments]")
    bootstrap()
    return serve(f"dev_{arguments[0]}", int(arguments[1]), *arguments[2:])


def _screenshot(arguments: list[str]) -> int:
    return _run([PYTHON, ROOT / "scripts" / "screenshot.py", *arguments])


def _shell(arguments: list[str]) -> int:
    """Odoo's Python shell on the demonstration database."""
    bootstrap()
    return _run([*odoo_run.command(DATABASE, "--no-http", *arguments, sub="shell")])


def _psql(arguments: list[str]) -> int:
    bootstrap()
    return _run([postgres.program("psql"), "-d", DATABASE, *arguments])


def _bench(arguments: list[str]) -> int:
    """`bench [NAME…] [OPTIONS]`: these benchmarks, or all, one after the other; the first failure is the exit code."""
    found, options = benchmarks(arguments)
    bootstrap()
    codes = [_run([PYTHON, path, *options], PYTHONPATH=str(ADDONS / "wcm_network")) for path in found]
    return next(filter(None, codes), 0)


def benchmarks(arguments: list[str]) -> tuple[list[Path], list[str]]:
    """Files of bench/ and what is handed to each; `_…` and `convert_…` are parts and tools of benchmarks."""
    named = list(takewhile(lambda one: not one.startswith("-"), arguments))
    known = {path.stem: path for path in sorted((ROOT / "bench").glob("*.py")) if not path.name.startswith(("_", "convert_"))}
    if unknown := set(named) - known.keys():
        raise Stop(f"No benchmark is called {', '.join(sorted(unknown))}. Remedy: name some of {', '.join(known)}, or none for all.")
    return [known[name] for name in named or known], arguments[len(named) :]


def _plan(arguments: list[str]) -> int:
    """`plan PROBLEM PLAN [SECONDS]`: the planning core on files, without Odoo."""
    if len(arguments) < 2:
        raise Stop("Usage: make plan PROBLEM=problem.json PLAN=plan.json [SECONDS=30]")
    bootstrap()
    problem, plan, *seconds = arguments
    command = [PYTHON, "-m", "planning", problem, plan, *(f"--seconds={number}" for number in seconds if number)]
    return _run(command, PYTHONPATH=str(ADDONS / "wcm_network"))


def _import(arguments: list[str]) -> None:
    """`import FILE KIND SOURCE LICENCE ATTRIBUTION APPLY` into the demonstration database."""
    file, kind, source, licence, attribution, apply = arguments
    if not Path(file).is_file():
        raise Stop("Usage: make import FILE=facilities.json KIND=okw [SOURCE=publisher.example] [LICENCE=...] [BY=...] [APPLY=1]")
    source = source or Path(file).name
    prepare()
    script = ROOT / "scripts" / "in_odoo" / "import_file.py"
    odoo_run.call(DATABASE, script, "import_file", str(Path(file).resolve()), kind, source, licence, attribution, apply)


def _verify(arguments: list[str]) -> None:
    """`verify [DATABASE]`: the history of every part, by default of the demonstration."""
    if arguments:
        bootstrap()
    else:
        prepare()
    odoo_run.call(arguments[0] if arguments else DATABASE, ROOT / "scripts" / "in_odoo" / "verify.py", "verify")


def _stop(_arguments: list[str]) -> None:
    postgres.stop()


def _clean(_arguments: list[str]) -> None:
    """Remove what was made, by name: WCM_RUNTIME may be a folder that holds other things too."""
    postgres.remove()
    for name in MADE:
        shutil.rmtree(RUNTIME / name, ignore_errors=True)
    for lock in RUNTIME.glob("*.lock"):
        lock.unlink()
    if RUNTIME.exists() and not any(RUNTIME.iterdir()):
        RUNTIME.rmdir()
    shutil.rmtree(ROOT / "node_modules", ignore_errors=True)
    if not postgres.private():
        say("the databases in the PostgreSQL of PGHOST were left alone")


def _run(command: list[str | Path], **variables: str) -> int:
    """Run in the foreground, with the person's own terminal."""
    environment = {**os.environ, **odoo_run.environment(), **variables}
    return subprocess.run([*map(str, command)], env=environment, check=False).returncode


COMMANDS: dict[str, Callable[[list[str]], int | None]] = {
    "bench": _bench,
    "bootstrap": _bootstrap,
    "clean": _clean,
    "demo": demo,
    "dev": dev,
    "devserve": _devserve,
    "devtest": devtest,
    "format": format_code,
    "import": _import,
    "lint": lint,
    "plan": _plan,
    "psql": _psql,
    "screenshot": _screenshot,
    "shell": _shell,
    "stop": _stop,
    "test": test,
    "test-upstream": test_upstream,
    "verify": _verify,
}
