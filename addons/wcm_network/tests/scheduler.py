import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from odoo import api
from odoo.tools import config

from ..models.wcm_solver_run_schedule import KINDS
from .common import NetworkCase


class SchedulerCase(NetworkCase):
    """What is looked for in the background; the tests are its scheduler."""

    def setUp(self):
        super().setUp()
        self.addCleanup(config.__setitem__, "max_cron_threads", config["max_cron_threads"])
        config["max_cron_threads"] = 1
        # Whatever else is looked for on this machine meanwhile takes no place away.
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory())) / self.env.cr.dbname
        for model in KINDS:
            self.patch(type(self.env[model]), "_folder", lambda _runs: self.folder)
        self.addCleanup(self.clear)

    def clear(self):
        for model in KINDS:
            for run in self.env[model].search([]):
                run._process().clear()

    @contextmanager
    def scheduler(self):
        self.env.flush_all()
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            yield api.Environment(cr, self.env.uid, {})["wcm.plan.run"]
        self.env.invalidate_all()

    def look(self, times=1):
        """One look of the scheduler at what is under way."""
        with self.scheduler() as runs:
            for _time in range(times):
                runs._step()
                runs.env.invalidate_all()

    def go_on(self):
        """What the scheduler does when it comes."""
        with self.enter_registry_test_mode():
            self.env.ref("wcm_network.cron_solve_plans").method_direct_trigger()
        self.env.invalidate_all()

    def until(self, ready):
        end = time.monotonic() + 40
        while not ready():
            self.assertLess(time.monotonic(), end)
            time.sleep(0.05)
