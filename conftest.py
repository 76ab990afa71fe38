"""What holds for every test run: with --strict-skips a skipped test is a failed one.

Odoo skips its browser tests without a word when Chromium or websocket-client is missing; a green run that ran
nothing is worse than a red one. The one reason we accept begins with ALLOWED.
"""

import pytest

ALLOWED = "shared data absent"


def pytest_addoption(parser):
    parser.addoption("--strict-skips", action="store_true", help="a skip that is not expected fails")


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
