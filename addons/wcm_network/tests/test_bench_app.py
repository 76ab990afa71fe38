import gzip
import json
import re

from odoo.tests import HttpCase, JsonRpcException, get_db_name, tagged
from odoo.tools import mute_logger

from .test_bench import BenchCase


@tagged("post_install", "-at_install")
class TestBenchSnapshot(BenchCase):
    def snapshot(self, user=None, known=None):
        return self.env["wcm.membership"].with_user(user or self.alder_user)._bench_snapshot(known)

    def test_a_member_takes_its_own_jobs_along(self):
        self.make_released(self.birch, self.block_line, 1)
        taken = self.snapshot()
        self.assertEqual([order["name"] for order in taken["orders"]], [self.order.name])
        self.assertEqual({part["name"] for part in taken["parts"]}, set(self.parts.mapped("name")))
        self.assertEqual(taken["orders"][0]["workshop_sheets"], [{"name": "SH-A", "sheets": 3.0}])
        self.assertEqual([step["minutes"] for step in taken["orders"][0]["steps"]], [40, 45])
        self.assertNotIn("Birch", str(taken))

    def test_more_jobs_take_hardly_more_queries(self):
        counts = []
        for more in (1, 6):
            for _number in range(more):
                self.make_released(self.alder, self.beam_line, 1)
            self.snapshot()  # what is kept in memory for all
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.snapshot()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 3, counts)

    def test_no_price_is_taken_along(self):
        self.assertFalse({name for order in self.snapshot()["orders"] for name in order if "price" in name})

    def test_what_the_app_knows_is_not_sent_again(self):
        taken = self.snapshot()
        self.assertEqual(self.snapshot(known=taken["hash"]), {"hash": taken["hash"]})
        self.order.with_user(self.alder_user).action_start()
        self.assertIn("orders", self.snapshot(known=taken["hash"]))

    def test_a_suspended_member_takes_no_work_along(self):
        self.alder.sudo().state = "suspended"
        taken = self.snapshot()
        self.assertEqual((taken["orders"], taken["parts"], taken["members"]), ([], [], []))


@tagged("post_install", "-at_install")
class TestBenchAddresses(HttpCase, BenchCase):
    def sync(self, login, **params):
        self.authenticate(login, f"{login.split('@')[0]}-password" if "@" in login else login)
        return self.make_jsonrpc_request("/bench/sync", params)

    def test_a_lost_answer_is_asked_for_again_and_does_no_harm(self):
        start = self.told("start", order=self.order.id)
        answers = [self.sync("alder@example.com", actions=[start])["answers"] for _again in range(2)]
        self.assertEqual(answers[0], answers[1])
        self.assertEqual((answers[0][0]["state"], self.order.state), ("done", "in_production"))

    def test_work_kept_for_another_login_is_not_done(self):
        answer = self.sync("birch@example.com", user=self.alder_user.id, actions=[self.told("start", order=self.order.id)])
        self.assertEqual(answer, {"user": self.birch_user.id})
        self.assertEqual(self.order.state, "released")

    @mute_logger("odoo.http")
    def test_others_have_no_bench(self):
        self.make_user("portal_p", "base.group_portal", password="portal_p")
        self.make_user("employee_e", "base.group_user", password="employee_e")
        for login in ("portal_p", "employee_e"):
            with self.subTest(login=login), self.assertRaisesRegex(JsonRpcException, "UserError"):
                self.sync(login)

    def test_logging_out_takes_the_name_away(self):
        self.sync("alder@example.com")
        self.assertEqual(self.opener.cookies["wcm_bench_user"], str(self.alder_user.id))
        self.url_open("/web/session/logout")
        self.assertNotIn("wcm_bench_user", self.opener.cookies)

    def test_another_login_takes_the_name_over_where_nobody_logged_out(self):
        self.sync("alder@example.com")
        self.opener.cookies.pop("session_id")  # it ran out
        login = {"db": get_db_name(), "login": "birch@example.com", "password": "birch-password"}
        self.make_jsonrpc_request("/web/session/authenticate", login)
        self.assertEqual(self.opener.cookies["wcm_bench_user"], str(self.birch_user.id))

    def test_a_drawing_is_shown_to_its_member_only(self):
        drawing = self.env["ir.attachment"].create({"name": "p.svg", "raw": b"<svg xmlns='http://www.w3.org/2000/svg'/>", "mimetype": "image/svg+xml"})
        self.order.sudo().drawing_ids = drawing
        address = f"/network/work-order/{self.order.id}/drawing"
        self.authenticate("alder@example.com", "alder-password")
        shown = self.url_open(f"{address}/{drawing.id}")
        self.assertEqual(shown.status_code, 200)
        self.assertIn("sandbox", shown.headers["Content-Security-Policy"])
        self.assertEqual(self.url_open(f"{address}/{drawing.id}", headers={"If-None-Match": shown.headers["ETag"]}).status_code, 304)
        other = self.env["ir.attachment"].create({"name": "secret.png", "raw": b"x", "mimetype": "image/png"})
        self.assertEqual(self.url_open(f"{address}/{other.id}").status_code, 404)
        self.authenticate("birch@example.com", "birch-password")
        self.assertEqual(self.url_open(f"{address}/{drawing.id}").status_code, 404)
        self.assertEqual([(taken.create_uid, taken.files[64:]) for taken in self.order.download_ids], [(self.alder_user, "  p.svg")])

    def test_the_app_is_a_page_without_data_and_its_worker_names_the_files(self):
        self.authenticate("alder@example.com", "alder-password")
        page = self.url_open("/bench")
        self.assertEqual((page.status_code, page.url.rpartition("/bench")[2]), (200, "/"))
        for word in ("Alder", self.order.name, self.parts[0].name):
            self.assertNotIn(word, page.text)
        worker = self.url_open("/bench/sw.js")
        self.assertEqual(worker.headers["Content-Type"], "text/javascript; charset=utf-8")
        files = json.loads(re.search(r"FILES = (\[.*?\]);", worker.text)[1])
        for file in files:
            with self.subTest(file=file):
                self.assertEqual(self.url_open(file).status_code, 200)

    def test_the_app_is_light(self):
        self.authenticate("alder@example.com", "alder-password")
        files = re.findall(r'(?:src|href)="(/web/assets/[^"]+)"', self.url_open("/bench").text)
        self.assertEqual(len(files), 2)
        self.assertLess(sum(len(gzip.compress(self.url_open(file).content)) for file in files), 60_000)

    def test_others_are_told_whose_page_it_is(self):
        self.make_user("employee_e", "base.group_user", password="employee_e")
        self.authenticate("employee_e", "employee_e")
        self.assertEqual(self.url_open("/bench").status_code, 403)
