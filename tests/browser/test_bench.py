"""At the bench: a shift without network, a tablet that dies, a job that is called off meanwhile."""

import json

from odoo import Command
from odoo.tests import get_db_name, tagged

from .common import PHONE, StoryCase
from .test_member import photo

TABLET = {"width": 1024, "height": 768}
CUT = "net::ERR_INTERNET_DISCONNECTED"


@tagged("post_install", "-at_install")
class TestBench(StoryCase):
    @classmethod
    def make_control_plan(cls):
        """Without a hold point, so that one person can go all the way."""
        plan = cls.env["wcm.control.plan"].create({
            "name": "Wall block", "product_ids": cls.block.ids,
            "checkpoint_ids": [
                Command.create({"name": "Thickness", "instruction": "With the calliper, at a corner.", "kind": "measurement", "nominal": 18, "tolerance_minus": 0.5, "tolerance_plus": 0.5, "sequence": 1}),
                Command.create({"name": "Photo of the face", "kind": "photo", "sequence": 2}),
                Command.create({"name": "Edges clean", "kind": "pass_fail", "sequence": 3}),
            ],
        })
        plan.action_approve()

    def setUp(self):
        super().setUp()
        self.order = self.released_order(2)
        self.first, self.second = self.order.part_ids
        drawing = {"name": "block.svg", "mimetype": "image/svg+xml", "raw": b"<svg xmlns='http://www.w3.org/2000/svg' width='600' height='300'><path d='M20 20h560v260H20z' fill='none' stroke='black' stroke-width='4'/></svg>"}
        self.order.sudo().drawing_ids = self.env["ir.attachment"].create({**drawing, "res_model": self.order._name, "res_id": self.order.id})
        self.sent = []

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

    def test_a_shared_tablet_asks_who_it_is_and_a_lost_answer_does_no_harm(self):
        ann = self.env["wcm.member.person"].create({"name": "Ann", "membership_id": self.alder.id, "pin": "4711"})
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
            page.context.set_offline(False)
            self.send(tab)
            self.pack_and_load(tab)
            tab.close()
            self.forgive_all(CUT)
            self.forgive_all("net::ERR_FAILED")
        starts = [action for actions in self.sent for action in actions if action["name"] == "start"]
        self.assertEqual(len(self.env["wcm.bench.action"].search([("name", "=", "start")])), len({action["key"] for action in starts}))
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

    def all_kept(self, tab):
        """Everything in IndexedDB, as text."""
        return tab.evaluate("""async () => {
            const done = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
            const texts = [];
            for (const {name} of await indexedDB.databases()) {
                const database = await done(indexedDB.open(name));
                for (const kind of database.objectStoreNames) {
                    texts.push(JSON.stringify(await done(database.transaction(kind).objectStore(kind).getAll())));
                }
            }
            return texts.join();
        }""")

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

    def test_a_new_version_is_used_when_the_person_says_so(self):
        with self.browser_page("alder@example.com", PHONE) as page:
            self.open_bench(page.context).close()
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

    def send(self, tab):
        tab.locator("[data-sync]").click()
        tab.get_by_role("button", name="Send now").click()
        tab.get_by_text("All sent").first.wait_for()
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

    def forgive_all(self, words):
        """What Chromium says of every request without network."""
        self.complaints = [complaint for complaint in self.complaints if words not in complaint]

    def make_released_beams(self):
        order = self.make_order(self.alder, self.beam_line, 2, state="accepted")
        order.with_user(self.coordinator).action_release()
        self.env.flush_all()
        return order

    def call_off(self, browser, order):
        """By the coordinator's own browser: the bench's asks for a new service worker also when its pages have no network."""
        coordinator = browser.new_context(base_url=self.base_url()).request
        self.call(coordinator, "/web/session/authenticate", db=get_db_name(), login="coordinator_t", password="coordinator_t")
        called = {"model": order._name, "method": "action_cancel", "args": [order.ids, "The home is not built"], "kwargs": {}}
        self.call(coordinator, "/web/dataset/call_kw", **called)

    def call(self, requests, address, **params):
        answer = requests.post(address, data={"jsonrpc": "2.0", "method": "call", "params": params}).json()
        self.assertNotIn("error", answer)

    def lose_answer(self, route):
        """The server does it; nobody hears."""
        self.sent.append(json.loads(route.request.post_data)["params"]["actions"])
        route.fetch()
        route.abort()

    def open_bench(self, context, see="W-T-1"):
        tab = context.new_page()
        self._listen(tab)
        tab.on("request", lambda request: request.url.endswith("/bench/sync") and self.told.append(request.post_data))
        tab.goto("/bench/")
        tab.get_by_text(see).first.wait_for()
        tab.evaluate("() => navigator.serviceWorker.ready")
        return tab

    @property
    def told(self):
        return self.__dict__.setdefault("_told", [])

    def look(self, tab, name):
        self.picture(tab, f"bench-{name}")
        self.assert_accessible(tab, name=name)

    def look_around(self, tab):
        tab.get_by_text("All sent").wait_for()
        self.look(tab, "jobs")
        tab.get_by_role("link", name="W-T-1 × 2").click()
        tab.get_by_role("button", name="Start").wait_for()
        self.look(tab, "job")
        tab.get_by_role("link", name="Steps and drawings").click()
        tab.get_by_alt_text("Drawing block.svg").evaluate("image => image.decode()")
        self.look(tab, "steps")

    def start(self, tab, job):
        tab.get_by_role("link", name="Jobs").click()
        tab.get_by_role("link", name=job).click()
        tab.get_by_role("button", name="Start").click()
        tab.get_by_role("button", name="Blocks are done").wait_for()

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

    def read_refusal(self, tab, called_off):
        tab.get_by_text("1 to read").click()
        tab.get_by_text("The network said no").wait_for()
        tab.get_by_text(f"{called_off.name} is “Cancelled”").wait_for()
        self.look(tab, "refused")
        tab.get_by_role("button", name="I have read it").click()
        tab.get_by_text("All sent").first.wait_for()

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
