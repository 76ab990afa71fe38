"""Who may do what at a member, as they meet it: a maker at the shared tablet, a supervisor, and the coordinator who answers."""

from odoo.tests import tagged

from .bench import BenchCase
from .common import DESKTOP, PHONE

TABLET = {"width": 1024, "height": 768}
OFFICE_ONLY = """async ([offer, order]) => {
    const call = async (model, method, args) => {
        const body = JSON.stringify({jsonrpc: "2.0", method: "call", params: {model, method, args, kwargs: {}}});
        const headers = {"Content-Type": "application/json"};
        const answer = await fetch(`/web/dataset/call_kw/${model}/${method}`, {method: "POST", body, headers});
        return (await answer.json()).error?.data.name || "done";
    };
    return Promise.all([
        call("wcm.work.order", "action_accept", [[offer]]),
        call("wcm.work.order", "read", [[order], ["price_total"]]),
        call("wcm.membership", "workshop_statements", []),
    ]);
}"""


@tagged("post_install", "-at_install")
class TestMemberPeople(BenchCase):
    def setUp(self):
        super().setUp()
        self.ann = self.env["wcm.member.person"].create({"name": "Ann", "membership_id": self.alder.id, "pin": "4711"})
        kit = [{"name": name, "facility_id": self.alder.facility_id.id, "process_id": self.routing.id} for name in ("Mill", "Router")]
        self.mill, self.router = self.env["maintenance.equipment"].create(kit)
        self.offer = self.make_order(self.alder, self.beam_line, 2, state="offered")

    def test_a_maker_at_the_shared_tablet_makes_a_job_and_decides_nothing(self):
        with self.browser_page("colleague@example.com", TABLET) as page:
            tab = self.open_bench(page.context, "Who is working?")
            self.enter_pin(tab)
            self.start(tab, "W-T-1")
            self.make_on_the_router(tab)
            self.assertEqual(tab.evaluate(OFFICE_ONLY, [self.offer.id, self.order.id]), ["odoo.exceptions.AccessError"] * 3)
            tab.close()
            page.goto("/workshop")
            page.get_by_role("heading", name="Today").wait_for()
            self.assertNotIn("Owed", page.get_by_role("navigation", name="Workshop").inner_text())
            self.assertEqual(page.get_by_text("Offers to answer").count(), 0)
        self.assertEqual((self.offer.state, self.first.state, self.second.state), ("offered", "made", "to_make"))
        event = self.first.event_ids[-1]
        self.assertEqual((event.person_id, event.create_uid), (self.ann, self.colleague))
        self.assertEqual([machine["name"] for machine in event.data["machines"]], ["Router"])

    def enter_pin(self, tab):
        tab.get_by_role("button", name="Ann, maker").click()
        for digit in "4711":
            tab.get_by_role("button", name=digit, exact=True).click()
        tab.get_by_role("button", name="It is me").click()
        tab.get_by_role("link", name="W-T-1 × 2").wait_for()

    def make_on_the_router(self, tab):
        tab.get_by_role("button", name="Blocks are done").click()
        tab.get_by_role("button", name="1 block is done").click()
        tab.get_by_text("Tap the machine that it was made on.").wait_for()
        tab.get_by_role("button", name="Router").click()
        self.look(tab, "machine")
        small = "buttons => buttons.map(one => one.getBoundingClientRect()).filter(({width, height}) => width && Math.min(width, height) < 60).length"
        self.assertEqual(tab.locator("main button, main a").evaluate_all(small), 0)
        tab.get_by_role("button", name="1 block is done").click()
        tab.get_by_text("1 of 2 made").wait_for()
        tab.get_by_text("All sent").first.wait_for()

    def test_a_supervisor_answers_an_offer_and_keeps_no_people(self):
        self.alder.person_ids.filtered(lambda one: one.user_id == self.colleague).role = "supervisor"
        with self.browser_page("colleague@example.com", PHONE) as page:
            page.goto(f"/workshop/my-orders/{self.offer.id}")
            page.get_by_role("button", name="Accept").click()
            page.get_by_role("dialog").get_by_role("button", name="Accept").click()
            page.get_by_text("Accepted. It is yours.").wait_for()
            tabs = page.get_by_role("navigation", name="Workshop")
            tabs.get_by_role("button", name="Owed").click()
            page.get_by_text("Still owed").wait_for()
            self.look(page, "supervisor-owed")
            tabs.get_by_role("button", name="Us").click()
            page.get_by_role("heading", name="People").wait_for()
            self.assertEqual(page.get_by_role("button", name="Add somebody").count(), 0)
            self.assertEqual(page.get_by_role("button", name="PIN or badge").count(), 1)
        self.assertEqual((self.offer.state, self.offer.accepted_by_id), ("accepted", self.colleague))

    def test_a_coordinator_reads_what_a_maker_asks_and_answers_on_the_order(self):
        self.order.with_user(self.colleague).action_send_message("Which edge is up?")
        with self.browser_page("coordinator_t", DESKTOP) as page:
            page.goto(f"/odoo/wcm.work.order/{self.order.id}")
            page.get_by_text("Which edge is up?").wait_for()
            page.get_by_role("button", name="Send message").click()
            page.locator(".o-mail-Composer-input").first.click()
            page.keyboard.type("Edge A, as drawn")
            with page.expect_response("**/mail/message/post"):
                page.keyboard.press("Control+Enter")
            page.locator(".o-mail-Message").get_by_text("Edge A, as drawn").wait_for()
            self.picture(page, "coordinator-answers")
        answer = self.order.message_ids.sorted("id")[-1]
        self.assertEqual(answer.notified_partner_ids, (self.alder_user | self.colleague).partner_id)
        self.assertEqual([one["own"] for one in self.order.with_user(self.colleague).workshop_messages()], [True, False])
