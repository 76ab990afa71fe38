"""A person at a screen: Odoo served to Chromium, driven by Playwright.

Odoo's own tours run inside one page and cannot print, download or see a member
and a coordinator at once; Playwright can. The server answers inside the test's
own transaction, as for every HttpCase: use the ORM before or after a page is
open, not while it is.
"""

import os
import resource
import shutil
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from odoo import Command
from odoo.tests import HttpCase

from odoo.addons.wcm_network.tests.common import NetworkCase

DESKTOP = {"width": 1366, "height": 800}
PHONE = {"width": 390, "height": 844}
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
AXE = Path(__file__).with_name("lib") / "axe" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# With this variable set to a folder, `self.picture(page, name)` leaves a picture there.
PICTURES = os.environ.get("WCM_PICTURES")
PATIENCE_MS = 60_000  # two runs of tests share the machine: a slow page is not a wrong one
expect.set_options(timeout=PATIENCE_MS)


class BrowserCase(HttpCase):
    """Every page must end without an error on its console."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Odoo caps the address space of its own process; Chromium, a child of it, needs more.
        _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (hard, hard))

    def setUp(self):
        super().setUp()
        self.complaints = []
        self.refusals = []

    @contextmanager
    def browser_page(self, login=None, size=DESKTOP):
        """A page, logged in where a login is given; its console must stay free of errors."""
        # Odoo's robot would open its chat over the page, on a phone over all of it.
        self.env["res.users"].search([("login", "=", login)]).odoobot_state = "disabled"
        self.env.flush_all()
        with self.allow_requests(all_requests=True), sync_playwright() as play:
            chromium = play.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
            phone = size is PHONE
            context = chromium.new_context(viewport=size, has_touch=phone, is_mobile=phone, base_url=self.base_url())
            page = context.new_page()
            page.set_default_timeout(PATIENCE_MS)
            if login:
                self._log_in(page, login)
            self._listen(page)
            with self._picture_of_failure(page):
                yield page
            page.goto("about:blank")
            context.close()
            chromium.close()
            # What the page has asked for in the background, such as labels, is answered before the test's transaction ends.
            self._wait_remaining_requests()
        self.env.invalidate_all()
        self.assertEqual(self.complaints, [], f"the server refused, or answered with a page: {self.refusals}")

    def _log_in(self, page, login):
        page.goto("/web/login")
        page.fill("input[name=login]", login)
        page.fill("input[name=password]", login)
        page.click("form.oe_login_form button[type=submit]")
        page.wait_for_url(lambda address: "/web/login" not in address)

    def _listen(self, page):
        page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("response", self._note_refusal)

    def _note_refusal(self, response):
        """What explains a complaint of the browser: its own words name no address."""
        kind = response.headers.get("content-type", "")
        if response.status >= 400 or (response.request.resource_type == "script" and "html" in kind):
            self.refusals.append(f"{response.status} {response.url}")

    def forgive(self, words):
        """One complaint of the browser that belongs to what is shown, such as the status of a page that says 404."""
        [complaint] = self.complaints
        self.assertIn(words, complaint)
        self.complaints.clear()

    def assert_accessible(self, page, within=None, name=""):
        """axe has nothing to complain of, on the page or within a selector.

        :return: what axe found, with what it looked at and passed
        """
        found = self.axe(page, within)
        self.assertEqual([(v["id"], [n["html"] for n in v["nodes"]]) for v in found["violations"]], [], name)
        return found

    def axe(self, page, within=None, without=()):
        """What axe finds on the page, or within a selector, once Odoo has loaded what it shows.

        :param without: selectors of what is left out; Odoo's own sign that it is loading, outside every region, always is
        """
        page.wait_for_load_state()  # between two pages there is nothing to look at
        page.wait_for_function("!document.querySelector('.o_loading_indicator')")
        # It may come again at any time, and axe would complain of what it is in, excluded or not.
        page.add_style_tag(content=".o_loading_indicator { display: none !important }")
        page.add_script_tag(path=AXE)
        context = {"exclude": list(without), **({"include": [within]} if within else {})}
        return page.evaluate("([context, rules]) => axe.run(context, {runOnly: rules})", [context, RULES])

    @contextmanager
    def _picture_of_failure(self, page):
        try:
            yield
        except BaseException:
            self.picture(page, f"failed-{self._testMethodName}")
            raise

    def picture(self, page, name, full=False):
        """For a person to look at, only when asked for."""
        if PICTURES:
            page.screenshot(path=f"{PICTURES}/{name}-{page.viewport_size['width']}.png", full_page=full)


class StoryCase(BrowserCase, NetworkCase):
    """The world of NetworkCase with a login for everybody (password = login).

    `alder_user` and `colleague` work at Alder Works; `cedar` only assembles, far from both.
    A wall block has a hold point: its thickness, a photo and a look.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = cls.alder._create_portal_user("colleague@example.com", "Colleague")
        for user in cls.alder_user | cls.birch_user | cls.colleague | cls.coordinator | cls.manager:
            user.password = user.login
        cls.cedar = cls.make_facility("Cedar Assembly", cls.bristol, "charity", {"latitude": 52.63, "longitude": 1.3})
        cls.cedar.capability_ids.filtered(lambda capability: capability.process_id == cls.routing).unlink()
        cls.birch.facility_id.visibility = "network"
        cls.make_control_plan()

    @classmethod
    def make_control_plan(cls):
        plan = cls.env["wcm.control.plan"].create({
            "name": "Wall block",
            "product_ids": cls.block.ids,
            "checkpoint_ids": [
                Command.create({"name": "Thickness", "kind": "measurement", "nominal": 18, "tolerance_minus": 0.5, "tolerance_plus": 0.5, "point_type": "hold", "sequence": 1}),
                Command.create({"name": "Photo of the face", "kind": "photo", "sequence": 2}),
                Command.create({"name": "Edges clean", "kind": "pass_fail", "sequence": 3}),
            ],
        })
        plan.action_approve()

    def released_order(self, quantity):
        """Accepted and released wall blocks at Alder Works, with sheets of lot PLY-A to cut."""
        order = self.make_order(self.alder, self.block_line, quantity, state="offered")
        order.with_user(self.alder_user).action_accept()
        order.with_user(self.coordinator).action_release()
        lot = self.env["stock.lot"].create({"name": "PLY-A", "product_id": self.sheet.id})
        self.env["stock.quant"]._update_available_quantity(self.sheet, self.alder.subcontract_location_id, 20, lot_id=lot)
        return order
