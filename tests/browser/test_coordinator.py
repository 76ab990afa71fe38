from odoo.tests import new_test_user, tagged

from .common import DESKTOP, PHONE, BrowserCase


@tagged("post_install", "-at_install")
class TestCoordinatorPath(BrowserCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = new_test_user(cls.env, "browser_manager", "wcm_network.group_manager")
        cls.env["wcm.facility"].create([
            {"name": f"Space {number}", "latitude": 51.4 + number / 10, "longitude": -2.6, "city": "Bristol"} for number in range(5)
        ])

    def test_the_spaces_open_on_a_desktop_and_a_phone(self):
        for size in (DESKTOP, PHONE):
            with self.subTest(size=size), self.browser_page("browser_manager", size) as page:
                page.goto("/odoo/action-wcm_mapping.action_facility")
                page.get_by_text("Space 3").first.wait_for()
