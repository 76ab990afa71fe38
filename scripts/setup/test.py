"""`make test`: everything, none of it skipped, in two pytest processes side by side, each on a database of its own."""

import subprocess
import tempfile

from . import database, debian, libreoffice, odoo_run
from .bootstrap import bootstrap
from .devtest import pytest_command, run_pytest
from .layout import ADDONS, PYTHON, ROOT, locked
from .say import Stop, print_times, step
from .side_by_side import side_by_side

TEMPLATE = "wcm_test_base"
DATABASE = "wcm_test"
SIDE_BY_SIDE = ("wcm_test_1", "wcm_test_2")
OPTIONS = ("--odoo-http", "--strict-skips")


def test(arguments: list[str]) -> int:
    """All tests, or those that pytest's own arguments name, in one process then."""
    bootstrap()
    _refuse_to_skip()
    with locked():
        libreoffice.fetch()
    with locked(DATABASE):
        prepare_template()
        return _some(arguments) if arguments else _everything()


def prepare_template() -> None:
    """Our addons installed once for one state of the code; each run gets a copy."""
    addons = odoo_run.our_addons()
    wanted = database.addons_fingerprint(addons, ADDONS) + database.mark(database.TEMPLATE)
    if database.exists(TEMPLATE) and database.mark(TEMPLATE) == wanted:
        return
    building = f"{TEMPLATE}_building"
    with step(f"Test database with {', '.join(addons)}"):
        database.copy(database.TEMPLATE, building)
        odoo_run.install(building, addons)
        # A test's own bundles vanish with its transaction: without these each browser test compiles them again.
        odoo_run.call(building, ROOT / "scripts" / "in_odoo" / "warm_assets.py", "warm")
        database.set_mark(building, wanted)
        database.rename(building, TEMPLATE)


def _some(arguments: list[str]) -> int:
    database.copy(TEMPLATE, DATABASE)
    print_times()
    return run_pytest(DATABASE, [*OPTIONS, *arguments])


def _everything() -> int:
    """Python and PostgreSQL take turns, so that one process leaves half of two cores idle. They share the files of
    tests; browser tests take longest and come first."""
    for name in SIDE_BY_SIDE:
        database.copy(TEMPLATE, name)
    print_times()
    paths = [str(ROOT / "tests"), str(ADDONS)]
    with tempfile.TemporaryDirectory() as taken:
        arguments = [*OPTIONS, f"--share={taken}", *paths]
        return side_by_side({name: pytest_command(name, arguments) for name in SIDE_BY_SIDE})


def _refuse_to_skip() -> None:
    """Odoo skips browser tests silently where these are missing; ours must fail."""
    if "chromium" in debian.missing_packages():
        raise Stop("Chromium is missing, so no browser test can run. Remedy, as root: apt-get install -y chromium")
    if subprocess.run([PYTHON, "-c", "import websocket, playwright"], check=False, capture_output=True).returncode:
        raise Stop("websocket-client or playwright is missing from the environment. Remedy: make clean, then run again.")
