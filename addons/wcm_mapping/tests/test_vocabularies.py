from odoo.tests import HttpCase, tagged

from .common import MappingCase


@tagged("post_install", "-at_install")
class TestVocabularies(MappingCase, HttpCase):
    def get(self, address, code=200, **headers):
        response = self.url_open(f"/open-data/{address}", headers=headers)
        self.assertEqual(response.status_code, code, response.text[:300])
        return response

    def test_each_process_and_material_has_an_address_of_its_own(self):
        for kind, model in (("processes", "wcm.process"), ("materials", "wcm.material")):
            document = self.get(f"{kind}.json").json()
            self.assertEqual({word["id"] for word in document[kind]}, set(self.env[model].search([]).mapped("code")))
            self.assertEqual(document["total"], len(document[kind]))
            for word in document[kind][:3]:
                path = word["@id"].split("/open-data/")[1]
                self.assertEqual(self.get(path).json()["name"], word["name"])

    def test_a_word_tells_its_aliases_and_its_place_in_public_vocabularies(self):
        word = self.get("processes/cnc_routing.json").json()
        self.assertIn("nesting", word["aliases"])
        self.assertEqual(word["same_as"], self.routing.uri or None)
        self.assertTrue(word["licence"] and word["attribution"])

    def test_a_search_finds_by_alias(self):
        found = self.get("processes.json?q=Nesting").json()
        self.assertEqual([word["id"] for word in found["processes"]], ["cnc_routing"])
        self.assertEqual(self.get("processes.json?q=nothing+like+this").json()["total"], 0)

    def test_what_does_not_exist_is_not_found(self):
        self.get("processes/alchemy.json", code=404)
        self.get("materials/cnc_routing.json", code=404)

    def test_an_unchanged_vocabulary_is_not_sent_again_and_any_site_may_read_it(self):
        answer = self.get("materials.json")
        self.assertEqual(answer.headers["Access-Control-Allow-Origin"], "*")
        self.assertEqual(self.get("materials.json", 304, **{"If-None-Match": answer.headers["ETag"]}).content, b"")
