"""`make test`: everything, in one pytest run that may not skip, on a database of its own."""

import subprocess

from . import database, debian, odoo_run
from .bootstrap import bootstrap
from .devtest import run_pytest
from .layout import ADDONS, PYTHON, ROOT, locked
from .say import Stop, print_times, step

TEMPLATE = "wcm_test_base"
DATABASE = "wcm_test"


def test(arguments: list[str]) -> int:
    bootstrap()
    _refuse_to_skip()
    with locked(DATABASE):
        prepare_template()
        database.copy(TEMPLATE, DATABASE)
        print_times()
        return run_pytest(DATABASE, ["--odoo-http", "--strict-skips", *(arguments or _everything())])


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


def _everything() -> list[str]:
    return [str(folder) for folder in (ROOT / "addons", ROOT / "tests") if folder.exists()]


def _refuse_to_skip() -> None:
    """Odoo skips browser tests silently where these are missing; ours must fail."""
    if "chromium" in debian.missing_packages():
        raise Stop("Chromium is missing, so no browser test can run. Remedy, as root: apt-get install -y chromium")
    if subprocess.run([PYTHON, "-c", "import websocket, playwright"], check=False, capture_output=True).returncode:
        raise Stop("websocket-client or playwright is missing from the environment. Remedy: make clean, then run again.")
