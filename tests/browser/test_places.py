from odoo.tests import new_test_user, tagged

from .common import DESKTOP, PHONE, BrowserCase

BRISTOL = {"latitude": 51.45, "longitude": -2.59, "location_precision": "exact"}


@tagged("post_install", "-at_install")
class TestPlaces(BrowserCase):
    """A coordinator puts places right and draws the region, at a desk and on a phone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = new_test_user(cls.env, "places_t", groups="wcm_mapping.group_mapping_user,base.group_user")
        cls.user.password = "places_t"
        cls.region = cls.env.ref("wcm_mapping.region_bristol")
        cls.env["wcm.facility"].search([]).region_id = cls.env.ref("wcm_mapping.region_dorset")
        cls.region.coordinator_ids = cls.user
        cls.mill = cls.make("Alder Mill", latitude=-2.59, longitude=51.45, zip="BS4 1NN")
        cls.shed = cls.make("Birch Shed")

    @classmethod
    def make(cls, name, **values):
        return cls.env["wcm.facility"].create({"name": name, "region_id": cls.region.id, **BRISTOL, **values})

    def test_a_wrong_place_is_put_right_and_taken_back(self):
        for size in (DESKTOP, PHONE):
            with self.subTest(size=size):
                with self.browser_page("places_t", size) as page:
                    self.swap(page, size)
                self.assertEqual((self.mill.latitude, self.mill.location_issue), (51.45, False))
                with self.browser_page("places_t", size) as page:
                    page.goto("/odoo/place-repairs")
                    page.get_by_role("button", name="Undo").last.click()
                    page.get_by_text("1 taken back").wait_for()
                self.assertEqual(self.mill.location_issue, "swapped")

    def swap(self, page, size):
        page.goto("/odoo/places-to-fix")
        page.get_by_text("Alder Mill").wait_for()
        self.picture(page, "to-fix")
        if size is DESKTOP:
            page.locator(".o_menu_sections").get_by_text("Listings").click()
            page.get_by_role("menuitem", name="To Fix (1)").wait_for()
            page.keyboard.press("Escape")
        page.get_by_role("button", name="Swap").last.click()
        page.get_by_text("1 put right").wait_for()
        self.picture(page, "put-right")

    def test_a_pin_is_moved_undone_and_moved_again(self):
        for size in (DESKTOP, PHONE):
            with self.subTest(size=size):
                self.shed.write(BRISTOL)
                with self.browser_page("places_t", size) as page:
                    self.move_pin(page)
                self.assertNotEqual(self.shed.longitude, -2.59)
                self.assertEqual((self.shed.location_precision, self.shed.placed_by_id), ("manual", self.user))

    def move_pin(self, page):
        page.goto(f"/odoo/production-spaces/{self.shed.id}")
        page.get_by_role("tab", name="Place and Contact").click()
        page.get_by_role("button", name="Move the pin").click()
        precision = page.locator("[name=location_precision]")
        pin = page.get_by_role("button", name="Pin: move it")
        pin.press("ArrowRight")
        precision.get_by_text("set by hand").wait_for()
        page.get_by_role("button", name="Undo the move").click()
        precision.get_by_text("Exact", exact=True).wait_for()
        pin.press("Shift+ArrowUp")
        precision.get_by_text("set by hand").wait_for()
        self.drag(page, pin)
        self.picture(page, "pin")
        page.locator(".o_form_button_save").click()
        page.locator(".o_form_button_save").wait_for(state="hidden")

    def drag(self, page, pin):
        longitude = page.locator("[name=longitude] input")
        before, box = longitude.input_value(), pin.bounding_box()
        page.mouse.move(box["x"] + 11, box["y"] + 11)
        page.mouse.down()
        page.mouse.move(box["x"] + 51, box["y"] + 21, steps=4)
        page.mouse.up()
        page.wait_for_function("([el, text]) => el.value !== text", arg=[longitude.element_handle(), before])

    def test_an_outline_is_drawn_undone_and_kept(self):
        for size in (DESKTOP, PHONE):
            with self.subTest(size=size), self.browser_page("places_t", size) as page:
                self.draw(page)
        self.assertEqual(self.region.boundary.count("],["), 3)
        self.assertGreater(self.region.area_km2, 10)

    def draw(self, page):
        page.goto(f"/odoo/production-regions/{self.region.id}")
        page.get_by_role("button", name="Draw it anew").click()
        area = page.get_by_role("application")
        box = area.bounding_box()
        for across, down in ((0.3, 0.3), (0.7, 0.3), (0.7, 0.7), (0.1, 0.1)):
            area.click(position={"x": box["width"] * across, "y": box["height"] * down})
        page.get_by_role("button", name="Undo").click()
        page.get_by_role("button", name="Corner 3").wait_for()
        self.picture(page, "outline")
        page.get_by_role("button", name="Done").click()
        page.get_by_text("Outline with 3 corners").wait_for()
        page.locator(".o_form_button_save").click()
        page.locator(".o_form_button_save").wait_for(state="hidden")
