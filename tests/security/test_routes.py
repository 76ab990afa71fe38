"""Every address that our addons answer at, written down: routes.csv beside this file.

One line per address and methods: type, auth and csrf as they are, who may call it, and why it may be as open as it is.
A new or changed route fails until its line is right:

    WCM_WRITE_ACCESS_TABLE=1 scripts/devtest NAME wcm_mapping,wcm_network,wcm_qc tests/security/test_routes.py --odoo-http

Each is then asked as a stranger, as an operator and as a member, for what belongs to Birch, for what does not exist and
with what no browser sends: no answer breaks, tells of Birch or writes.
"""

import csv
import inspect
import os
import re
from pathlib import Path
from urllib.parse import quote, urlencode

from odoo import http
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PRIVATE, ForeignCase

TABLE = Path(__file__).with_name("routes.csv")
OURS = "odoo.addons.wcm_"
TOLD = ("type", "auth", "csrf")
ADVICE = """
%s
Who may call it, and why is that enough? Say so in routes.csv (see the top of this file).
"""
# Whose number a name in an address stands for.
MODELS = {
    "acceptance_id": "wcm.terms.acceptance", "audit_id": "wcm.audit", "certificate_id": "wcm.certificate", "build_id": "wcm.build", "build_report_id": "wcm.build.report", "compare_id": "wcm.plan.compare", "document_id": "wcm.application.document", "drawing_id": "ir.attachment", "equipment_id": "maintenance.equipment", "facility_id": "wcm.facility",
    "finding_id": "wcm.audit.finding", "grant_id": "wcm.grant", "lesson_id": "wcm.lesson", "machine_id": "maintenance.equipment", "membership_id": "wcm.membership", "order_id": "wcm.work.order", "part_id": "wcm.part", "recall_id": "wcm.recall",
    "report_id": "wcm.grant.report", "request_id": "wcm.person.request", "shipment_id": "wcm.shipment",
}  # fmt: skip
NUMBERS = {"unknown": str(2**31 - 1), "huge": str(10**30), "wrong": "x", "negative": "-1"}
WORDS = {"unknown": quote("\x00"), "huge": "x" * 3000, "wrong": "x", "negative": "%FF" + quote("' OR 1=1 --")}
VALUES = ("\x00", "9" * 40, "-1", "nan", "x" * 3000)
QUESTIONS = {"q", "known", "region", "process", "page", "offset", "limit", "dialect", "space", "done", "machine"}
SENT = {
    "kind_id", "organisation", "wants", "hours", "name", "email", "reason", "remark", "process_id", "machine_model_id", "material_ids", "quantity", "tolerance_mm", "visibility", "website",
    "zip", "kind", "issued_on", "expires_on", "number", "note", "back", "consent", "suggester_name", "suggester_email", "description",
    "published_precision", "publish_kit", "machine_count", "share_offered", "closed_note", "action_taken",
}  # fmt: skip


@tagged("post_install", "-at_install")
class TestRoutes(ForeignCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        modules = sorted(cls.env.registry._init_modules)
        cls.routes = {
            (rule, ",".join(sorted(endpoint.routing["methods"] or ("any",)))): endpoint
            for rule, endpoint in http._generate_routing_rules(modules, False)
            if endpoint.func.__module__.startswith(OURS)
        }

    def setUp(self):
        super().setUp()
        self.problems = []

    def test_every_route_is_in_the_table_as_it_is(self):
        found = {key: self.rights(endpoint) for key, endpoint in self.routes.items()}
        known = self.read()
        if os.environ.get("WCM_WRITE_ACCESS_TABLE"):
            self.write_table(found, known)
            known = self.read()
        problems = [
            *(f"No line: {' '.join(key)}" for key in sorted(found.keys() - known.keys())),
            *(f"Gone: {' '.join(key)}" for key in sorted(known.keys() - found.keys())),
            *(f"Who, and why? {' '.join(key)}" for key in sorted(known) if not (known[key]["who"] and known[key]["why"])),
            *(
                f"Changed: {' '.join(key)}: {known[key]} is {found[key]}"
                for key in sorted(found.keys() & known.keys())
                if any(known[key][name] != found[key][name] for name in TOLD)
            ),
        ]
        self.assertFalse(problems, ADVICE % "\n".join(problems))

    @mute_logger("odoo.http", "odoo.sql_db", "odoo.addons.base.models.ir_rule", "werkzeug")
    def test_strangers_get_an_answer_and_nothing_of_others(self):
        self.authenticate(None, None)
        self.ask_all(lambda endpoint: endpoint.routing["auth"] != "user")
        self.assertEqual(self.problems, [])

    @mute_logger("odoo.http", "odoo.sql_db", "odoo.addons.base.models.ir_rule", "werkzeug")
    def test_strangers_are_asked_to_log_in(self):
        self.authenticate(None, None)
        for (rule, methods), endpoint in self.routes.items():
            if endpoint.routing["auth"] == "user" and "POST" not in methods:
                with self.subTest(route=rule):
                    answer = self.url_open(self.address(rule, "others"), allow_redirects=False)
                    self.assertIn("/web/login", answer.headers["Location"])

    @mute_logger("odoo.http", "odoo.sql_db", "odoo.addons.base.models.ir_rule", "werkzeug")
    def test_operators_get_an_answer_and_nothing_of_others(self):
        self.authenticate("operator_t", "operator_t")
        self.ask_all(lambda endpoint: endpoint.routing["auth"] == "user")
        self.assertEqual(self.problems, [])

    @mute_logger("odoo.http", "odoo.sql_db", "odoo.addons.base.models.ir_rule", "werkzeug")
    def test_operators_break_nothing_of_their_own(self):
        self.authenticate("operator_t", "operator_t")
        for (rule, methods), endpoint in self.routes.items():
            if "facility_id" in rule and endpoint.routing["auth"] == "user":
                self.ask(rule, methods, endpoint, "own")
        self.assertEqual(self.problems, [])

    @mute_logger("odoo.http", "odoo.sql_db", "odoo.addons.base.models.ir_rule", "werkzeug")
    def test_members_get_nothing_of_others(self):
        self.authenticate("alder@example.com", "alder-password")
        for (rule, methods), endpoint in self.routes.items():
            self.ask(rule, methods, endpoint, "others", VALUES[:1])
        self.assertEqual(self.problems, [])

    @mute_logger("odoo.http", "odoo.sql_db", "werkzeug")
    def test_forms_are_refused_without_their_token(self):
        """An address for JSON takes no form at all, and no other site's page may send JSON."""
        self.authenticate("operator_t", "operator_t")
        refusals = {"http": 400, "jsonrpc": 415}
        for (rule, methods), endpoint in self.routes.items():
            if methods == "POST" and endpoint.routing.get("csrf", True):
                with self.subTest(route=rule):
                    self.assertEqual(self.url_open(self.address(rule, "own"), data={"name": "x"}).status_code, refusals[endpoint.routing["type"]])

    def ask_all(self, concerned):
        for (rule, methods), endpoint in self.routes.items():
            if concerned(endpoint):
                self.ask(rule, methods, endpoint, "others")
                for kind in NUMBERS if "<" in rule else ():
                    self.ask(rule, methods, endpoint, kind, ())

    def ask(self, rule, methods, endpoint, kind, values=VALUES):
        """Whole, and with broken values for all that it may read."""
        address, before = self.address(rule, kind), self.writes_to_records()
        for value in ("", *values):
            answer = self.send(address, methods, endpoint, value)
            told = [word for word in PRIVATE if word in answer.text]
            if answer.status_code >= 500 or told:
                self.problems.append(f"{methods} {rule} ({kind}) with {value[:20]!r}: {answer.status_code}, tells {told}")
        if kind != "own" and self.writes_to_records() != before:
            self.problems.append(f"{methods} {rule} ({kind}) writes")

    def send(self, address, methods, endpoint, value):
        if "POST" in methods:
            return self.url_open(address, data={"csrf_token": http.Request.csrf_token(self), **dict.fromkeys(SENT, value)}, allow_redirects=False)
        names = QUESTIONS | set(inspect.signature(endpoint.func).parameters) - {"self", "asked", "_asked", "_sent"} - set(MODELS)
        return self.url_open(address + ("?" + urlencode(dict.fromkeys(sorted(names), value)) if value else ""), allow_redirects=False)

    def address(self, rule, kind):
        return re.sub(r"<(?:(\w+):)?(\w+)>", lambda found: self.segment(found[1], found[2], kind), rule)

    def segment(self, converter, name, kind):
        if converter != "int":
            return WORDS.get(kind, "x")
        self.assertIn(name, MODELS, "Say in MODELS whose number this is.")
        return NUMBERS.get(kind) or str((self.own_records if kind == "own" else self.elsewhere)[MODELS[name]].id)

    @property
    def own_records(self):
        space = self.env["wcm.facility"].search([("operator_user_ids", "in", self.callers["operator"].ids)])
        return {**self.elsewhere, "wcm.facility": space}

    def writes_to_records(self):
        return {table: count for table, count in self.writes().items() if table.startswith(("wcm_", "maintenance_", "mail_message", "ir_attachment"))}

    def rights(self, endpoint):
        routing = endpoint.routing
        return {"type": routing["type"], "auth": routing["auth"], "csrf": str(routing.get("csrf", True))}

    def write_table(self, found, known):
        with TABLE.open("w", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["route", "methods", *TOLD, "who", "why"])
            for key, rights in sorted(found.items()):
                was = known.get(key, {})
                writer.writerow([*key, *rights.values(), was.get("who", ""), was.get("why", "")])

    def read(self):
        if not TABLE.exists():
            return {}
        with TABLE.open(newline="") as file:
            return {(line.pop("route"), line.pop("methods")): line for line in csv.DictReader(file)}
