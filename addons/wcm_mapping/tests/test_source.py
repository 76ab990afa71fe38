import base64
import json
from datetime import timedelta
from urllib.parse import parse_qs

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Date
from odoo.tests import tagged

from .common import MappingCase
from .test_download import web_server


@tagged("post_install", "-at_install")
class TestSource(MappingCase):
    """A map on a web server of our own, fetched over HTTP."""

    def setUp(self):
        super().setUp()
        self.env["ir.config_parameter"].set_param("wcm_mapping.allow_private_addresses", "True")
        self.server = self.enterContext(web_server({}))
        self.publish({"id": "1"}, {"id": "2", "name": "Hackspace", "lat": 51.5})

    def publish(self, *elements, **headers):
        base = {"name": "Fab Lab", "lat": 51.45, "lng": -2.6, "status": 1}
        document = {"licence": "ODbL", "data": [{**base, **element} for element in elements]}
        self.server.answers["/api/elements.json"] = (200, headers, json.dumps(document).encode())

    def publish_by_box(self, *elements):
        """As a map does: the elements within the box, not more than asked for."""

        def answer(query):
            west, south, east, north = map(float, query["bounds"][0].split(","))
            inside = [e for e in elements if west <= e["lng"] < east and south <= e["lat"] < north]
            return json.dumps({"data": inside[: int(query["limit"][0])]}).encode()

        self.server.answers["/api/elements.json"] = (200, {}, answer)

    def source(self, user=None, **values):
        values = {
            "name": "Map",
            "url": f"{self.server.url}/api/elements.json",
            "source_host": "map.example",
            "region_id": self.bristol.id,
            "interval": "weekly",
            **values,
        }
        return self.env["wcm.facility.source"].with_user(user or self.coordinator).create(values)

    def fetch(self, source):
        source.action_fetch()
        return source.import_ids.filtered(lambda run: run.state != "done")

    def applied(self, source):
        self.fetch(source).action_apply()
        return source

    def found(self):
        return self.env["wcm.facility"].search([("source_host", "=", "map.example")], order="external_id")

    def test_fetching_shows_what_would_come_and_writes_nothing(self):
        source = self.source()
        action = source.action_fetch()
        run = source.import_ids
        self.assertEqual((action["res_id"], run.state, run.create_count), (run.id, "previewed", 2))
        self.assertFalse(self.found())
        self.assertEqual(source.last_result, "2 new, 0 changed, 0 gone, 0 to look at")

    def test_categories_said_as_numbers_get_the_names_of_the_maps_taxonomy(self):
        self.publish({"id": "1", "categories": [5, "6"]}, {"id": "2", "categories": [99]})
        options = [{"id": 5, "name": "Menuiserie", "subcategories": [{"id": 6, "name": "Group", "options": [{"id": 6, "name": "CNC"}]}]}]
        taxonomy = json.dumps([{"id": 5, "name": "Main group", "options": options}]).encode()
        self.server.answers["/api/taxonomy.json"] = (200, {}, taxonomy)
        run = self.fetch(self.source())
        self.assertEqual(set(run.word_ids.mapped("word")), {"Menuiserie", "CNC", "99"})

    def test_a_map_without_a_taxonomy_or_with_a_broken_one_is_read_all_the_same(self):
        self.publish({"id": "1", "categories": [5]})
        for answer in (None, (200, {}, b"<html>"), (500, {}, b""), (200, {}, b"[1, {}, null]")):
            if answer:
                self.server.answers["/api/taxonomy.json"] = answer
            run = self.fetch(self.source(source_host=f"map{answer and answer[0]}{answer and len(answer[2])}.example"))
            self.assertEqual((run.create_count, run.word_ids.mapped("word")), (1, ["5"]))

    def test_what_is_gone_is_flagged_and_stays(self):
        source = self.applied(self.source())
        self.publish({"id": "1"})
        run = self.fetch(source)
        self.assertEqual((run.same_count, run.gone_count), (1, 1))
        self.assertFalse(self.found().filtered("source_gone_on"), "not before it is applied")
        run.action_apply()
        first, second = self.found()
        self.assertEqual((first.source_gone_on, second.source_gone_on), (False, Date.today()))

    def test_what_its_map_deleted_is_gone_too(self):
        source = self.applied(self.source())
        self.publish({"id": "1"}, {"id": "2", "status": -4})
        self.assertEqual(self.fetch(source).gone_count, 1)

    def test_what_comes_back_loses_its_flag(self):
        source = self.applied(self.source())
        self.found().source_gone_on = Date.today()
        run = self.fetch(source)
        self.assertEqual(run.update_count, 2)
        self.assertIn("back", run.line_ids[0].reason)
        run.action_apply()
        self.assertFalse(self.found().filtered("source_gone_on"))

    def test_a_list_that_is_the_same_makes_no_import(self):
        source = self.applied(self.source())
        self.assertFalse(self.fetch(source))
        self.assertEqual((source.last_result, len(source.import_ids)), ("Nothing has changed.", 1))

    def test_only_the_newest_preview_is_open(self):
        source = self.source()
        self.fetch(source)
        self.assertEqual(len(self.fetch(source)), 1)

    def test_an_import_that_is_under_way_is_not_taken_away(self):
        source = self.source()
        run = self.fetch(source)
        source.sudo().last_run = False
        for state in ("reading", "applying"):
            run.sudo().state = state
            with self.assertRaisesRegex(UserError, "under way"):
                source.action_fetch()
            self.assertNotIn(source, self.env["wcm.facility.source"]._due())
        self.assertTrue(run.exists())
        run.sudo().state = "previewed"
        self.assertIn(source, self.env["wcm.facility.source"]._due())

    def test_our_edits_are_asked_about(self):
        source = self.applied(self.source())
        self.found()[0].name = "Our Fab Lab"
        self.publish({"id": "1", "name": "Their Fab Lab"}, {"id": "2", "name": "Hackspace", "lat": 51.5})
        run = self.fetch(source)
        self.assertEqual((run.conflict_count, run.conflict_ids.theirs), (1, "Their Fab Lab"))

    def test_the_schedule_fetches_what_is_due_and_leaves_a_task(self):
        source = self.source()
        self.assertIn(source, self.env["wcm.facility.source"]._due())
        source._fetch_and_tell()
        self.assertIn("2 new", source.activity_ids.summary)
        self.assertEqual(source.next_run_on, Date.today() + timedelta(weeks=1))
        self.assertNotIn(source, self.env["wcm.facility.source"]._due())
        self.assertFalse(self.source(name="By hand", interval="never").next_run_on)

    def test_a_list_that_has_not_changed_is_not_sent_again(self):
        self.publish({"id": "1"}, ETag='"1"')
        source = self.applied(self.source())
        self.assertEqual(source.etag, '"1"')
        source._fetch_and_tell()
        self.assertEqual((source.last_result, source.has_failed), ("Nothing has changed.", False))

    def test_a_failure_is_written_down_and_tried_again_next_time(self):
        source = self.source()
        self.server.answers["/api/elements.json"] = (500, {}, b"")
        source._fetch_and_tell()
        self.assertIn("500", source.last_result)
        self.assertTrue(source.has_failed)
        self.server.answers["/api/elements.json"] = (200, {}, b"<html>")
        source._fetch_and_tell()
        self.assertIn("web page", source.last_result)
        with self.assertRaises(UserError):
            source.action_fetch()

    def test_a_box_that_is_too_full_is_asked_for_in_parts(self):
        places = [(51.4, -2.6), (51.41, -2.61), (51.45, -2.6), (51.6, -2.2), (51.9, -2.9)]
        self.publish_by_box(*({"id": str(n), "name": f"S{n}", "lat": a, "lng": b} for n, (a, b) in enumerate(places)))
        run = self.fetch(self.source(user=self.manager, bounds="-3, 51, -2, 52", page_size=2))
        self.assertEqual((run.create_count, len(run.line_ids)), (5, 5))
        asked = [parse_qs(path.partition("?")[2])["bounds"][0] for path in self.server.asked]
        self.assertEqual(asked[:2], ["-3,51,-2,52", "-3,51,-2.5,51.5"])

    def test_a_server_that_takes_no_notice_of_the_box_is_not_asked_for_ever(self):
        with self.assertRaisesRegex(UserError, "smaller"):
            self.source(bounds="-3, 51, -2, 52", page_size=2).action_fetch()

    def test_spaces_outside_the_box_are_never_gone(self):
        self.applied(self.source())
        source = self.source(name="Part", bounds="-3, 51.4, -2, 51.46")
        self.publish({"id": "1"})
        self.assertFalse(self.fetch(source))
        with self.assertRaises(ValidationError):
            source.bounds = "3, 51, 2, 52"

    def test_without_an_address_the_file_is_the_list(self):
        content = base64.b64encode(b'[{"id": "9", "name": "Shed", "lat": 51.45, "lng": -2.6}]')
        self.assertEqual(self.fetch(self.source(url=False, file=content)).create_count, 1)
        with self.assertRaises(ValidationError):
            self.source(url=False)

    def test_private_addresses_need_the_administrator(self):
        self.env["ir.config_parameter"].set_param("wcm_mapping.allow_private_addresses", "False")
        with self.assertRaisesRegex(UserError, "private network"):
            self.source().action_fetch()
        self.assertFalse(self.server.asked)

    def test_coordinators_keep_the_sources_of_their_regions(self):
        with self.assertRaises(AccessError):
            self.source(region_id=self.dorset.id)
        theirs = self.source(user=self.manager, region_id=self.dorset.id)
        self.assertFalse(theirs.with_user(self.coordinator).has_access("read"))
        with self.assertRaisesRegex(ValidationError, "Only a manager"):
            self.source(user_id=self.manager.id)
