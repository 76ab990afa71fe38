from datetime import timedelta

from playwright.sync_api import expect

from odoo.tests import tagged

from .common import DESKTOP, PHONE, StoryCase


@tagged("post_install", "-at_install")
class TestWeekGridInBrowser(StoryCase):
    """A member types the hours of its weeks; work has taken some of them."""

    def setUp(self):
        super().setUp()
        self.coordinator.email = "ann@example.org"
        order = self.make_order(self.alder, self.block_line, 8, state="accepted")
        order.write({"date_start": self.monday, "date_due": self.monday + timedelta(days=4)})
        self.cutting = self.alder.facility_id.capability_ids.filtered(lambda own: own.process_id == self.routing)

    def test_hours_are_typed_copied_undone_and_saved_with_the_keyboard(self):
        with self.browser_page("alder@example.com", DESKTOP) as page:
            page.goto("/workshop/my-capacity")
            page.get_by_role("button", name="Change hours by week").first.click()
            self.week(page, 3).click()
            page.keyboard.type("12")
            page.keyboard.press("ArrowRight")
            page.keyboard.type("999")
            page.get_by_text("The machines can work 40 hours").wait_for()
            page.keyboard.press("Control+z")
            page.keyboard.press("ArrowLeft")
            page.get_by_role("button", name="Copy over the next weeks").click()
            expect(self.week(page, 9)).to_have_value("12")
            page.keyboard.press("Control+z")
            expect(self.week(page, 9)).to_have_value("")
            self.week(page, 4).click()
            page.get_by_role("button", name="Closed this week").click()
            self.picture(page, "week-grid-typed")
            page.get_by_role("button", name="Save (2)").click()
            page.get_by_text("Saved.").wait_for()
        self.assertEqual(self.offered(2, 3), [12, 0, 20])

    def test_hours_that_work_takes_are_withdrawn_only_after_a_warning_on_a_phone(self):
        with self.browser_page("alder@example.com", PHONE) as page:
            page.goto("/workshop/my-hours")
            page.get_by_label("Capability").select_option("CNC routing")
            self.week(page, 1).tap()
            page.get_by_role("button", name="Closed this week").tap()
            page.get_by_text("before you offer fewer").first.wait_for()
            self.picture(page, "week-grid-taken")
            page.get_by_role("button", name="Save (1)").tap()
            dialog = page.get_by_role("dialog")
            dialog.get_by_text("ann@example.org").wait_for()
            self.picture(page, "week-grid-warning")
            dialog.get_by_role("button", name="Change it").tap()
            page.get_by_role("button", name="Save (1)").tap()
            dialog.get_by_role("button", name="Offer fewer all the same").tap()
            page.get_by_text("Saved.").wait_for()
        self.assertEqual(self.offered(0, 2), [0, 20])
        self.assertIn(self.coordinator.partner_id, self.cutting.message_ids[0].partner_ids)

    def test_a_second_tab_is_told_of_the_first(self):
        with self.browser_page("alder@example.com", DESKTOP) as page:
            page.goto("/workshop/my-hours")
            other = page.context.new_page()
            other.goto("/workshop/my-hours")
            self.save(page, "5")
            page.get_by_text("Saved.").wait_for()  # else the other one may be there before it
            self.save(other, "7")
            other.get_by_text("it says 5 hours now").wait_for()
            self.picture(other, "week-grid-conflict")
            other.get_by_role("button", name="Discard").click()
            expect(self.week(other, 3)).to_have_value("5")
            other.close()

    def test_a_coordinator_opens_the_grid_from_a_space(self):
        with self.browser_page("coordinator_t", DESKTOP) as page:
            page.goto(f"/odoo/production-spaces/{self.alder.facility_id.id}")
            page.get_by_role("button", name="Hours by Week").click()
            self.save(page, "7")
            page.get_by_text("Saved.").wait_for()
            self.picture(page, "week-grid-coordinator")
        self.assertEqual(self.offered(2, 1), [7])

    def save(self, page, hours):
        """In the third week, the only change."""
        self.week(page, 3).fill(hours)
        page.get_by_role("button", name="Save (1)").click()

    def week(self, page, column):
        """The field of a week of CNC routing, counted from this one."""
        monday = self.monday + timedelta(weeks=column - 1)
        return page.locator(f'[data-cell="{self.cutting.id}:{monday}"]')

    def offered(self, first, weeks):
        return self.cutting._hours_by_week(self.monday + timedelta(weeks=first), weeks)[self.cutting.id]
