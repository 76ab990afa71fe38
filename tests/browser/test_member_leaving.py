"""A member's record and its leaving, as an owner meets them on a phone and a coordinator at a desk."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from odoo.addons.wcm_network.tests.test_levy_entry import LevyCase

from .common import DESKTOP, PHONE, BrowserCase


@tagged("post_install", "-at_install")
class TestMemberLeaving(BrowserCase, LevyCase):
    """Alder has delivered three blocks, and has an offer to answer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in cls.alder_user | cls.coordinator:
            user.password = user.login
        waiting = cls.make_order(cls.alder, cls.beam_line, 1).with_user(cls.coordinator)
        waiting.action_offer()
        cls.waiting_name = waiting.name  # read before, as nothing is while a page asks for something

    def look(self, page, name, within):
        self.picture(page, f"leaving-{name}", full=True)
        self.assert_accessible(page, within=within, name=name)

    def test_an_owner_contests_a_figure_and_reads_the_answer(self):
        with self.browser_page("alder@example.com", PHONE) as page:
            page.goto("/workshop/our-record")
            figure = page.locator(".wcm_record_figure").filter(has_text="Ready on time")
            figure.get_by_text("1 of 1").wait_for()
            figure.get_by_role("button", name="Show the records (1)").click()
            figure.get_by_role("button", name="Contest").click()
            figure.get_by_role("textbox").fill("It was not our order")
            self.look(page, "record-phone", ".wcm_member_record")
            figure.get_by_role("button", name="Send to the coordinator").click()
            figure.get_by_text("Contested. Waits for an answer").wait_for()
        contest = self.env["wcm.record.contest"].search([("membership_id", "=", self.alder.id)])
        self.assertEqual((contest.reason, contest.work_order_id), ("It was not our order", self.order))
        with self.browser_page("coordinator_t", DESKTOP) as page:
            page.goto(f"/odoo/contested-figures/{contest.id}")
            page.get_by_label("Your answer").fill("True, it was another's")
            page.get_by_role("button", name="Leave it out").click()
            page.locator(".o_field_widget[name=answer]").get_by_text("True, it was another's").wait_for()
            page.goto(f"/odoo/network-members/{self.alder.id}")
            page.locator("button[name=action_open_record]").click()
            page.get_by_text("1 left out after a contest").wait_for()
            self.look(page, "record-desk", ".wcm_member_record")
        self.assertEqual(contest.state, "upheld")

    def test_an_owner_leaves_and_stays_and_a_coordinator_sees_the_list(self):
        day = fields.Date.to_string(fields.Date.today() + timedelta(days=20))
        with self.browser_page("alder@example.com", PHONE) as page:
            page.goto("/workshop/leaving")
            page.get_by_label("Last day").fill(day)
            page.get_by_label("Why").fill("We move to Wales")
            page.get_by_role("button", name="We leave the network").click()
            page.get_by_role("button", name="Stay after all").wait_for()
            page.get_by_text(self.waiting_name).wait_for()
            self.look(page, "phone", ".wcm_member_leaving")
            with page.expect_download() as data:
                page.get_by_role("link", name="Download our data now").click()
            self.assertEqual(data.value.suggested_filename, "ALD.zip")
        self.assertTrue(self.alder.is_leaving)
        with self.browser_page("coordinator_t", DESKTOP) as page:
            page.goto(f"/odoo/network-members/{self.alder.id}")
            page.get_by_text("Is leaving, and gets no new work.").wait_for()
            page.locator("button[name=action_open_leaving]").click()
            page.locator(".wcm_member_leaving").get_by_text("We move to Wales").first.wait_for()
            self.assertTrue(page.get_by_role("button", name="End membership").is_disabled())
            self.look(page, "desk", ".wcm_member_leaving")
            page.get_by_role("button", name="Open offers to take back").click()
            page.locator(".o_data_row").get_by_text(self.waiting_name).wait_for()
        with self.browser_page("alder@example.com", PHONE) as page:
            page.goto("/workshop/leaving")
            page.get_by_role("button", name="Stay after all").click()
            page.get_by_role("button", name="We leave the network").wait_for()
        self.assertFalse(self.alder.is_leaving)
