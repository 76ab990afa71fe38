"""Lets these tests run without Odoo and without a database, alone or among Odoo's.

`import planning` works from here. The addon's own `__init__` imports Odoo, so a
stand-in keeps pytest from importing it as the parent package of this folder. The
fixtures of the same names in pytest-odoo would open a database.
"""

import sys
from pathlib import Path
from types import ModuleType

import pytest


def stand_in(addon: Path) -> None:
    """Let the pure packages in an addon's folder be imported by their own names."""
    if str(addon) not in sys.path:
        sys.path.insert(0, str(addon))
    module = ModuleType(addon.name)
    module.__path__ = [str(addon)]
    module.__file__ = str(addon / "__init__.py")
    sys.modules.setdefault(addon.name, module)


stand_in(Path(__file__).resolve().parents[2])


@pytest.fixture(scope="session", autouse=True)
def load_registry() -> None:
    """No database."""


@pytest.fixture(scope="session", autouse=True)
def load_http() -> None:
    """No server."""


@pytest.fixture(scope="module", autouse=True)
def enable_odoo_test_flag() -> None:
    """No Odoo."""
