"""`make test-upstream`: Odoo's own suites with our addons installed may not lose a test against without them."""

import xml.etree.ElementTree as ElementTree
from pathlib import Path

from . import database, odoo_run, test
from .bootstrap import bootstrap
from .devtest import run_pytest
from .layout import LOGS, PYTHON, locked
from .say import say, step
from .shell import output

SUITES = ("mrp_subcontracting", "mrp_subcontracting_purchase", "purchase_stock", "mrp")
WITHOUT, WITH = "wcm_upstream_without", "wcm_upstream_with"


def test_upstream(arguments: list[str]) -> int:
    """Run both, print the difference; non-zero when a test that passed without us does not pass with us."""
    bootstrap()
    with locked(test.DATABASE):
        test.prepare_template()
        before = _outcomes(WITHOUT, database.TEMPLATE, arguments)
        after = _outcomes(WITH, test.TEMPLATE, arguments)
    return _compare(before, after)


def _outcomes(name: str, source: str, arguments: list[str]) -> dict[str, str]:
    """Outcome by test for the suites on a fresh copy of the source database."""
    folder = Path(output([PYTHON, "-c", "import odoo.addons.base as b; print(b.__path__[0])"]).strip()).parent
    home = {suite: _find(folder, suite) for suite in SUITES}
    report = LOGS / f"{name}.xml"
    report.unlink(missing_ok=True)
    with step(f"Odoo's own suites on {name}"):
        database.copy(source, name)
        odoo_run.configuration(name)
        run_pytest(name, ["--odoo-http", "-q", "-p", "no:cacheprovider", f"--rootdir={folder}", f"--junitxml={report}", *arguments,
                          *(str(path / "tests") for path in home.values())])
    return read_report(report)


def _find(folder: Path, suite: str) -> Path:
    """In a checkout of Odoo the addons stand beside the package, not in it."""
    places = (folder / suite, folder.parents[1] / "addons" / suite)
    return next(place for place in places if place.exists())


def read_report(report: Path) -> dict[str, str]:
    """Outcome by test from pytest's own XML: passed, skipped or failed."""
    outcomes: dict[str, str] = {}
    for case in ElementTree.parse(report).iter("testcase"):
        kinds = {child.tag for child in case}
        outcome = "failed" if kinds & {"failure", "error"} else "skipped" if "skipped" in kinds else "passed"
        name = f"{case.get('classname')}::{case.get('name')}"
        if outcomes.get(name) != "failed":  # subtests share a name: one failure counts
            outcomes[name] = outcome
    return outcomes


def _compare(before: dict[str, str], after: dict[str, str]) -> int:
    for name, outcomes in (("without our addons", before), ("with our addons", after)):
        counts = {kind: list(outcomes.values()).count(kind) for kind in ("passed", "failed", "skipped")}
        say(f"{name}: " + ", ".join(f"{count} {kind}" for kind, count in counts.items()))
    changed = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    for name in changed:
        print(f"{before.get(name, 'absent'):>8} -> {after.get(name, 'absent'):<8} {name}")
    lost = [name for name in changed if before.get(name) == "passed"]
    print(f"{len(lost)} lost, {len(changed)} changed")
    return 1 if lost or not before else 0
