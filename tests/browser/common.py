"""A person at a screen: Odoo served to Chromium, driven by Playwright.

Odoo's own tours run inside one page and cannot print, download or see a member
and a coordinator at once; Playwright can. The server answers inside the test's
own transaction, as for every HttpCase.
"""

import resource
import shutil
from contextlib import contextmanager

from playwright.sync_api import sync_playwright

from odoo.tests import HttpCase

DESKTOP = {"width": 1366, "height": 800}
PHONE = {"width": 390, "height": 844}
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)


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

    @contextmanager
    def browser_page(self, login, size=DESKTOP):
        """A logged-in page; its console must stay free of errors."""
        self.env.flush_all()
        with self.allow_requests(all_requests=True), sync_playwright() as play:
            chromium = play.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
            context = chromium.new_context(viewport=size, has_touch=size is PHONE, is_mobile=size is PHONE, base_url=self.base_url())
            page = context.new_page()
            page.set_default_timeout(30_000)
            self._log_in(page, login)
            self._listen(page)
            yield page
            page.goto("about:blank")
            context.close()
            chromium.close()
        self.env.invalidate_all()
        self.assertEqual(self.complaints, [])

    def _log_in(self, page, login):
        page.goto("/web/login")
        page.fill("input[name=login]", login)
        page.fill("input[name=password]", login)
        page.click("form.oe_login_form button[type=submit]")
        page.wait_for_url(lambda address: "/web/login" not in address)

    def _listen(self, page):
        page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
