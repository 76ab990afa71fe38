import json
import re

from odoo.tests import HttpCase, tagged

from .common import MappingCase


@tagged("post_install", "-at_install")
class TestPublicPages(MappingCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["wcm.facility"].search([]).visibility = "network"
        open_to_all = {"visibility": "public", "published_precision": "exact"}
        cls.listed = cls.facility("Alder </script> Works", cls.bristol, city="Bristol", **open_to_all)
        cls.other = cls.facility("Beech Works", cls.dorset, city="Poole", organisation_type="charity", **open_to_all)
        cls.hidden = cls.facility("Cedar Works", cls.dorset, city="Wareham", visibility="public", published_precision="hidden")
        cls.capability(cls.listed, cls.routing)

    def names(self, query=""):
        text = self.url_open(f"/spaces?{query}").text
        return {name for name in ("Alder", "Beech", "Cedar", "Bristol Workshop", "Dorset Workshop") if f">{name}" in text}

    def linked_data(self, address):
        text = self.url_open(address).text
        return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)[1])

    def test_the_list_holds_every_public_space_and_no_other(self):
        self.assertEqual(self.names(), {"Alder", "Beech", "Cedar"})

    def test_the_page_of_a_merged_space_leads_to_the_one_it_is_part_of(self):
        address = self.other._public_path()
        self.env["wcm.facility.duplicate"]._of(self.listed, self.other).write({"choices": {"publication": "ours"}})
        self.env["wcm.facility.duplicate"]._of(self.listed, self.other).action_merge()
        answer = self.url_open(address, allow_redirects=False)
        self.assertEqual((answer.status_code, answer.headers["Location"]), (302, self.listed._public_path()))
        self.listed.visibility = "private"
        self.assertEqual(self.url_open(address, allow_redirects=False).status_code, 410, "it was public once")

    def test_the_list_is_filtered_without_any_script(self):
        self.assertEqual(self.names("region=dorset"), {"Beech", "Cedar"})
        self.assertEqual(self.names("process=cnc_routing"), {"Alder"})
        self.assertEqual(self.names("q=poole"), {"Beech"})
        self.assertEqual(self.names("q=nesting"), {"Alder"}, "another name of CNC routing")
        self.assertEqual(self.names("q=nothing+like+this"), set())

    def test_a_search_for_a_hidden_town_finds_nothing(self):
        self.assertEqual(self.names("q=wareham"), set())

    def test_a_strange_question_is_no_error(self):
        for query in ("page=999", "page=x", "region=%27%3B--", "q=%25%25", "q=" + "x" * 3000, "process=\u0000"):
            with self.subTest(query=query[:20]):
                self.assertEqual(self.url_open(f"/spaces?{query}").status_code, 200)

    def test_a_long_list_has_pages(self):
        for number in range(51):
            self.facility(f"Space {number:02}", self.bristol, visibility="public")
        first = self.url_open("/spaces?region=bristol")
        self.assertIn("/spaces?region=bristol&amp;page=2", first.text)
        self.assertIn("Space 50", self.url_open("/spaces?region=bristol&page=2").text)

    def test_only_the_embedded_page_may_be_framed_by_others(self):
        for address in ("/spaces", self.listed._public_path()):
            headers = self.url_open(address).headers
            self.assertEqual((headers["Content-Security-Policy"], headers["X-Frame-Options"]), ("frame-ancestors 'self'", "SAMEORIGIN"))
        headers = self.url_open("/spaces/embed").headers
        self.assertEqual(headers["Content-Security-Policy"], "frame-ancestors *")
        self.assertNotIn("X-Frame-Options", headers)

    def test_a_space_has_one_address(self):
        for address in (f"/spaces/{self.other.id}", f"/spaces/{self.other.id}-old-name"):
            response = self.url_open(address, allow_redirects=False)
            self.assertEqual(response.status_code, 301)
            self.assertTrue(response.headers["Location"].endswith(f"/spaces/{self.other.id}-beech-works"))

    def test_a_space_that_is_not_listed_has_no_page(self):
        for address in (f"/spaces/{self.workshop.id}", "/spaces/99999999", f"/spaces/{10**30}", f"/spaces/{self.workshop.id}-bristol-workshop"):
            answer = self.url_open(address)
            self.assertEqual(answer.status_code, 404)
            self.assertIn("There is no such space on the map", answer.text)

    def test_a_page_speaks_to_machines_and_no_name_breaks_out_of_it(self):
        data = self.linked_data(self.listed._public_path())
        self.assertEqual((data["@type"], data["name"]), ("LocalBusiness", "Alder </script> Works"))
        self.assertEqual(data["geo"], {"@type": "GeoCoordinates", "latitude": 51.45, "longitude": -2.59})
        self.assertEqual(data["knowsAbout"], ["CNC routing"])
        self.assertNotIn("geo", self.linked_data(self.hidden._public_path()))

    def test_the_map_says_where_its_data_can_be_had(self):
        data = self.linked_data("/spaces")
        self.assertEqual(len(data["distribution"]), 4)
        self.assertIn("creativecommons.org", data["license"])

    def test_the_map_draws_no_hidden_place(self):
        points = self.url_open("/spaces/points.json").json()["points"]
        self.assertEqual({point[0] for point in points}, {self.listed.id, self.other.id})

    def test_demonstration_data_says_so(self):
        self.assertNotIn("emonstration data", self.url_open("/spaces").text)
        self.other.is_illustrative = True
        self.assertIn("Demonstration data", self.url_open("/spaces").text)
        self.assertIn("Demonstration data:", self.url_open(self.other._public_path()).text)

    def test_a_page_shows_no_contact_that_was_not_agreed(self):
        self.listed.write({"email": "jane@example.org", "phone": "0117 1", "website": "javascript:alert(1)"})
        self.assertNotIn("jane@example.org", self.url_open(self.listed._public_path()).text)
        self.listed.publish_contact = True
        text = self.url_open(self.listed._public_path()).text
        self.assertIn("jane@example.org", text)
        self.assertNotIn('href="javascript', text)
