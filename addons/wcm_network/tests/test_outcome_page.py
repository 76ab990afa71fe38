import json
from datetime import date
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from .test_outcomes import OutcomesCase

TODAY = date(2027, 2, 10)
BY_NOW = date(2026, 12, 31)


@tagged("post_install", "-at_install")
class TestOutcomePage(OutcomesCase, HttpCase):
    """Alder, Birch and Cedar each made for a home in Bristol; what they were paid: 150 + 100, 100 and 150."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cedar = cls.make_member("Cedar Yard", cls.bristol, "charity", {"latitude": 51.45, "longitude": -2.58}, rates=(40, 24))

    def third(self):
        self.arrived(self.cedar, self.make_build("Third home", {self.block: 3}).line_ids, 3)

    def page(self, region=None, today=TODAY):
        """{code: figure}, counted in the quarter after the work."""
        self.env.flush_all()
        self.env.cr.execute("UPDATE wcm_part SET made_on = '2026-11-01' WHERE made_on IS NOT NULL")
        self.env.cr.execute("UPDATE stock_move SET date = '2026-11-01' WHERE purchase_line_id IS NOT NULL AND state = 'done' AND date > '2026-11-01'")
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        with patch("odoo.fields.Date.context_today", return_value=today):
            page = self.env["wcm.indicator"]._public_page(region or self.env["wcm.region"])
        return {figure["code"]: figure for figure in page["figures"]}

    def test_two_members_are_too_few(self):
        figure = self.page()["spend_received"]
        self.assertEqual((figure["status"], figure["value"]), ("few", None))

    def test_three_members_are_told_to_the_nearest_hundred_up_to_the_last_quarter(self):
        self.third()
        figure = self.page()["spend_received"]
        self.assertEqual((figure["status"], figure["value"], figure["until"]), ("shown", 500, BY_NOW))
        self.assertEqual(self.value("spend_received", self.all), 500)
        self.assertEqual(self.page()["components_made"]["value"], 10)

    def test_the_quarter_that_is_not_over_is_not_told(self):
        self.third()
        self.assertEqual(self.page(today=date(2026, 12, 30))["spend_received"]["status"], "few")

    def test_homes_are_counted_as_they_stand_for_everybody_sees_them(self):
        self.assertEqual(self.env["wcm.build"].search([("state", "=", "complete")]).region_id, self.bristol)
        figure = self.page()["homes_complete"]
        self.assertEqual((figure["status"], figure["value"], figure["until"]), ("shown", 2, TODAY))
        self.assertEqual([self.page(region)["homes_complete"]["value"] for region in (self.bristol, self.cumbria)], [2, 0])

    def test_a_region_is_told_where_its_own_members_are_enough(self):
        self.third()
        self.assertEqual(self.page(self.bristol)["spend_received"]["value"], 500)
        self.assertEqual(self.page(self.cumbria)["spend_received"]["status"], "few")

    def test_only_what_a_manager_chose_is_there_and_off_it_at_once(self):
        self.third()
        self.assertNotIn("spend_billed", self.page())
        spend = self.indicator("spend_received")
        with self.assertRaises(AccessError):
            spend.with_user(self.coordinator).write({"is_public": False})
        self.assertIn("figure-spend_received", self.url_open("/outcomes").text)
        spend.with_user(self.manager).write({"is_public": False})
        self.assertNotIn("figure-spend_received", self.url_open("/outcomes").text)

    def test_it_is_counted_once_a_day(self):
        self.page()
        with patch("odoo.fields.Date.context_today", return_value=TODAY):
            before = self.env.cr.sql_log_count
            self.env["wcm.indicator"]._public_page(self.env["wcm.region"])
        self.assertLess(self.env.cr.sql_log_count - before, 4)

    def test_whose_records_are_not_known_are_not_told(self):
        self.third()
        self.indicator("spend_charged").is_public = True
        self.assertEqual(self.page()["spend_charged"]["status"], "few")

    def test_every_figure_can_be_asked_for(self):
        self.env["wcm.indicator"].search([]).is_public = True
        self.third()
        self.assertGreater(len(self.page()), 20)

    def test_anybody_reads_it_without_a_cookie_and_only_its_small_page_may_be_framed(self):
        for path, frames in (("/outcomes", "frame-ancestors 'self'"), ("/outcomes/embed", "frame-ancestors *"), ("/outcomes/embed?region=t_bristol", "frame-ancestors *")):
            with self.subTest(path):
                answer = self.url_open(path)
                self.assertEqual((answer.status_code, answer.headers["Content-Security-Policy"]), (200, frames))
                self.assertEqual("X-Frame-Options" in answer.headers, "embed" not in path)
                self.assertNotIn("Set-Cookie", answer.headers)
                self.assertIn("Homes complete", answer.text)
        self.assertNotIn("<script src", self.url_open("/outcomes/embed").text)

    def test_programs_get_the_same_as_json(self):
        answer = self.url_open("/open-data/outcomes.json?region=t_bristol")
        self.assertEqual(answer.headers["Access-Control-Allow-Origin"], "*")
        document = json.loads(answer.text)
        self.assertEqual(document["region"], "t_bristol")
        self.assertLessEqual({"code", "name", "value", "unit", "status", "until", "definition"}, document["figures"][0].keys())
        again = self.url_open("/open-data/outcomes.json?region=t_bristol", headers={"If-None-Match": answer.headers["ETag"]})
        self.assertEqual(again.status_code, 304)

    def test_a_region_that_is_none_is_not_found(self):
        for path in ("/outcomes", "/outcomes/embed", "/open-data/outcomes.json"):
            self.assertEqual(self.url_open(f"{path}?region=atlantis").status_code, 404)

    def test_nobody_is_named(self):
        self.third()
        self.page()
        for path in ("/outcomes", "/outcomes/embed", "/open-data/outcomes.json"):
            text = self.url_open(path).text
            for word in ("Alder", "Birch", "Cedar", "Person", "Test Fund"):
                self.assertNotIn(word, text)

    def test_the_map_and_the_lessons_lead_to_it(self):
        for path in ("/spaces", "/lessons"):
            self.assertIn('href="/outcomes"', self.url_open(path).text)
        self.assertNotIn('href="/outcomes"', self.url_open("/spaces/embed").text)
