from odoo.tests import tagged

from .common import DESKTOP, PHONE, StoryCase


@tagged("post_install", "-at_install")
class TestCoordinatorPath(StoryCase):
    def test_a_space_is_found_on_the_map_by_what_it_can_do(self):
        for size in (DESKTOP, PHONE):
            with self.subTest(size=size), self.browser_page("coordinator_t", size) as page:
                page.goto("/odoo/production-spaces")
                self.see_spaces(page)
                self.keep_cnc_routing(page, size)
                self.open_space(page)

    def test_a_build_is_planned_twice_compared_offered_and_released_on_a_desktop(self):
        self.plan_and_release(DESKTOP)

    def test_a_build_is_planned_twice_compared_offered_and_released_on_a_phone(self):
        self.plan_and_release(PHONE)

    def plan_and_release(self, size):
        with self.browser_page("coordinator_t", size) as page:
            self.solve_plan(page, size, "Cheapest")
            self.solve_plan(page, size, "Shared", percent_with_one_member="60")
            self.look_at_lines(page, size)
            self.compare(page, size)
            self.offer(page)
        self.check_offers()
        order = self.accept_one()
        with self.browser_page("coordinator_t", size) as page:
            self.release(page, order)
        self.check_release(order)

    def see_spaces(self, page):
        for name in ("Alder Works", "Birch Joinery", "Cedar Assembly"):
            self.marker(page, name).wait_for()
        self.picture(page, "map")

    def marker(self, page, name):
        return page.get_by_role("region", name="Map").get_by_role("button", name=name)

    def keep_cnc_routing(self, page, size):
        """The search panel: beside the map, or behind a button on a phone."""
        if size is PHONE:
            page.locator(".o_search_panel").get_by_text("Processes").click()
        page.get_by_role("checkbox", name="CNC routing").check()
        self.marker(page, "Cedar Assembly").wait_for(state="detached")
        self.picture(page, "map-filtered")
        if size is PHONE:
            page.keyboard.press("Escape")

    def open_space(self, page):
        self.marker(page, "Alder Works").click()
        page.get_by_role("button", name="Open", exact=True).click()
        page.locator(".o_form_view").get_by_text("CNC routing").first.wait_for()
        self.picture(page, "space")

    def solve_plan(self, page, size, name, percent_with_one_member=None):
        page.goto("/odoo/network-plans/new")
        page.get_by_label("Name").fill(name)
        self.choose_build(page, size)
        if percent_with_one_member:
            page.locator("[name=max_facility_share] input").fill(percent_with_one_member)
        page.get_by_role("button", name="Solve", exact=True).click()
        page.get_by_text("proven lower bound").wait_for()
        self.picture(page, f"plan-{name}")

    def choose_build(self, page, size):
        """From a drop-down; on a phone from a page of its own."""
        page.get_by_label("Builds", exact=True).click()
        if size is PHONE:
            page.get_by_role("dialog").get_by_text("Test home").click()
        else:
            page.get_by_role("option", name="Test home").click()

    def look_at_lines(self, page, size):
        page.get_by_role("tab", name="Who makes what").click()
        page.locator("[name=line_ids]").get_by_text("Birch Joinery").first.wait_for()
        if size is PHONE:
            page.locator("button:has(.fa-bolt)").click()
        page.get_by_role("button", name="Members by week").click()
        page.locator(".o_pivot").get_by_text("Birch Joinery").wait_for()
        self.picture(page, "members-by-week")
        page.go_back()
        page.get_by_text("proven lower bound").wait_for()

    def compare(self, page, size):
        """On a desktop two rows of the list; a phone has cards, and the button on the plan."""
        if size is PHONE:
            self.open_more(page)
        else:
            page.goto("/odoo/network-plans")
            for name in ("Cheapest", "Shared"):
                page.get_by_role("row", name=name).get_by_role("checkbox").check()
        page.get_by_role("button", name="Compare").click()
        page.get_by_role("link", name="Cheapest").wait_for()
        page.get_by_role("cell", name="best").first.wait_for()
        self.picture(page, "compare")

    def open_more(self, page):
        """On a phone all buttons but the first are behind three dots."""
        page.locator(".o_statusbar_buttons").get_by_title("More").click()

    def offer(self, page):
        page.goto("/odoo/network-plans")
        page.get_by_text("Shared", exact=True).click()
        page.get_by_role("button", name="Offer", exact=True).click()
        page.get_by_role("dialog").get_by_role("button", name="Send").click()
        page.get_by_text("Work orders of Shared").first.wait_for()
        page.get_by_text("Alder Works").first.wait_for()
        self.picture(page, "offered")

    def check_offers(self):
        shared, cheapest = self.build_plans()
        self.assertEqual((cheapest.state, shared.state), ("solved", "offered"))
        self.assertEqual(cheapest.line_ids.membership_id, self.alder)
        self.assertEqual(shared.line_ids.membership_id, self.alder | self.birch)
        self.assertEqual(set(shared.line_ids.work_order_id.mapped("state")), {"offered"})

    def build_plans(self):
        return self.env["wcm.plan"].search([("build_ids", "in", self.build.ids)])

    def accept_one(self):
        orders = self.build_plans().line_ids.work_order_id
        order = orders.filtered(lambda order: order.membership_id == self.alder)[0]
        order.with_user(self.alder_user).action_accept()
        return order

    def release(self, page, order):
        page.goto("/odoo/action-wcm_network.action_work_order")
        card = page.get_by_text(order.name).first
        card.wait_for()
        self.picture(page, "work-orders")
        card.click()
        page.get_by_role("button", name="Release").click()
        page.get_by_role("tab", name="Parts").wait_for()
        self.picture(page, "released")

    def check_release(self, order):
        self.assertEqual(order.state, "released")
        self.assertEqual(order.purchase_id.state, "purchase")
        self.assertEqual(order.purchase_id.partner_ref, order.name)
        self.assertEqual(len(order.part_ids), order.quantity)
