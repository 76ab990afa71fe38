from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from odoo.tests import tagged

from .common import DESKTOP, PHONE, StoryCase


@tagged("post_install", "-at_install")
class TestOutcomePage(StoryCase):
    """Anybody reads what came of the work, also inside somebody's own page and without JavaScript."""

    def setUp(self):
        super().setUp()
        self.env["wcm.indicator"].search([("code", "in", ("members", "spend_received"))]).is_public = True
        self.make_member("Cedar Yard", self.bristol, "charity", {"latitude": 51.45, "longitude": -2.58})
        self.env.registry.clear_cache()

    def test_figures_have_a_meaning_a_day_and_a_region(self):
        for size in (DESKTOP, PHONE):
            with self.subTest(width=size["width"]), self.browser_page(size=size) as page:
                page.goto("/spaces")
                page.get_by_role("link", name="What came of it").click()
                members = page.get_by_role("region", name="Members", exact=True)
                members.get_by_text("3 members").wait_for()
                spend = page.get_by_role("region", name="Spend on members' work, received")
                spend.get_by_text("Not shown yet: it takes three members").wait_for()
                members.get_by_text("What it means").click()
                self.picture(page, "outcome-page", full=True)
                self.assert_accessible(page)
                self.assertLessEqual(page.locator("body").evaluate("el => el.scrollWidth"), size["width"])
                page.get_by_label("Region", exact=True).select_option(label="Test Cumbria")
                page.get_by_role("button", name="Show").click()
                page.get_by_text("Test Cumbria, counted on").wait_for()
                members.get_by_text("Not shown yet").wait_for()

    def test_a_page_elsewhere_frames_the_small_one_only(self):
        with self.browser_page(size=PHONE) as page:
            page.goto("/outcomes/embed")
            page.get_by_role("heading", name="Members", exact=True).wait_for()
            self.picture(page, "outcome-embed", full=True)
            self.assert_accessible(page)
            self.assertEqual(page.context.cookies(), [])
            frames = "".join(f'<iframe title="{name}" src="{self.base_url()}{path}"></iframe>' for name, path in (("in", "/outcomes/embed"), ("out", "/outcomes")))
            page.goto(self.enterContext(_elsewhere(frames)))
            page.frame_locator("[title=in]").get_by_role("heading", name="Members", exact=True).wait_for()
            self.assertFalse(page.frame_locator("[title=out]").get_by_role("heading", name="Members", exact=True).count())
            self.complaints[:] = [words for words in self.complaints if "frame-ancestors" not in words and "X-Frame-Options" not in words]

    def test_without_javascript_it_says_the_same(self):
        with self.browser_page() as page:
            plain = page.context.browser.new_context(java_script_enabled=False, base_url=self.base_url()).new_page()
            plain.goto("/outcomes?region=t_bristol")
            plain.get_by_text("Test Bristol, counted on").wait_for()
            plain.get_by_role("button", name="Show").click()
            plain.get_by_text("Test Bristol, counted on").wait_for()
            plain.context.close()


@contextmanager
def _elsewhere(body):
    """The address of a page that somebody else serves."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_words):
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}/"
        server.shutdown()
