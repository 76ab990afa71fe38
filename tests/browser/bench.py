"""What is done at the bench, in whichever story."""

from odoo import Command
from odoo.tests import get_db_name

from .common import StoryCase

CUT = "net::ERR_INTERNET_DISCONNECTED"
KEPT_LABELS = """async () => {
    const done = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
    const {name} = (await indexedDB.databases()).find((one) => one.name.startsWith("wcm-bench-")) || {};
    const database = name && (await done(indexedDB.open(name)));
    const files = database && (await done(database.transaction("files").objectStore("files").getAll()));
    database && database.close();
    return Promise.all((files || []).filter(({type}) => type === "application/pdf").map((file) => file.slice(0, 4).text()));
}"""


class BenchCase(StoryCase):
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

    @property
    def told(self):
        return self.__dict__.setdefault("_told", [])

    def open_bench(self, context, see="W-T-1"):
        tab = context.new_page()
        self._listen(tab)
        tab.on("request", lambda request: request.url.endswith("/bench/sync") and self.told.append(request.post_data))
        tab.goto("/bench/")
        tab.get_by_text(see).first.wait_for()
        tab.evaluate("() => navigator.serviceWorker.ready")
        return tab

    def wait_for_labels(self, tab):
        """A4 and small ones, of the one job."""
        for _half_a_second in range(120):
            kept = tab.evaluate(KEPT_LABELS)
            if len(kept) == 2:
                break
            tab.wait_for_timeout(500)
        self.assertEqual(kept, ["%PDF", "%PDF"])

    def start(self, tab, job):
        tab.get_by_role("link", name="Jobs").click()
        tab.get_by_role("link", name=job).click()
        tab.get_by_role("button", name="Start").click()
        tab.get_by_role("button", name="Blocks are done").wait_for()

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

    def read_refusal(self, tab, called_off):
        tab.get_by_text("1 to read").first.click()
        tab.get_by_text("The network said no").wait_for()
        tab.get_by_text(f"{called_off.name} is “Cancelled”").wait_for()
        self.look(tab, "refused")
        tab.get_by_role("button", name="I have read it").click()
        tab.get_by_text("All sent").first.wait_for()

    def look(self, tab, name):
        self.picture(tab, f"bench-{name}")
        self.assert_accessible(tab, name=name)

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

    def forgive_all(self, words):
        """What Chromium says of every request without network."""
        self.complaints = [complaint for complaint in self.complaints if words not in complaint]
