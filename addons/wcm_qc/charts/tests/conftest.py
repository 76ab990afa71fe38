"""Lets these tests run without Odoo and without a database, as those of wcm_network's planning/ do."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "wcm_network"))

from planning.tests.conftest import (  # type: ignore[import-not-found]
    enable_odoo_test_flag,  # noqa: F401
    load_http,  # noqa: F401
    load_registry,  # noqa: F401
    stand_in,
)

stand_in(Path(__file__).resolve().parents[2])
