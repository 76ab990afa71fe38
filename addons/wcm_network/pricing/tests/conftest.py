"""Lets these tests run without Odoo and without a database, as those of planning/ do."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from planning.tests.conftest import enable_odoo_test_flag, load_http, load_registry  # noqa: F401
