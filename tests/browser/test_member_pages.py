import re

from odoo.tests import tagged

from .common import DESKTOP, PHONE, StoryCase

ODOOS = re.compile(r'^<[a-z]+ [^>]*class="[^"]*\bo_')  # a part of Odoo's own views, whoever shows it


@tagged("post_install", "-at_install")
class TestMemberPages(StoryCase):
    """Pages that an owner or a maker of a member opens, at both sizes; axe looks at each."""

    def look(self, page, name):
        self.picture(page, f"pages-{name}", full=True)
        found = self.axe(page, without=[".o_control_panel", ".o_calendar_header", ".o_sidebar_toggler"])
        self.assertEqual([(v["id"], html) for v in found["violations"] for n in v["nodes"] if not ODOOS.match(html := n["html"])], [], name)

    def tab(self, page, name):
        page.get_by_role("navigation", name="Workshop").get_by_role("button", name=name).click()

    def test_an_owner_keeps_its_people(self):
        for size in (DESKTOP, PHONE):
            with self.subTest(size), self.browser_page("alder@example.com", size) as page:
                page.goto("/workshop/us")
                self.tab(page, "Us")
                self._add(page, f"Nia {size['width']}")
                self.look(page, "people")
                card = page.locator(".o_kanban_record").filter(has_text=f"Nia {size['width']}")
                card.get_by_role("button", name="Role").click()
                page.get_by_role("dialog").get_by_role("button", name="Supervisor").click()
                page.get_by_role("dialog").get_by_role("button", name="Change").click()
                card.get_by_text("Supervisor").wait_for()
        people = self.alder.person_ids.filtered(lambda one: one.name.startswith("Nia"))
        self.assertEqual((set(people.mapped("role")), set(people.mapped("has_pin"))), ({"supervisor"}, {True}))

    def _add(self, page, name):
        page.get_by_role("button", name="Add somebody").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Name").fill(name)
        dialog.get_by_label("PIN or badge").fill("4711")
        self.picture(page, "pages-add-person")
        dialog.get_by_role("button", name="Add", exact=True).click()
        page.get_by_text(name).first.wait_for()

    def test_a_maker_works_without_prices(self):
        order = self.released_order(2)
        with self.browser_page("colleague@example.com") as page:
            page.goto("/workshop/my-orders")
            page.get_by_text(order.name).first.wait_for()
            self.look(page, "maker-orders")
            page.locator(".o_kanban_record").filter(has_text=order.name).click()
            page.get_by_role("button", name="Start making").wait_for()
            self.assertNotIn("Price", page.locator("body").inner_text())
            self.look(page, "maker-order")
            self.tab(page, "Capacity")
            page.get_by_text("offered").first.wait_for()
            self.assertNotIn("an hour", page.locator("body").inner_text())
            self.tab(page, "Us")
            page.get_by_text("People").first.wait_for()
            self.look(page, "maker-us")

    def test_made_asks_on_which_machine(self):
        mill, router = self.env["maintenance.equipment"].create([
            {"name": name, "facility_id": self.alder.facility_id.id, "process_id": self.routing.id} for name in ("Mill", "Router")
        ])
        order = self.released_order(1)
        order.with_user(self.alder_user).action_start()
        part = order.part_ids
        with self.browser_page("colleague@example.com", PHONE) as page:
            page.goto(f"/workshop/my-parts/{part.id}")
            page.get_by_role("button", name="Made", exact=True).click()
            dialog = page.get_by_role("dialog")
            dialog.get_by_role("button", name="PLY-A").click()
            dialog.get_by_role("button", name="Mark as made").click()
            dialog.get_by_text("Please fill in “On which machine?”.").wait_for()
            dialog.get_by_role("button", name="Router").click()
            self.assert_accessible(page, within="#wcm_ask", name="made, on which machine")
            self.picture(page, "pages-machine")
            dialog.get_by_role("button", name="Mark as made").click()
            page.get_by_text("Marked as made.").wait_for()
        self.assertEqual(part.equipment_ids, router)
        self.assertNotIn(mill, part.equipment_ids)

    def test_every_page_of_an_owner_can_be_read_by_everybody(self):
        order = self.released_order(2)
        self.make_order(self.alder, self.beam_line, 2, state="offered")
        order.with_user(self.coordinator).message_post(body="Edge A is up", message_type="comment", subtype_xmlid="mail.mt_comment")
        for size in (DESKTOP, PHONE):
            with self.subTest(size), self.browser_page("alder@example.com", size) as page:
                self._read_today_and_answer(page, order)
                for path, see in (("my-orders", order.name), ("my-parts", order.part_ids[0].name), ("my-capacity", "offered"), ("my-hours", "Clock hours that you offer"), ("my-statement", "Still owed")):
                    page.goto(f"/workshop/{path}")
                    page.get_by_text(see).first.wait_for()
                    self.look(page, path)
                for view in ("list", "calendar") if size is DESKTOP else ():  # a phone has cards
                    page.goto(f"/workshop/my-orders?view_type={view}")
                    page.locator(f".o_{view}_view").wait_for()
                    self.look(page, f"orders-{view}")
                page.goto(f"/workshop/my-parts/{order.part_ids[0].id}")
                page.get_by_text("History", exact=True).first.wait_for()
                self.look(page, "part")
        self.assertEqual([one["own"] for one in order.with_user(self.alder_user).workshop_messages()], [False, True, True])

    def _read_today_and_answer(self, page, order):
        page.goto("/workshop")
        page.get_by_text("Messages from the coordinator" if page.viewport_size["width"] > 400 else "Offers to answer").wait_for()
        self.look(page, "today")
        page.goto(f"/workshop/my-orders/{order.id}")
        page.get_by_text("Edge A is up").wait_for()
        page.get_by_label("Your message").fill("Thank you\nfor that")
        page.get_by_role("button", name="Send").click()
        page.get_by_text("Thank you").last.wait_for()
        self.look(page, "order")
