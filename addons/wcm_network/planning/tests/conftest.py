"""Lets these tests run without Odoo and without a database, alone or among Odoo's.

`import planning` works from here. The addon's own `__init__` imports Odoo, so a
stand-in keeps pytest from importing it as the parent package of this folder. The
fixtures of the same names in pytest-odoo would open a database.
"""

import sys
from pathlib import Path
from types import ModuleType

import pytest

ADDON = Path(__file__).resolve().parents[2]
if str(ADDON) not in sys.path:
    sys.path.insert(0, str(ADDON))

stand_in = ModuleType(ADDON.name)
stand_in.__path__ = [str(ADDON)]
stand_in.__file__ = str(ADDON / "__init__.py")
sys.modules.setdefault(ADDON.name, stand_in)


@pytest.fixture(scope="session", autouse=True)
def load_registry() -> None:
    """No database."""


@pytest.fixture(scope="session", autouse=True)
def load_http() -> None:
    """No server."""


@pytest.fixture(scope="module", autouse=True)
def enable_odoo_test_flag() -> None:
    """No Odoo."""
