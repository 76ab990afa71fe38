"""One tablet for all: people with PINs, and one login after another."""

import json

from odoo.tests import tagged

from .bench import CUT, BenchCase

TABLET = {"width": 1024, "height": 768}


@tagged("post_install", "-at_install")
class TestSharedTablet(BenchCase):
    def test_a_shared_tablet_asks_who_it_is_and_a_lost_answer_does_no_harm(self):
        ann = self.env["wcm.member.person"].create({"name": "Ann", "membership_id": self.alder.id, "pin": "4711"})
        called_off = self.make_released_beams()
        with self.browser_page("alder@example.com", TABLET) as page:
            tab = self.open_bench(page.context, "Who is working?")
            self.enter_pin(tab, wrong=True)
            tab.route("**/bench/sync", self.lose_answer)
            self.start(tab, "W-T-1")
            tab.get_by_text("1 waiting").wait_for()
            page.context.set_offline(True)
            tab.close()
            tab = self.open_bench(page.context, "Who is working?")
            self.enter_pin(tab)
            self.spoil(tab)
            self.start(tab, "R-T-1")
            self.call_off(page.context.browser, called_off)
            page.context.set_offline(False)
            self.send(tab, called_off)
            self.pack_and_load(tab)
            tab.close()
            self.forgive_all(CUT)
            self.forgive_all("net::ERR_FAILED")
        starts = [action for actions in self.sent for action in actions if action["name"] == "start"]
        self.assertEqual(len(self.env["wcm.bench.action"].search([("name", "=", "start"), ("state", "=", "done")])), len({action["key"] for action in starts}))
        self.assertEqual((self.first.state, self.second.state), ("scrapped", "dispatched"))
        self.assertEqual((self.first.event_ids[-1].person_id, self.second.event_ids[-1].person_id), (ann, ann))

    def test_another_login_on_the_same_tablet_finds_nothing_of_the_first(self):
        self.birch_user.password = self.birch_user.login
        with self.browser_page("alder@example.com", TABLET) as page:
            self.open_bench(page.context).close()
            page.goto("/web/session/logout")
            tab = self.open_bench(page.context, "Nobody is logged in")
            tab.get_by_text("Log in", exact=True).first.wait_for()
            self.assertNotIn("W-T-1", self.all_kept(tab))
            tab.close()
            self._log_in(page, "birch@example.com")
            tab = self.open_bench(page.context, "No job is waiting")
            self.look(tab, "empty")
            self.assertNotIn("W-T-1", self.all_kept(tab))
            tab.close()

    def enter_pin(self, tab, wrong=False):
        tab.get_by_role("button", name="Ann, maker").click()
        for pin in ["0000", "4711"] if wrong else ["4711"]:
            for digit in pin:
                tab.get_by_role("button", name=digit, exact=True).click()
            self.look(tab, "pin")
            tab.get_by_role("button", name="It is me").click()
            if pin == "0000":
                tab.get_by_text("This is not the PIN of Ann.").wait_for()
        tab.get_by_role("link", name="W-T-1 × 2").wait_for()

    def spoil(self, tab):
        tab.get_by_role("link", name="W-T-1 × 2").click()
        tab.get_by_role("link", name="Spoiled").click()
        tab.get_by_label("What went wrong").fill("The bit broke")
        self.look(tab, "spoil")
        tab.get_by_role("button", name="1 block is spoiled").click()
        tab.get_by_role("button", name="Blocks are done").click()
        tab.get_by_role("button", name="1 block is done").click()

    def lose_answer(self, route):
        """The server does it; nobody hears."""
        self.sent.append(json.loads(route.request.post_data)["params"]["actions"])
        route.fetch()
        route.abort()

    def send(self, tab, called_off):
        """What was answered says no more with whose PIN it was told."""
        tab.locator("[data-sync]").click()
        tab.get_by_role("button", name="Send now").click()
        tab.get_by_text("The network said no").wait_for()
        self.assertNotIn('"person":"', self.all_kept(tab))
        self.read_refusal(tab, called_off)
        self.look(tab, "outbox")

    def pack_and_load(self, tab):
        """With a keyboard scanner: it types fast, and ends with Enter."""
        tab.get_by_role("link", name="Scan").click()
        self.look(tab, "scan")
        tab.get_by_role("heading").first.focus()
        tab.keyboard.type(self.second.code)
        tab.keyboard.press("Enter")
        tab.get_by_role("button", name="Check this block").wait_for()
        tab.get_by_role("link", name="The job").click()
        tab.get_by_role("button", name="Pack what is made").click()
        tab.get_by_role("link", name="Load").first.click()
        tab.get_by_label("Scan each block").fill(self.second.name)
        tab.get_by_label("Scan each block").press("Enter")
        tab.get_by_text("1 of 1 loaded").wait_for()
        self.look(tab, "load")
        tab.get_by_role("button", name="The vehicle leaves").click()
        tab.get_by_text("Nothing is packed").wait_for()
        tab.get_by_text("All sent").wait_for()
