import re
from contextlib import contextmanager

from odoo.tests import tagged

from odoo.addons.wcm_network.tests.test_plan_solving import PlanSolvingCase
from odoo.addons.wcm_network.tests.test_solver_process import long_problem

from .common import PHONE, StoryCase

DESKTOP = {"width": 1366, "height": 900}


@tagged("post_install", "-at_install")
class TestPlanSolvingPath(PlanSolvingCase, StoryCase):
    """The test is the scheduler: it looks between two visits of the page."""

    def test_a_plan_is_solved_watched_and_stopped_on_a_desktop(self):
        self.watch(DESKTOP)

    def test_a_plan_is_solved_watched_and_stopped_on_a_phone(self):
        self.watch(PHONE)

    def watch(self, size):
        self.stop_before_it_begins(size)
        self.stop_on_the_way(size)
        self.solve_and_offer(size)

    def stop_before_it_begins(self, size):
        with self.visit(size) as page:
            self.press(page, "Solve")
            page.get_by_text("Waiting for its turn").wait_for()
            self.picture(page, "plan-waiting")
            self.press(page, "Stop")
            page.get_by_text("stopped it before it began").wait_for()

    def stop_on_the_way(self, size):
        run = self.begin(self.plan, long_problem())
        self.until(lambda: len(run._progress()["points"]) > 2)
        with self.visit(size) as page:
            page.get_by_text("best so far").wait_for()
            page.get_by_text(re.compile(r"\d+ of at most 60 s")).wait_for()
            self.picture(page, "plan-solving")
            self.lose_the_connection(page)
            self.press(page, "Stop")
            page.get_by_text("Stopping: the best plan so far is kept").wait_for()
        self.kill(run)
        with self.visit(size) as page:
            page.get_by_text("ended from outside").wait_for()
            self.picture(page, "plan-failed")

    def lose_the_connection(self, page):
        """Longer than from one question to the next; the page goes on by itself afterwards."""
        page.context.set_offline(True)
        page.get_by_text("Connection lost").wait_for()
        told = page.get_by_text(re.compile(r"\d+ of at most 60 s")).inner_text()
        page.context.set_offline(False)
        page.wait_for_function("told => !document.body.innerText.includes(told)", arg=told)
        lost = ("ERR_INTERNET_DISCONNECTED", "ConnectionLostError")
        self.complaints = [words for words in self.complaints if not any(word in words for word in lost)]

    def kill(self, run):
        run._process().kill()
        self.until(lambda: not run._process().is_alive())
        (run._process().folder / "stopped").unlink()
        (run._process().folder / "plan.json").unlink(missing_ok=True)
        self.look()

    def solve_and_offer(self, size):
        self.plan.action_solve()
        self.go_on()
        with self.visit(size) as page:
            page.get_by_text("proven lower bound").wait_for()
            self.picture(page, "plan-solved")
            page.get_by_role("tab", name="Times solved").click()
            self.picture(page, "plan-times-solved", full=True)
            self.press(page, "Offer")
            page.get_by_text("Send the offers?").wait_for()
            self.picture(page, "plan-offer")

    @contextmanager
    def visit(self, size):
        with self.browser_page("coordinator_t", size) as page:
            page.goto(f"/odoo/network-plans/{self.plan.id}")
            page.locator(".o_form_view .o_notebook").wait_for()
            yield page

    def press(self, page, name):
        """In the bar of buttons, or behind its menu on a phone."""
        button = page.get_by_role("button", name=name, exact=True)
        if not button.first.is_visible():
            page.locator(".o_statusbar_buttons_dropdown, .o_cp_action_menus button, .o_statusbar_buttons .dropdown-toggle").first.click()
        button.first.click()
