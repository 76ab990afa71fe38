"""Checks of every kind: at the bench without network, in the workshop and in the back office, each on a phone and on a screen."""

import base64
import io

from PIL import Image

from odoo import Command
from odoo.tests import tagged

from .bench import CUT, BenchCase
from .common import DESKTOP, PHONE
from .test_member import photo


def drawing():
    stream = io.BytesIO()
    Image.new("RGB", (640, 360), "#dfe7ee").save(stream, "PNG")
    return base64.b64encode(stream.getvalue())


class EveryKind:
    """A control plan with a checkpoint of each kind; no hold point, so that one person can go all the way."""

    @classmethod
    def make_control_plan(cls):
        points = [
            {
                "name": "Thickness", "kind": "measurement", "nominal": 18, "tolerance_minus": 0.5, "tolerance_plus": 0.5, "reading_count": 3,
                "instruction": "With the calliper, at three corners.", "picture": drawing(),
            },
            {"name": "Fit of the pegs", "kind": "choice", "options_pass": "Tight\nBy hand", "options_fail": "Loose"},
            {"name": "Photo of the face", "kind": "photo"},
            {"name": "Edges clean", "kind": "pass_fail"},
            {"name": "Glue batch", "kind": "text"},
            {"name": "Released by", "kind": "signature"},
        ]
        plan = cls.env["wcm.control.plan"].create({
            "name": "Wall block", "product_ids": cls.block.ids,
            "checkpoint_ids": [Command.create({**point, "sequence": number}) for number, point in enumerate(points)],
        })
        plan.action_approve()

    def sign(self, page):
        canvas = page.locator("canvas")
        canvas.scroll_into_view_if_needed()
        box = canvas.bounding_box()
        page.mouse.move(box["x"] + 30, box["y"] + 60)
        page.mouse.down()
        for step in range(1, 9):
            page.mouse.move(box["x"] + 30 + 25 * step, box["y"] + (40 if step % 2 else 90))
        page.mouse.up()

    def assert_only_failed_by_hand(self, place):
        """A photo or words pass a checkpoint, no button does; that they are wrong is said, and taken back."""
        wrong = place.get_by_role("button", name="It is wrong: fail")
        wrong.click()
        place.locator(".badge").filter(has_text="Fail").wait_for()
        self.assertEqual(place.get_by_role("button", name="Pass", exact=True).count(), 0)
        wrong.click()
        place.locator(".badge").filter(has_text="Fail").wait_for(state="detached")

    def gauge(self, page, text):
        """As a gauge types: fast, and ended by Enter."""
        page.evaluate("""(text) => {
            for (const key of [...text, "Enter"]) {
                const target = document.activeElement || document.body;
                const event = new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true});
                if (target.dispatchEvent(event) && key.length === 1 && target.tagName === "INPUT") {
                    target.value += key;
                    target.dispatchEvent(new Event("input", {bubbles: true}));
                }
            }
        }""", text)

    def assert_all_there(self, inspection, signer):
        lines = {line.name: line for line in inspection.line_ids}
        self.assertEqual(inspection.state, "passed")
        self.assertEqual(lines["Thickness"].measured_values, [18.1, 18.034, 18.2])
        self.assertEqual((lines["Fit of the pegs"].reading, lines["Glue batch"].reading, lines["Edges clean"].passed_by_hand), ("Tight", "G-77", "pass"))
        self.assertTrue(lines["Photo of the face"].photo)
        self.assertEqual((bool(lines["Released by"].signature), lines["Released by"].signed_by), (True, signer))


@tagged("post_install", "-at_install")
class TestChecksAtTheBench(EveryKind, BenchCase):
    def test_a_check_of_every_kind_without_network_on_a_phone(self):
        self.check_block(PHONE, offline=True)

    def test_a_check_of_every_kind_on_a_tablet(self):
        self.check_block(DESKTOP, offline=False)

    def check_block(self, size, offline):
        part = self.first
        with self.browser_page("alder@example.com", size) as page:
            tab = self.open_bench(page.context)
            tab.get_by_text("All sent").wait_for()
            self.wait_for_picture(tab)
            self.wait_for_labels(tab)  # a reload in the middle would ask for them twice at once
            page.context.set_offline(offline)
            self.make_one(tab)
            self.open_check(tab, part)
            self.measure(tab, part)
            self.answer_the_rest(tab)
            page.context.set_offline(False)
            tab.get_by_text("All sent").first.wait_for()
            tab.close()
            self.forgive_all(CUT)
        self.assert_all_there(part.inspection_ids, self.alder_user.name)

    def wait_for_picture(self, tab):
        """Taken along while there is network."""
        tab.wait_for_function("""async () => {
            const done = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
            const {name} = (await indexedDB.databases()).find((one) => one.name.startsWith("wcm-bench-"));
            const database = await done(indexedDB.open(name));
            const keys = await done(database.transaction("files").objectStore("files").getAllKeys());
            database.close();
            return keys.some((key) => /^[0-9a-f]{64}$/.test(key));
        }""")

    def make_one(self, tab):
        self.start(tab, "W-T-1")
        tab.get_by_role("button", name="Blocks are done").click()
        tab.get_by_role("button", name="1 block is done").click()
        tab.get_by_text("1 of 2 made").wait_for()

    def open_check(self, tab, part):
        tab.get_by_role("link", name="Scan").click()
        tab.get_by_label("Code on the label").fill(part.name)
        tab.get_by_label("Code on the label").press("Enter")
        tab.get_by_role("button", name="Check this block").click()

    def measure(self, tab, part):
        """By keyboard and by gauge, wherever the focus is; a code that is scanned meanwhile is no reading."""
        tab.get_by_alt_text("How to check: Thickness").evaluate("image => image.decode()")
        first, second, third = (tab.get_by_label(f"Reading {number} of 3") for number in (1, 2, 3))
        first.fill("19")
        tab.get_by_text("19 mm: out of tolerance").wait_for()
        self.look(tab, "check-out-of-tolerance")
        first.fill("18 kg")
        tab.get_by_text("No number in mm, or in a unit that converts to it").wait_for()
        first.fill("")
        tab.get_by_role("button", name="Next").focus()
        self.gauge(tab, "18.1")
        self.assertEqual((first.input_value(), second.evaluate("input => input === document.activeElement")), ("18.1", True))
        self.gauge(tab, part.name)
        tab.get_by_text("A code is no reading, so nothing was entered.").wait_for()
        self.assertEqual(second.input_value(), "")
        tab.reload()
        second.fill('0.71"')
        tab.get_by_text("18.034 mm: within the limits").wait_for()
        second.press("Enter")
        self.assertTrue(third.evaluate("input => input === document.activeElement"))
        self.assertEqual(first.input_value(), "18.1")
        self.look(tab, "check-readings")
        self.assert_in_reach(tab, "Next")
        self.gauge(tab, "18.2")

    def assert_in_reach(self, tab, name):
        """At the bottom, and large enough for a thumb."""
        box, height = tab.get_by_role("button", name=name).bounding_box(), tab.viewport_size["height"]
        self.assertGreaterEqual(box["height"], 60)
        self.assertGreater(box["y"], height / 2)
        self.assertLessEqual(box["y"] + box["height"], height)

    def answer_the_rest(self, tab):
        tab.get_by_role("button", name="Loose").click()
        tab.get_by_text("Fail", exact=True).wait_for()
        tab.get_by_role("button", name="Tight").click()
        tab.get_by_text("Pass", exact=True).wait_for()
        self.look(tab, "check-choice")
        tab.get_by_role("button", name="Next").click()
        self.assert_only_failed_by_hand(tab)
        tab.locator("input[name=photo]").set_input_files(photo())
        tab.get_by_alt_text("Photo of Photo of the face").evaluate("image => image.decode()")
        tab.get_by_text("Pass", exact=True).wait_for()
        tab.get_by_role("button", name="Next").click()
        tab.get_by_role("button", name="Pass").click()
        tab.get_by_role("button", name="Next").click()
        self.assert_only_failed_by_hand(tab)
        tab.get_by_label("Write down").fill("G-77")
        tab.get_by_role("button", name="Next").click()
        self.sign(tab)
        tab.get_by_text("Pass", exact=True).wait_for()
        self.look(tab, "check-signature")
        tab.reload()
        tab.get_by_text("Pass", exact=True).wait_for()
        tab.get_by_role("button", name="Next").click()
        self.look(tab, "check-summary")
        tab.get_by_role("button", name="Finish this check").click()
        tab.get_by_role("button", name="Pack").wait_for()


@tagged("post_install", "-at_install")
class TestChecklist(EveryKind, BenchCase):
    """The same check on a member's page and in the back office."""

    def setUp(self):
        super().setUp()
        self.first.sudo().write({"state": "made", "made_on": "2026-05-01 10:00:00", "made_by_id": self.alder_user.id})
        self.inspection, self.first_name = self.first.inspection_ids, self.first.name
        self.lead = self.make_user("lead_t", "wcm_qc.group_quality_lead", password="lead_t")

    def test_on_a_members_phone(self):
        self.fill_in("alder@example.com", PHONE)

    def test_on_a_members_screen(self):
        self.fill_in("alder@example.com", DESKTOP)

    def test_on_a_quality_leads_phone(self):
        self.fill_in("lead_t", PHONE)

    def test_on_a_quality_leads_screen(self):
        self.fill_in("lead_t", DESKTOP)

    def fill_in(self, login, size):
        is_member = login != "lead_t"
        with self.browser_page(login, size) as page:
            page.goto("/workshop" if is_member else f"/odoo/action-wcm_qc.action_inspection/{self.inspection.id}")
            if is_member:
                page.get_by_role("navigation", name="Workshop").get_by_role("button", name="Checks").click()
                page.locator(".o_kanban_record").filter(has_text=self.first_name).click()
            self.measure(page, login)
            self.answer_the_rest(page, size)
            self.look(page, f"checklist-{login[:4]}")
            self.close(page, is_member)
        self.assert_all_there(self.inspection, self.env["res.users"].search([("login", "=", login)]).name)

    def look(self, page, name):
        self.picture(page, name, full=True)
        self.assert_accessible(page, within=".wcm_checks", name=name)

    def measure(self, page, login):
        first, second, third = (page.get_by_label(f"Reading {number} of 3") for number in (1, 2, 3))
        page.get_by_alt_text("How to check: Thickness").evaluate("image => image.decode()")
        first.fill("19")
        first.press("Tab")
        page.get_by_text("19 mm: out of tolerance").wait_for()
        self.look(page, f"checklist-{login[:4]}-out")
        first.fill("")
        first.press("Tab")
        page.get_by_text("out of tolerance").wait_for(state="detached")
        page.evaluate("document.activeElement.blur()")
        self.gauge(page, "18.1")
        page.get_by_text("18.1 mm: within the limits").wait_for()
        self.gauge(page, self.first_name)
        page.get_by_text("A code is no reading").wait_for()
        second.fill('0.71"')
        second.press("Enter")
        page.get_by_text("18.034 mm: within the limits").wait_for()
        self.gauge(page, "18.2")
        page.get_by_text("18.2 mm: within the limits").wait_for()
        self.assertEqual([one.input_value() for one in (first, second, third)], ["18.1", '0.71"', "18.2"])

    def answer_the_rest(self, page, size):
        self.onwards(page, size)
        page.get_by_role("group", name="Fit of the pegs").get_by_role("button", name="Tight").click()
        self.onwards(page, size)
        self.assert_only_failed_by_hand(page.locator("[data-check='Photo of the face']"))
        page.locator("input[name=photo]").set_input_files(photo())
        page.get_by_alt_text("Photo of Photo of the face").wait_for()
        self.onwards(page, size)
        page.get_by_role("group", name="Edges clean").get_by_role("button", name="Pass").click()
        self.onwards(page, size)
        self.assert_only_failed_by_hand(page.locator("[data-check='Glue batch']"))
        page.get_by_label("Write down").fill("G-77")
        self.onwards(page, size)
        self.sign(page)
        page.locator("[data-check='Released by'] .badge").filter(has_text="Pass").wait_for()

    def onwards(self, page, size):
        """One checkpoint a screen on a phone; all of them on a large one."""
        if size is PHONE:
            place = page.locator(".wcm_check_bar [role=status]")
            here = int(place.inner_text().split()[0])
            page.locator(".wcm_check_bar").get_by_role("button", name="Next").click()
            place.filter(has_text=f"{here + 1} of 6").wait_for()

    def close(self, page, is_member):
        if is_member:
            page.get_by_role("button", name="Finish this check").click()
            page.get_by_role("dialog").get_by_role("button", name="Finish this check").click()
            page.get_by_text("The check is closed.").wait_for()
        else:
            page.get_by_role("button", name="Close inspection").click()
            page.get_by_role("button", name="Correct").wait_for()
        page.get_by_alt_text("Signature: Released by").evaluate("image => image.decode()")
        self.picture(page, "checklist-closed", full=True)
