import re

from odoo.tests import tagged

from .bench import CUT
from .common import DESKTOP, PHONE, StoryCase

ODOOS = re.compile(r'^<[a-z]+ [^>]*class="[^"]*\bo_')  # a part of Odoo's own views, whoever shows it


class LearningCase(StoryCase):
    def look(self, page, name):
        self.picture(page, f"learning-{name}", full=True)
        found = self.axe(page, without=[".o_control_panel", ".o_field_statusbar", ".o_field_selection", ".modal-header", *([".wcm_header"] if page.locator(".modal").count() else [])])
        self.assertEqual([(v["id"], html) for v in found["violations"] for n in v["nodes"] if not ODOOS.match(html := n["html"])], [], name)

    def make_lesson(self, title, text, **values):
        opened = self.env["wcm.lesson"].with_user(self.alder_user).workshop_write(title, "lesson", text)
        lesson = self.env["wcm.lesson"].browse(opened["res_id"])
        lesson.sudo().write(values)
        return lesson

    def publish(self, lesson):
        lesson.with_user(self.alder_user).action_ask_review()
        lesson.with_user(self.coordinator).action_publish()


@tagged("post_install", "-at_install")
class TestTellUs(LearningCase):
    def test_two_taps_on_a_phone_without_losing_what_is_unsaved(self):
        lesson = self.make_lesson("Sheets bow", "They bowed by 6 mm.")
        with self.browser_page("alder@example.com", PHONE) as page:
            page.goto(f"/workshop/my-lessons/{lesson.id}")
            words = page.get_by_role("textbox", name="What was learnt")
            words.fill("They bowed by 7 mm.")
            page.get_by_role("button", name="Tell us").tap()
            page.get_by_label("What is it?").fill("The button is hard to find.")
            self.look(page, "tell")
            page.get_by_role("dialog").get_by_role("button", name="Problem").tap()
            page.get_by_text("Thank you.").wait_for()
            self.assertEqual(words.input_value(), "They bowed by 7 mm.")
        feedback = self.env["wcm.feedback"].search([], limit=1)
        self.assertEqual((feedback.text, feedback.mood, feedback.about), ("The button is hard to find.", "problem", lesson))
        self.assertIn(f"/workshop/my-lessons/{lesson.id}", feedback.page)

    def test_a_lost_connection_takes_no_word(self):
        with self.browser_page("colleague@example.com", PHONE) as page:
            page.goto("/workshop/my-orders")
            page.locator(".o_nocontent_help").wait_for()
            page.get_by_role("button", name="Tell us").tap()
            page.get_by_label("What is it?").fill("The saw is loud.")
            page.context.set_offline(True)
            page.get_by_role("dialog").get_by_role("button", name="Idea").tap()
            page.get_by_text("There is no connection just now").wait_for()
            self.look(page, "tell-offline")
            self.assertEqual(page.get_by_label("What is it?").input_value(), "The saw is loud.")
            page.context.set_offline(False)
            page.reload()
            page.get_by_role("button", name="Tell us").tap()
            self.assertEqual(page.get_by_label("What is it?").input_value(), "The saw is loud.")
            page.get_by_role("dialog").get_by_role("button", name="Idea").tap()
            page.get_by_text("Thank you.").wait_for()
            self.complaints[:] = [words for words in self.complaints if CUT not in words]
        self.assertEqual(self.env["wcm.feedback"].search([]).mapped("text"), ["The saw is loud."])

    def test_the_coordinator_answers_and_the_member_reads_it(self):
        self.env["wcm.feedback"].with_user(self.alder_user).workshop_tell("The drawing lacks a hole.", "problem")
        with self.browser_page("coordinator_t") as page:
            page.goto("/odoo/feedback")
            page.get_by_text("The drawing lacks a hole.").first.click()
            page.get_by_role("button", name="Answer", exact=True).click()
            dialog = page.get_by_role("dialog")
            dialog.get_by_label("Answer").fill("You are right.")
            dialog.get_by_label("What was done about it").fill("Version 4 has it.")
            dialog.get_by_role("button", name="Answer", exact=True).click()
            page.get_by_text("Version 4 has it.").wait_for()
            self.picture(page, "learning-inbox")
        for size in (PHONE, DESKTOP):
            with self.subTest(size), self.browser_page("alder@example.com", size) as page:
                page.goto("/workshop/today")
                page.get_by_text("Answers to what you told us").wait_for()
                page.locator("[data-card=feedback] .wcm_line").click()
                page.get_by_text("Version 4 has it.").wait_for()
                self.look(page, "answer")


@tagged("post_install", "-at_install")
class TestLessonsInABrowser(LearningCase):
    def test_a_member_writes_and_a_coordinator_publishes(self):
        with self.browser_page("alder@example.com", PHONE) as page:
            page.goto("/workshop/my-lessons")
            page.get_by_role("button", name="Write a lesson").tap()
            dialog = page.get_by_role("dialog")
            dialog.get_by_label("In one line").fill("Sheets bow when they stand")
            dialog.get_by_label("What was learnt").fill("Nia Probert stood them up. Lay them down.")
            self.look(page, "write")
            dialog.get_by_role("button", name="Keep as a draft").tap()
            page.get_by_role("button", name="Say who is named").tap()
            dialog.get_by_label("Name, as it stands").fill("Nia Probert")
            dialog.get_by_label("What readers find instead").fill("A maker")
            dialog.get_by_role("button", name="Add", exact=True).tap()
            page.get_by_text("Nia Probert: Not asked").wait_for()
            self.look(page, "draft")
            page.get_by_role("button", name="Ask for a review").tap()
            page.get_by_text("A coordinator reads it").wait_for()
        with self.browser_page("coordinator_t") as page:
            page.goto("/odoo/lessons")
            page.get_by_text("Sheets bow when they stand").first.click()
            page.get_by_role("tab", name="As readers find it").click()
            page.get_by_text("A maker stood them up.").wait_for()
            self.picture(page, "learning-review")
            page.get_by_role("button", name="Publish").click()
            page.get_by_role("dialog").get_by_role("button", name="Ok").click()
            page.get_by_role("button", name="Withdraw").wait_for()
        self.assertEqual(self.env["wcm.lesson"].search([], limit=1).state, "published")

    def test_anybody_finds_and_reads_them(self):
        process = self.routing
        lesson = self.make_lesson("Sheets bow", "They bowed by 6 mm.\nLay them down.", stage="develop", process_ids=process.ids, component_ids=self.block.ids)
        other = self.make_lesson("Glue in the cold", "It took a day longer.")
        self.publish(lesson)
        self.publish(other)
        for size in (PHONE, DESKTOP):
            with self.subTest(size), self.browser_page(size=size) as page:
                page.goto("/lessons")
                self.look(page, "public-list")
                page.get_by_label("Process").select_option(process.code)
                page.get_by_role("button", name="Show").click()
                page.get_by_text("1 lesson", exact=True).wait_for()
                page.get_by_role("link", name="Sheets bow").click()
                page.get_by_role("heading", name="Sheets bow").wait_for()
                self.look(page, "public-lesson")
                page.get_by_role("link", name="Develop").click()
                page.get_by_text("1 lesson", exact=True).wait_for()
