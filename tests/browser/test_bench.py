"""At the bench: a shift without network, a tab that dies, a job that is called off meanwhile."""

import json

from odoo.tests import tagged

from .bench import CUT, BenchCase
from .common import PHONE
from .test_member import photo


@tagged("post_install", "-at_install")
class TestBench(BenchCase):
    def test_a_shift_without_network_on_a_phone(self):
        called_off = self.make_released_beams()
        with self.browser_page("alder@example.com", PHONE) as page:
            context = page.context
            tab = self.open_bench(context)
            self.look_around(tab)
            context.set_offline(True)
            self.make_one(tab)
            self.check(tab, answers=1)
            tab.close()
            tab = self.open_bench(context)
            self.check(tab, answers=3)
            self.start(tab, "R-T-1")
            tab.get_by_text("5 waiting").wait_for()
            self.picture(tab, "bench-offline")
            self.call_off(context.browser, called_off)
            context.set_offline(False)
            self.read_refusal(tab, called_off)
            tab.close()
            self.forgive_all(CUT)
        self.assert_worked_once()

    def test_a_browser_that_cannot_tell_its_tabs_apart_sends_again_and_again(self):
        with self.browser_page("alder@example.com", PHONE) as page:
            page.context.add_init_script("Object.defineProperty(Navigator.prototype, 'locks', {value: undefined})")
            tab = self.open_bench(page.context)
            tab.get_by_text("All sent").wait_for()
            with tab.expect_response("**/bench/sync", timeout=10_000):
                self.start(tab, "W-T-1")
            tab.get_by_text("All sent").wait_for()
            tab.close()
        self.order.invalidate_recordset()
        self.assertEqual(self.order.state, "in_production")

    def test_labels_of_a_job_that_was_taken_along_are_printed_without_network(self):
        with self.browser_page("alder@example.com", PHONE) as page:
            tab = self.open_bench(page.context)
            self.wait_for_labels(tab)
            page.context.set_offline(True)
            tab.get_by_role("link", name="W-T-1 × 2").click()
            tab.get_by_role("link", name="Labels").click()
            for size in ("A4 sheets", "62 × 29 mm"):
                tab.get_by_role("button", name=size).click()
                self.look(tab, "labels")
                with page.context.expect_page() as opened:
                    tab.get_by_role("button", name="Print the labels").click()
                opened.value.wait_for_url(lambda address: address.startswith("blob:"), wait_until="commit")
                opened.value.close()
            page.context.set_offline(False)
            tab.close()
            self.forgive_all(CUT)

    def test_a_new_version_is_used_when_the_person_says_so(self):
        with self.browser_page("alder@example.com", PHONE) as page:
            tab = self.open_bench(page.context)
            self.wait_for_labels(tab)  # nothing is asked of the server while the view is written
            tab.close()
            view = self.env.ref("wcm_network.bench_app")
            view.arch = view.arch.replace("<title>Bench</title>", "<title>Bench 2</title>")
            self.env.flush_all()
            tab = self.open_bench(page.context)
            tab.get_by_role("button", name="New version: reload").wait_for()
            self.look(tab, "news")
            with tab.expect_navigation():
                tab.get_by_role("button", name="New version: reload").click()
            tab.get_by_text("W-T-1").first.wait_for()
            self.assertIn("Bench 2", tab.evaluate("async () => (await fetch('/bench/')).text()"))
            self.assertEqual(tab.evaluate("async () => (await caches.keys()).length"), 1)
            tab.close()

    def look_around(self, tab):
        tab.get_by_text("All sent").wait_for()
        self.look(tab, "jobs")
        tab.get_by_role("link", name="W-T-1 × 2").click()
        tab.get_by_role("button", name="Start").wait_for()
        self.look(tab, "job")
        tab.get_by_role("link", name="Steps and drawings").click()
        tab.get_by_alt_text("Drawing block.svg").evaluate("image => image.decode()")
        self.look(tab, "steps")

    def make_one(self, tab):
        self.start(tab, "W-T-1")
        tab.get_by_role("button", name="Blocks are done").click()
        tab.get_by_role("button", name="One less").wait_for()
        self.look(tab, "made")
        tab.get_by_role("button", name="1 block is done").click()
        tab.get_by_text("1 of 2 made").wait_for()
        tab.get_by_role("link", name="Pause").click()
        tab.get_by_role("button", name="Break").click()
        tab.get_by_text("Paused: Break").wait_for()

    def check(self, tab, answers):
        """As far as one gets before the tab dies; what was answered before is there again."""
        tab.get_by_role("link", name="Scan").click()
        tab.get_by_label("Code on the label").fill(self.first.public_url)
        tab.get_by_label("Code on the label").press("Enter")
        tab.get_by_role("button", name="Check this block").click()
        if answers == 1:
            tab.get_by_label("Measured").fill("18.1")
            self.look(tab, "check")
        tab.get_by_role("button", name="Next").click()
        if answers == 3:
            self.finish_check(tab)

    def finish_check(self, tab):
        tab.locator("input[name=photo]").set_input_files(photo())
        tab.get_by_alt_text("Photo of Photo of the face").evaluate("image => image.decode()")
        tab.get_by_role("button", name="Next").click()
        tab.get_by_role("button", name="Pass").click()
        tab.get_by_role("button", name="Next").click()
        self.look(tab, "check-end")
        tab.get_by_role("button", name="Finish this check").click()
        tab.get_by_role("button", name="Pack").wait_for()
        self.look(tab, "part")

    def assert_worked_once(self):
        """Now, and when the whole day is told again."""
        inspection = self.first.inspection_ids
        self.assertEqual((self.first.state, self.second.state, self.order.is_paused), ("made", "to_make", True))
        self.assertEqual((inspection.state, inspection.line_ids[0].reading), ("passed", "18.1"))
        self.assertTrue(inspection.line_ids[1].photo)
        events, messages = self.first.event_ids, self.order.message_ids
        for told in self.told:
            actions = json.loads(told)["params"]["actions"]
            self.env["wcm.bench.action"].with_user(self.alder_user)._run_all(actions)
        self.assertEqual((self.first.event_ids, self.order.message_ids), (events, messages))
        made = self.first.event_ids.filtered(lambda event: event.biz_step == "assembling")
        self.assertGreater(made.record_time, made.event_time)
