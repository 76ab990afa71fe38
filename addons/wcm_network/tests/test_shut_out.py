import json

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from odoo.addons.bus.websocket import check_session
from odoo.addons.wcm_mapping.tests.common import photo_of

from .common import BRISTOL, NetworkCase

RULES = "odoo.addons.base.models.ir_rule"


@tagged("post_install", "-at_install")
class TestShutOut(NetworkCase, HttpCase):
    """A member is suspended while its people work."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alder_user.password = "alder-password"
        cls.order = cls.make_order(cls.alder, cls.block_line, 3, state="in_production")
        cls.file = cls.env["ir.attachment"].create({"name": "a.jpg", "raw": photo_of("nobody"), "res_model": "wcm.work.order", "res_id": cls.order.id})

    def log_in(self):
        return self.authenticate(self.alder_user.login, "alder-password")

    def call(self, model, method, *args):
        return self.make_jsonrpc_request(f"/web/dataset/call_kw/{model}/{method}", {"model": model, "method": method, "args": list(args), "kwargs": {}})

    def names(self):
        return [row["name"] for row in self.call("wcm.work.order", "search_read", [], ["name"])]

    def suspend(self):
        self.alder.with_user(self.coordinator).action_suspend("Insurance ran out")
        self.env.flush_all()

    @mute_logger("odoo.http")
    def test_a_session_that_is_open_ends_at_once(self):
        session = self.log_in()
        self.assertEqual(self.names(), [self.order.name])
        copy = f"/network/terms/{self.alder.acceptance_ids.id}/copy.pdf"
        self.assertEqual(self.url_open(copy).headers["Content-Type"], "application/pdf")
        self.assertTrue(check_session(session, self.env["base"].env), "the websocket asks the same")
        self.suspend()
        with self.assertRaisesRegex(JsonRpcException, "Session"):
            self.names()
        self.assertFalse(check_session(session, self.env["base"].env))
        self.assertIn("/web/login", self.url_open(copy, allow_redirects=False).headers["Location"])

    @mute_logger("odoo.http", RULES)
    def test_a_new_session_opens_nothing_and_says_why(self):
        self.suspend()
        self.log_in()
        page = self.url_open("/workshop")
        self.assertEqual(page.status_code, 403)
        for words in ("Your access has stopped", "Insurance ran out", "prints your statements"):
            self.assertIn(words, page.text)
        self.assertEqual(self.names(), [])
        for model, method, *args in (
            ("wcm.work.order", "read", self.order.ids, ["name"]), ("wcm.work.order", "action_pause", self.order.ids, "x"),
            ("wcm.membership", "read", self.alder.ids, ["name"]), ("wcm.membership", "action_accept_terms", self.alder.ids),
            ("wcm.membership", "action_add_person", self.alder.ids, "Eve"), ("wcm.membership", "workshop_statements"),
            ("wcm.facility", "read", self.alder.facility_id.ids, ["name"]), ("wcm.member.person", "action_set_pin", self.alder.person_ids.ids, "1234"),
        ):
            with self.subTest(method=method), self.assertRaisesRegex(JsonRpcException, "Error"):
                self.call(model, method, *args)
        for address in (f"/web/content/{self.file.id}", f"/network/terms/{self.alder.acceptance_ids.id}/copy.pdf", f"/network/work-order/{self.order.id}/drawings.zip"):
            self.assertEqual(self.url_open(address).status_code, 404, address)
        self.assertIn("Send in a certificate", self.url_open("/my/spaces").text, "by which a renewed insurance comes in")

    @mute_logger("odoo.http")
    def test_what_the_shop_floor_app_kept_is_not_taken_any_more(self):
        self.alder.person_ids.pin = "4711"
        self.suspend()
        self.log_in()
        action = {"key": "k" * 32, "name": "pause", "order": self.order.id, "reason": "Lunch"}
        for path, params in (("/bench/sync", {"actions": [action]}), ("/bench/unlock", {"person": self.alder.person_ids.id, "pin": "4711"})):
            with self.assertRaisesRegex(JsonRpcException, "UserError"):
                self.make_jsonrpc_request(path, params)
        self.assertFalse(self.order.is_paused or self.env["wcm.bench.action"].search([("user_id", "=", self.alder_user.id)]))

    def test_bills_are_shut_too_and_open_again_on_return(self):
        bill = self.env["account.move"].create({"move_type": "in_invoice", "partner_id": self.alder.partner_id.id, "invoice_date": "2026-05-01"})
        bill.message_subscribe(self.alder_user.partner_id.ids)
        seen = self.env["account.move"].with_user(self.alder_user)
        before = seen.search([("id", "=", bill.id)])
        self.suspend()
        self.assertFalse(seen.search([("id", "=", bill.id)]))
        self.alder.with_user(self.coordinator).action_resume()
        self.assertEqual(seen.search([("id", "=", bill.id)]), before)

    def test_on_return_all_is_as_it_was(self):
        self.suspend()
        self.alder.with_user(self.coordinator).action_resume()
        self.log_in()
        self.assertEqual(self.names(), [self.order.name])
        self.assertEqual(self.url_open("/workshop").status_code, 200)

    @mute_logger(RULES)
    def test_of_two_spaces_only_the_suspended_one_is_shut(self):
        annex = self.make_facility("Alder Annex", self.bristol, "community_business", BRISTOL)
        annex.operator_id = self.alder.partner_id
        second = self.env["wcm.membership"].create({"facility_id": annex.id})
        second._create_portal_user(self.alder_user.login, "Alder")
        second.action_accept_terms(on_behalf=True, signed_by="Al")
        second.action_review()
        second.action_admit()
        other = self.make_order(second, self.beam_line, 1, state="in_production")
        self.suspend()
        self.log_in()
        self.assertEqual(self.names(), [other.name])
        self.assertEqual(self.url_open("/workshop").status_code, 200)
        with self.assertRaises(AccessError):
            self.order.with_user(self.alder_user).action_pause("x")
        headers = self.call("wcm.membership", "workshop_summary")["memberships"]
        self.assertEqual({row["name"]: bool(row["notice"]) for row in headers}, {"Alder Works": True, "Alder Annex": False})

    @mute_logger("odoo.http", RULES)
    def test_a_key_for_programs_opens_nothing_either(self):
        key = self.env["res.users.apikeys"].with_user(self.alder_user).sudo()._generate("rpc", "t", None)
        ask = {"ids": self.order.ids, "fields": ["name"]}
        headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
        answers = []
        for step in (lambda: None, self.suspend):
            step()
            answers.append(self.url_open("/json/2/wcm.work.order/read", data=json.dumps(ask), headers=headers).status_code)
        self.assertEqual(answers, [200, 403])
