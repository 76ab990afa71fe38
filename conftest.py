"""What holds for every test run: with --strict-skips a skipped test is a failed one; with --share runs share the work.

Odoo skips its browser tests without a word when Chromium or websocket-client is missing; a green run that ran
nothing is worse than a red one. The one reason we accept begins with ALLOWED.
"""

import hashlib
from itertools import groupby
from pathlib import Path

import pytest

ALLOWED = "shared data absent"


def pytest_addoption(parser):
    parser.addoption("--strict-skips", action="store_true", help="a skip that is not expected fails")
    parser.addoption("--share", metavar="FOLDER", help="run only what no other run with the same new folder has begun")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item):
    outcome = yield
    _refuse(outcome.get_result(), item.config)


@pytest.hookimpl(hookwrapper=True)
def pytest_make_collect_report(collector):
    outcome = yield
    _refuse(outcome.get_result(), collector.config)


def _refuse(report, config):
    """Turn an unexpected skip into a failure that says so; an expected failure (xfail) is left alone."""
    if report.outcome != "skipped" or hasattr(report, "wasxfail") or not config.getoption("--strict-skips"):
        return
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    reason = reason.removeprefix("Skipped: ")
    if not reason.startswith(ALLOWED):
        report.outcome = "failed"
        report.longrepr = f"Skipped, which this run does not allow: {reason}"


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session):
    """As pytest's own loop, over the files that no other run has taken."""
    folder = session.config.getoption("--share")
    if not folder or session.testsfailed or session.config.option.collectonly:
        return None
    mine = _taken(session.items, Path(folder))
    item = next(mine, None)
    while item:
        following = next(mine, None)
        item.ihook.pytest_runtest_protocol(item=item, nextitem=following)
        item = following
    return True


def _taken(items, folder):
    """File by file, each taken when the one before is nearly done: whoever is quicker does more."""
    for path, tests in groupby(items, lambda item: item.path):
        try:
            (folder / hashlib.sha256(bytes(path)).hexdigest()).touch(exist_ok=False)
        except FileExistsError:
            continue
        yield from tests
