import io
import zipfile
from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, tagged

from ..writers import markdown
from .common import NetworkCase


class LessonCase(NetworkCase):
    """`cls.lesson`: a draft of Alder's person, that names Nia Probert."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        opened = cls.env["wcm.lesson"].with_user(cls.alder_user).workshop_write("Sheets bow", "lesson", "Nia Probert stood the sheets up.\nThey bowed by 6 mm.")
        cls.lesson = cls.env["wcm.lesson"].browse(opened["res_id"])

    @classmethod
    def name_nia(cls, **values):
        return cls.env["wcm.lesson.person"].create({"lesson_id": cls.lesson.id, "name": "Nia Probert", "role": "a maker", **values})

    def publish(self):
        self.lesson.with_user(self.alder_user).action_ask_review()
        self.lesson.with_user(self.coordinator).action_publish()


@tagged("post_install", "-at_install")
class TestLesson(LessonCase):
    def test_a_member_writes_a_draft_of_its_own_region(self):
        self.assertEqual((self.lesson.state, self.lesson.author_id, self.lesson.region_id), ("draft", self.alder_user, self.bristol))
        self.assertEqual(self.lesson.with_user(self.alder_user).own_text, "Nia Probert stood the sheets up.\nThey bowed by 6 mm.")

    def test_a_draft_is_its_authors_and_its_coordinators(self):
        for user, found in ((self.alder_user, True), (self.coordinator, True), (self.manager, True), (self.birch_user, False), (self.other_coordinator, False)):
            with self.subTest(user.login):
                self.assertEqual(bool(self.env["wcm.lesson"].with_user(user).search([("id", "=", self.lesson.id)])), found)

    def test_a_member_changes_its_own_draft_and_nothing_else_of_it(self):
        mine = self.lesson.with_user(self.alder_user)
        mine.write({"own_text": "They bowed by 7 mm.", "stage": "develop"})
        self.assertIn("7 mm", self.lesson.text)
        for values in ({"text": "<p>x</p>"}, {"state": "published"}, {"author_id": self.birch_user.id}, {"region_id": self.cumbria.id}, {"public_text": "x"}):
            with self.subTest(values), self.assertRaises(AccessError):
                mine.write(values)
        with self.assertRaises(AccessError):
            self.lesson.with_user(self.birch_user).write({"own_text": "x"})

    def test_who_wrote_it_does_not_publish_it(self):
        self.name_nia()
        self.lesson.with_user(self.coordinator).write({"title": "Sheets bow when they stand"})
        self.lesson.with_user(self.alder_user).action_ask_review()
        for user, error in ((self.alder_user, AccessError), (self.other_coordinator, AccessError), (self.coordinator, UserError)):
            with self.subTest(user.login), self.assertRaises(error):
                self.lesson.with_user(user).action_publish()
        self.lesson.with_user(self.manager).action_publish()
        self.assertEqual((self.lesson.state, self.lesson.reviewed_by_id), ("published", self.manager))

    def test_it_goes_back_with_words_and_is_not_changed_in_review(self):
        mine = self.lesson.with_user(self.alder_user)
        mine.action_ask_review()
        with self.assertRaises(AccessError):
            mine.write({"own_text": "x"})
        with self.assertRaisesRegex(UserError, "what is to be changed"):
            self.lesson.with_user(self.coordinator).action_send_back("  ")
        self.lesson.with_user(self.coordinator).action_send_back("Say which sheets.")
        self.assertEqual((mine.state, mine.own_review_note), ("draft", "Say which sheets."))

    def test_nothing_empty_is_reviewed_or_kept(self):
        with self.assertRaisesRegex(UserError, "title"):
            self.env["wcm.lesson"].with_user(self.alder_user).workshop_write("  ", "lesson", "text")
        self.lesson.text = "<p> <br></p>"
        with self.assertRaisesRegex(UserError, "Write down"):
            self.lesson.with_user(self.alder_user).action_ask_review()

    def test_what_was_published_is_withdrawn_and_not_deleted(self):
        self.name_nia()
        self.publish()
        with self.assertRaisesRegex(UserError, "withdrawn, not deleted"):
            self.lesson.with_user(self.manager).unlink()
        with self.assertRaises(UserError):
            self.lesson.with_user(self.coordinator).write({"title": "Another"})
        self.lesson.with_user(self.alder_user).action_withdraw()
        self.assertEqual(self.lesson.state, "withdrawn")

    def test_a_lesson_is_about_what_its_writer_may_read(self):
        order = self.make_order(self.birch, self.block_line, 2, state="accepted")
        with self.assertRaises(AccessError):
            order.with_user(self.alder_user).action_write_lesson("x", "lesson", "x")
        opened = order.with_user(self.birch_user).action_write_lesson("Glue", "lesson", "It was cold.")
        lesson = self.env["wcm.lesson"].browse(opened["res_id"])
        self.assertEqual((lesson.about, order.lesson_count), (order, 1))
        site = self.env["wcm.site"].create({"name": "Far Field", "code": "FF", "partner_id": self.site.partner_id.id, "region_id": self.cumbria.id})
        with self.assertRaises(AccessError):
            self.lesson.with_user(self.coordinator).write({"about": f"wcm.site,{site.id}"})

    def test_the_button_counts_and_opens_them(self):
        self.lesson.about = self.build
        self.assertEqual(self.build.lesson_count, 1)
        self.assertEqual(self.env["wcm.lesson"].search(self.build.action_open_lessons()["domain"]), self.lesson)
        self.lesson.component_ids = self.block
        self.assertEqual(self.block.product_tmpl_id.lesson_count, 1)

    def test_nobody_of_a_suspended_member_writes_one(self):
        self.alder.with_user(self.coordinator).action_suspend("Unpaid insurance")
        with self.assertRaises(AccessError):
            self.env["wcm.lesson"].with_user(self.alder_user).workshop_write("x", "lesson", "x")

    def test_drafts_are_shut_with_the_member_and_what_it_published_stays(self):
        draft = self.env["wcm.lesson"].with_user(self.alder_user).workshop_write("Glue", "lesson", "It took a day longer.")["res_id"]
        self.name_nia()
        self.publish()
        self.alder.with_user(self.coordinator).action_suspend("Unpaid insurance")
        both = [("id", "in", [draft, self.lesson.id])]
        for user in (self.alder_user, self.birch_user):
            with self.subTest(user.login):
                self.assertEqual(self.env["wcm.lesson"].with_user(user).search(both), self.lesson)

    def test_funders_and_the_public_reach_no_lesson(self):
        for login, group in (("funder_l", "wcm_network.group_funder"), ("public_l", "base.group_public"), ("portal_l", "base.group_portal")):
            user = self.make_user(login, group)
            with self.subTest(login), self.assertRaises(AccessError):
                self.env["wcm.lesson"].with_user(user).search([])
            with self.assertRaises(AccessError):
                self.env["wcm.lesson"].with_user(user).workshop_write("x", "lesson", "x")


@tagged("post_install", "-at_install")
class TestConsent(LessonCase):
    def test_without_consent_readers_find_the_role(self):
        self.name_nia()
        self.publish()
        self.assertIn("A maker stood the sheets up", self.lesson.public_words)
        self.assertNotIn("Nia", self.lesson.public_text)

    def test_a_role_that_begins_a_sentence_has_a_capital(self):
        self.name_nia(also_called="Mrs Probert")
        for text, words in (
            ("<p>It bowed. Nia Probert saw it, and Nia Probert said so.</p>", "It bowed. A maker saw it, and a maker said so."),
            ("<p>It bowed!” Mrs Probert saw it.</p><p>“Nia Probert” it was.</p>", "It bowed!” A maker saw it.\n“A maker” it was."),
            ("<p>Ask <b>Nia Probert</b>. <b>Nia Probert</b> knows.</p>", "Ask a maker. A maker knows."),
            ("<p><b>Important:</b> Nia Probert saw it<br>Nia Probert again</p>", "Important: a maker saw it\nA maker again"),
            ("<ul><li>Nia Probert</li></ul>", "A maker"),
        ):
            self.lesson.text = text
            found = self.lesson._words(self.lesson._public_html()).replace("*", "").strip()
            with self.subTest(text):
                self.assertEqual(found, words)

    def test_consent_says_when_and_how_and_who_recorded_it(self):
        person = self.name_nia()
        with self.assertRaisesRegex(ValidationError, "when and how"):
            person.consent = "agreed"
        person.with_user(self.coordinator).write({"consent": "agreed", "consent_on": date(2026, 5, 1), "consent_how": "By e-mail"})
        self.assertEqual(person.recorded_by_id, self.coordinator)
        self.publish()
        self.assertIn("Nia Probert stood", self.lesson.public_words)

    def test_consent_taken_back_works_at_once_on_what_is_published(self):
        self.lesson.title = "What Nia Probert saw"
        person = self.name_nia(consent="agreed", consent_on="2026-05-01", consent_how="By e-mail")
        self.publish()
        self.assertEqual(self.lesson.title, "What Nia Probert saw")
        person.with_user(self.coordinator).consent = "withdrawn"
        self.assertEqual((self.lesson.title, bool(person.withdrawn_on)), ("What a maker saw", True))
        self.assertNotIn("Nia", self.lesson.public_text + self.lesson.public_words)

    def test_a_part_of_a_name_is_told_and_not_published(self):
        self.lesson.text = "<p><b>Nia</b> Probert stood them up. Mrs Probert said so.</p>"
        person = self.name_nia()
        self.assertIn("“Probert” of Nia Probert", self.lesson.names_left)
        with self.assertRaisesRegex(UserError, "Nia Probert, who did not agree"):
            self.publish()
        person.also_called = "Mrs Probert"
        self.lesson.text = "<p>Nia Probert stood them up. Mrs Probert said so.</p>"
        self.assertFalse(self.lesson.names_left)

    def test_people_whom_the_network_knows_are_told_when_nobody_listed_them(self):
        self.lesson.text = "<p>Birch Person and office@birch.example were asked.</p>"
        self.assertIn("“Birch Person”, who is not in the list", self.lesson.names_left)
        self.assertIn("office@birch.example", self.lesson.names_left)
        with self.assertRaises(UserError):
            self.publish()

    def test_only_who_wrote_it_says_whether_its_name_stands_there(self):
        self.name_nia()
        self.assertEqual(self.lesson.byline, "a member of the network")
        with self.assertRaises(AccessError):
            self.lesson.with_user(self.coordinator).action_name_me()
        self.lesson.with_user(self.alder_user).action_name_me()
        self.assertEqual(self.lesson.byline, "Alder Person")

    def test_a_member_says_whom_its_text_names(self):
        self.lesson.with_user(self.alder_user).action_add_person("Nia Probert", "a maker", "agreed", "Asked in person")
        self.assertEqual(self.lesson.person_ids.consent, "agreed")
        with self.assertRaises(AccessError):
            self.lesson.with_user(self.birch_user).action_add_person("Nia", "x", "agreed", "x")
        with self.assertRaisesRegex(ValidationError, "when and how"):
            self.lesson.with_user(self.alder_user).action_add_person("Dai Rees", "a maker", "agreed", "")

    def test_pictures_scripts_and_other_attributes_are_not_published(self):
        self.lesson.text = '<p onclick="x()" title="Nia Probert">Bowed<img src="/web/image/1" alt="Nia Probert"> <a href="https://example.com/sheets" title="x">here</a></p>'
        self.name_nia()
        self.publish()
        self.assertEqual(self.lesson.public_text, '<p>Bowed <a href="https://example.com/sheets" rel="noopener nofollow">here</a></p>')

    def test_who_is_erased_is_in_no_text_and_no_list_any_more(self):
        partner = self.env["res.partner"].create({"name": "Nia Probert", "email": "nia@example.org"})
        self.name_nia(partner_id=partner.id, also_called="Mrs Probert", consent="agreed", consent_on="2026-05-01", consent_how="By e-mail")
        self.lesson.text = "<p>Nia Probert stood them up. Mrs Probert said so.</p>"
        self.publish()
        data = self.env["wcm.person.data"].with_user(self.manager)
        person = data._person(partner, "nia@example.org")
        self.assertIn("wcm.lesson", {holding.records._name for holding in data._find(person)})
        data._erase(person, "request")
        self.env.invalidate_all()
        for words in (self.lesson.text, self.lesson.public_text, self.lesson.public_words):
            self.assertNotIn("Probert", words)
        self.assertFalse(self.lesson.person_ids)


@tagged("post_install", "-at_install")
class TestLessonMarkdown(LessonCase):
    def test_a_file_has_front_matter_and_keeps_its_name(self):
        self.name_nia()
        self.lesson.write({"stage": "develop", "process_ids": [Command.set(self.routing.ids)], "component_ids": [Command.set(self.block.ids)]})
        self.publish()
        name = self.lesson._file_name()
        self.assertEqual(name, f"{self.lesson.id:05}-sheets-bow.md")
        text = self.lesson._markdown()
        for line in ('title: "Sheets bow"', 'licence: "CC BY 4.0"', 'stage: "develop"', f'processes: ["{self.routing.code}"]', 'components: ["W-T-1"]'):
            self.assertIn(line, text.splitlines())
        self.assertIn("# Sheets bow\n\nA maker stood the sheets up.", text)
        self.lesson.title = "Another title"
        self.assertEqual(self.lesson._file_name(), name)

    def test_all_that_is_published_is_one_file_and_the_same_bytes_again(self):
        self.name_nia()
        self.publish()
        draft = self.lesson.copy({"title": "Draft of nobody"})
        first = self.env["wcm.lesson"]._published_zip()
        with zipfile.ZipFile(io.BytesIO(first)) as archive:
            self.assertIn(self.lesson._file_name(), archive.namelist())
            self.assertNotIn(draft._file_name(), archive.namelist())
        self.assertEqual(self.env["wcm.lesson"]._published_zip(), first)

    def test_html_becomes_markdown(self):
        for html, expected in (
            ("<p>One <b>two</b> <i>three</i><br>four</p>", "One **two** *three*\\\nfour\n"),
            ("<h2>Why</h2><ul><li>a</li><li><p>b</p><ol><li>c</li></ol></li></ul>", "## Why\n\n- a\n- b\n\n  1. c\n"),
            ("<p>2 * 3 [x] _y_</p>", "2 \\* 3 \\[x\\] \\_y\\_\n"),
            ("<p>1. not a list</p>", "1\\. not a list\n"),
            ('<p><a href="https://e.org/a(b)">w</a> <a href="javascript:x()">v</a></p>', "[w](https://e.org/a(b%29) v\n"),
            ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b\n"),
            ("<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2|3</td></tr></table>", "| a | b |\n| --- | --- |\n| 1 | 2\\|3 |\n"),
            ("", ""), (False, ""),
        ):
            with self.subTest(html):
                self.assertEqual(markdown.from_html(html), expected)


@tagged("post_install", "-at_install")
class TestLessonPages(HttpCase, LessonCase):
    def setUp(self):
        super().setUp()
        self.name_nia()
        self.publish()
        self.lesson.process_ids = self.routing
        self.path = self.lesson._public_path()

    def test_anybody_reads_what_is_published(self):
        page = self.url_open(self.path)
        self.assertEqual(page.status_code, 200)
        for words in ("Sheets bow", "A maker stood", "CC BY 4.0", "a member of the network"):
            self.assertIn(words, page.text)
        for words in ("Nia", "Alder Person", "alder@example.com"):
            self.assertNotIn(words, page.text)

    def test_its_address_stays(self):
        moved = self.url_open(f"/lessons/{self.lesson.id}-another-title", allow_redirects=False)
        self.assertEqual((moved.status_code, moved.headers["Location"].endswith(self.path)), (301, True))

    def test_the_list_is_searched_and_narrowed(self):
        for query, found in (("", True), ("?q=bowed", True), ("?q=Nia", False), (f"?process={self.routing.code}", True), ("?stage=define", False), ("?kind=nonsense", False), ("?page=99", True)):
            with self.subTest(query):
                self.assertEqual(self.path in self.url_open(f"/lessons{query}").text, found)

    def test_drafts_do_not_exist_and_what_is_withdrawn_says_so(self):
        draft = self.lesson.copy({"title": "Secret draft"})
        self.assertEqual(self.url_open(f"/lessons/{draft.id}").status_code, 404)
        self.assertEqual(self.url_open(f"/lessons/{draft.id}/lesson.md").status_code, 404)
        self.assertEqual(self.url_open(f"/network/lesson/{draft.id}/lesson.md", allow_redirects=False).status_code, 303)
        self.lesson.with_user(self.coordinator).action_withdraw()
        gone = self.url_open(self.path)
        self.assertEqual(gone.status_code, 410)
        self.assertNotIn("bowed", gone.text)

    def test_the_feed_and_the_files(self):
        feed = self.url_open("/lessons/feed.atom")
        self.assertIn("application/atom+xml", feed.headers["Content-Type"])
        self.assertIn(self.path, feed.text)
        self.assertIn("A maker stood", self.url_open(f"/lessons/{self.lesson.id}/lesson.md").text)
        self.assertEqual(self.url_open("/lessons/lessons.zip").content[:4], b"PK\x03\x04")

    def test_a_file_of_a_draft_is_for_who_may_read_it(self):
        draft = self.lesson.copy({"title": "Secret draft", "author_id": self.alder_user.id})
        for login, password, status in (("alder@example.com", "alder-password", 200), ("birch@example.com", "birch-password", 404)):
            self.authenticate(login, password)
            self.assertEqual(self.url_open(f"/network/lesson/{draft.id}/lesson.md").status_code, status, login)
