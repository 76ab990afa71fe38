from odoo.tests import tagged

from .common import PHONE, StoryCase


@tagged("post_install", "-at_install")
class TestPublicPartPage(StoryCase):
    def setUp(self):
        super().setUp()
        self.part = self.released_order(1).part_ids

    def test_the_page_behind_a_label_opens_without_a_login(self):
        with self.browser_page(size=PHONE) as page:
            page.goto(f"/part/{self.part.code}")
            page.get_by_role("heading", name="Test wall block").wait_for()
            page.get_by_text(self.part.name).wait_for()
            self.picture(page, "part")
            self.assert_private(page)

    def test_an_unknown_code_gets_a_friendly_page(self):
        with self.browser_page(size=PHONE) as page:
            answer = page.goto("/part/NOSUCHCODE")
            self.assertEqual(answer.status, 404)
            page.get_by_role("heading", name="No such part").wait_for()
            page.get_by_text("Scan the label again").wait_for()
            self.picture(page, "no-such-part")
            self.forgive("404 (NOT FOUND)")

    def assert_private(self, page):
        """Neither price nor person, nor a maker who is not on the public map."""
        text = page.locator("body").inner_text()
        for word in ("Alder", "Person", "50"):
            self.assertNotIn(word, text)
