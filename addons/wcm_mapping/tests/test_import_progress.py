import base64
import json
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

from odoo import SUPERUSER_ID, api
from odoo.exceptions import AccessError, UserError
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import config

from .common import MappingCase

ROWS = 501
HOST = "long.example"
WORK = "env['wcm.facility.import']._cron_go_on()"


def records(count, **values):
    base = {"country": "GB", "city": "Bristol", "longitude": -2.6}
    return [{"name": f"Space {n}", "id": str(n), "latitude": 51.4 + n / 50_000, **base, **values} for n in range(count)]


def start(env, found, user=None):
    """An import of records, whose preview was pressed."""
    content = base64.b64encode(json.dumps(found).encode())
    runs = env["wcm.facility.import"].with_user(user or env.ref("base.user_admin"))
    run = runs.create({"kind": "okw", "file": content, "source_host": HOST})
    run.action_preview()
    return run


@contextmanager
def scheduler():
    """Tests run without one; here there is one, which comes when the test calls it."""
    before = config["max_cron_threads"]
    config["max_cron_threads"] = 1
    try:
        yield
    finally:
        config["max_cron_threads"] = before


@tagged("post_install", "-at_install")
class TestImportProgress(MappingCase):
    def setUp(self):
        super().setUp()
        self.enterContext(scheduler())

    def go_on(self):
        """What the scheduler does when it comes."""
        with self.enter_registry_test_mode():
            self.env.ref("wcm_mapping.cron_import").method_direct_trigger()

    def previewed(self, count=ROWS, user=None, **values):
        run = start(self.env, records(count, **values), user)
        self.go_on()
        return run

    def found(self):
        return self.env["wcm.facility"].search([("source_host", "=", HOST)])

    def test_a_short_import_is_done_at_once(self):
        run = start(self.env, records(3))
        self.assertEqual((run.state, run.create_count), ("previewed", 3))
        run.action_apply()
        self.assertEqual((run.state, len(self.found())), ("done", 3))

    def test_a_long_one_goes_on_in_the_background(self):
        run = start(self.env, records(ROWS))
        self.assertEqual((run.state, run.progress_done, run.progress_total), ("reading", 0, ROWS))
        self.assertTrue(
            self.env["ir.cron.trigger"].search([("cron_id", "=", self.env.ref("wcm_mapping.cron_import").id)])
        )
        self.go_on()
        self.assertEqual((run.state, run.create_count), ("previewed", ROWS))
        run.action_apply()
        self.assertEqual((run.state, len(self.found())), ("applying", 0))
        self.go_on()
        self.assertEqual((run.state, len(self.found()), run.problem), ("done", ROWS, False))

    def test_where_no_scheduler_runs_somebody_waits(self):
        config["max_cron_threads"] = 0
        self.assertEqual(start(self.env, records(ROWS)).state, "previewed")

    def test_progress_is_counted_in_rows(self):
        run = self.previewed()
        run.action_apply()
        steps = run._steps()
        next(steps)
        run.invalidate_recordset()
        self.assertEqual((run.progress_done, run.progress_total), (250, ROWS))

    def test_pressing_twice_imports_once(self):
        run = self.previewed()
        run.action_apply()
        run.with_user(self.manager).action_apply()
        self.go_on()
        run.action_apply()
        self.assertEqual((run.state, len(self.found())), ("done", ROWS))

    def test_what_is_under_way_is_not_previewed_again(self):
        run = self.previewed()
        run.action_apply()
        with self.assertRaisesRegex(UserError, "under way"):
            run.action_preview()
        with self.assertRaisesRegex(UserError, "under way"):
            run.source_host = "elsewhere.example"

    def test_a_stop_keeps_what_is_written_and_import_goes_on_from_there(self):
        run = self.previewed()
        run.action_apply()
        next(run._steps())
        run.action_stop()
        self.go_on()
        self.assertEqual((run.state, len(self.found())), ("previewed", 250))
        self.assertIn("after 250 of 501 rows", run.problem)
        run.action_apply()
        self.go_on()
        self.assertEqual((run.state, len(self.found()), run.problem), ("done", ROWS, False))

    def test_reading_that_is_stopped_begins_again(self):
        run = start(self.env, records(ROWS))
        run.action_stop()
        self.go_on()
        self.assertEqual(run.state, "draft")
        run.action_preview()
        self.go_on()
        self.assertEqual(len(run.line_ids), ROWS)

    def test_repeats_are_found_also_when_reading_was_interrupted(self):
        run = start(self.env, [*records(ROWS), *records(1)])
        next(run._steps())
        self.go_on()
        self.assertEqual((run.create_count, run.same_count, len(run.line_ids)), (ROWS, 1, ROWS + 1))

    def test_a_long_file_that_cannot_be_read_says_why(self):
        content = base64.b64encode(b"[" + b" " * 4_000_000)
        run = self.env["wcm.facility.import"].create({"kind": "okw", "file": content, "source_host": HOST})
        run.action_preview()
        self.go_on()
        self.assertEqual(run.state, "draft")
        self.assertIn("not valid JSON", run.problem)

    def test_the_background_has_the_rights_of_who_pressed(self):
        run = self.previewed(user=self.coordinator)
        run.with_user(self.coordinator).action_apply()
        self.bristol.coordinator_ids = False
        self.go_on()
        self.assertEqual((run.state, len(self.found())), ("previewed", 0))
        self.assertIn("not yours", run.problem)

    def test_nobody_sends_what_only_an_import_writes(self):
        run = start(self.env, records(1), self.coordinator)
        for values in ({"state": "applying"}, {"worker_id": self.manager.id}, {"row_count": 1}, {"problem": "x"}):
            with self.assertRaises(AccessError):
                run.write(values)
        for values in ({"values": {"name": "Mine"}}, {"outcome": "update"}, {"facility_id": self.far_workshop.id}):
            with self.assertRaises(AccessError):
                run.line_ids.write(values)
        with self.assertRaises(AccessError):
            run.line_ids.create({"import_id": run.id, "outcome": "create"})

    def test_strangers_stop_nothing(self):
        run = start(self.env, records(ROWS), self.coordinator)
        for user in (self.outsider, self.user("other_coordinator", "wcm_mapping.group_mapping_user")):
            for press in ("action_stop", "action_apply", "action_preview"):
                with self.assertRaises(AccessError):
                    getattr(run.with_user(user), press)()
        self.assertEqual(run.state, "reading")


@tagged("post_install", "-at_install")
class TestImportKilled(BaseCase):
    """The server is killed in the middle, truly: another process, and what it had committed."""

    COUNT = 2_000

    def setUp(self):
        super().setUp()
        self.enterContext(scheduler())
        self.addCleanup(self.tidy)

    @contextmanager
    def env(self):
        with Registry(get_db_name()).cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})

    def tidy(self):
        with self.env() as env:
            env["wcm.facility"].search([("source_host", "=", HOST)]).unlink()
            env["wcm.facility.import"].search([("source_host", "=", HOST)]).unlink()
            env["ir.cron.trigger"].search([("cron_id", "=", env.ref("wcm_mapping.cron_import").id)]).unlink()

    def kill_server_when(self, begun):
        """Start another Odoo on the same database that goes on with imports; end it as soon as `begun(env)`."""
        command = [sys.executable, "-m", "odoo", "shell", "-d", get_db_name(), "-c", config["config"], "--no-http"]
        server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        server.stdin.write(WORK.encode())
        server.stdin.close()
        until = time.monotonic() + 60
        while time.monotonic() < until and server.poll() is None:
            with self.env() as env:
                if begun(env):
                    break
            time.sleep(0.02)
        server.send_signal(signal.SIGKILL)
        server.wait()

    def lines(self, env):
        return env["wcm.facility.import.line"].search_count([("import_id.source_host", "=", HOST)])

    def spaces(self, env):
        return env["wcm.facility"].search_count([("source_host", "=", HOST)])

    def resume(self):
        with self.env() as env:
            env["wcm.facility.import"]._cron_go_on()

    def test_nothing_is_doubled_and_nothing_lost(self):
        with self.env() as env:
            start(env, records(self.COUNT))
        self.kill_server_when(self.lines)
        with self.env() as env:
            self.assertTrue(0 < self.lines(env) < self.COUNT, self.lines(env))
        self.resume()
        with self.env() as env:
            run = env["wcm.facility.import"].search([("source_host", "=", HOST)])
            self.assertEqual((run.state, run.create_count, self.lines(env)), ("previewed", self.COUNT, self.COUNT))
            self.assertEqual(len(set(run.line_ids.mapped("row_number"))), self.COUNT)
            run.action_apply()
        self.kill_server_when(self.spaces)
        with self.env() as env:
            self.assertTrue(0 < self.spaces(env) < self.COUNT, self.spaces(env))
        self.resume()
        with self.env() as env:
            run = env["wcm.facility.import"].search([("source_host", "=", HOST)])
            self.assertEqual((run.state, self.spaces(env)), ("done", self.COUNT))
            self.assertFalse(run.line_ids.filtered(lambda line: not line.is_applied or not line.facility_id))
