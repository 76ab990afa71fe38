import json

from odoo.exceptions import AccessError
from odoo.tests import BaseCase, tagged

from ..readers import columns, words
from .common import MappingCase


@tagged("post_install", "-at_install")
class TestReadWords(BaseCase):
    def words_of(self, **extra):
        return words.read(extra, columns.word_of)

    def test_lists_cells_and_dictionaries_hold_words(self):
        self.assertEqual(self.words_of(categories=["Joinery", " CNC "]), ["Joinery", "CNC"])
        self.assertEqual(self.words_of(processes="cnc_routing, assembly;sanding"), ["cnc_routing", "assembly", "sanding"])
        self.assertEqual(self.words_of(categoriesFull=[{"id": 7, "name": "Joinery", "description": "wood"}]), ["Joinery"])
        self.assertEqual(self.words_of(other=["Joinery"]), [])

    def test_a_word_counts_once_however_it_is_written(self):
        self.assertEqual(
            self.words_of(categories=["Joinery", "JOINERY"], categoriesFull=[{"name": "joinery"}]), ["Joinery"]
        )

    def test_numbers_count_only_where_there_is_no_name(self):
        self.assertEqual(self.words_of(categories=[10427, 3]), ["10427", "3"])
        self.assertEqual(self.words_of(categories=[10427], categoriesFull=[{"id": 10427, "name": "Joinery"}]), ["Joinery"])

    def test_prose_is_no_word(self):
        self.assertEqual(self.words_of(materials="x" * 500, categories=[None, {}, [], True, ""]), [])


@tagged("post_install", "-at_install")
class TestImportWords(MappingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.joinery = cls.env.ref("wcm_mapping.process_joinery")

    def load(self, *categories, apply=True, user=None, **values):
        """One space for each list of categories."""
        base = {"lng": -2.6, "status": 1, **values}
        elements = [
            {"id": str(n), "name": f"Space {n}", "lat": 51.4 + n / 100, "categories": found, **base}
            for n, found in enumerate(categories)
        ]
        imports = self.env["wcm.facility.import"].with_user(user or self.manager)
        content = json.dumps({"data": elements}).encode()
        return imports._import_bytes(content, "gogocarto", "map.example", "ODbL", "Map", apply=apply)

    def found(self):
        return self.env["wcm.facility"].search([("source_host", "=", "map.example")], order="external_id")

    def said(self, run):
        return {word.word: (word.row_count, word.process_id.code or None) for word in run.word_ids}

    def test_a_preview_counts_words_and_proposes_what_our_vocabulary_knows(self):
        run = self.load(["Woodwork", "Menuiserie"], ["Menuiserie"], [], apply=False)
        self.assertEqual(self.said(run), {"Menuiserie": (2, None), "Woodwork": (1, "joinery")})
        self.assertEqual(run.open_word_count, 1)
        self.assertFalse(self.found())

    def test_what_a_person_says_is_declared_and_offers_no_hours(self):
        run = self.load(["Menuiserie"], apply=False)
        run.word_ids.process_id = self.joinery
        run.action_apply()
        capability = self.found().capability_ids
        self.assertEqual(
            (capability.process_id, capability.evidence_level, capability.share_offered), (self.joinery, "declared", 0)
        )
        self.assertEqual(self.found().process_ids, self.joinery)
        self.assertEqual(self.found().source_extra["categories"], ["Menuiserie"], "the word itself is kept")

    def test_what_was_said_is_remembered_for_the_next_run(self):
        run = self.load(["Menuiserie"], apply=False)
        run.word_ids.process_id = self.joinery
        run.action_apply()
        again = self.load(["Menuiserie"], ["menuiserie"])
        self.assertEqual(again.line_ids.mapped("outcome"), ["same", "create"])
        self.assertEqual(self.found().process_ids, self.joinery)
        self.assertEqual(len(self.found().capability_ids), 2)

    def test_a_meaning_that_comes_later_is_news_of_a_space_that_is_the_same(self):
        self.load(["Menuiserie"])
        self.assertEqual(self.load(["Menuiserie"]).line_ids.outcome, "same")
        self.env["wcm.import.word"].search([("key", "=", "menuiserie")]).process_id = self.joinery
        run = self.load(["Menuiserie"])
        self.assertEqual((run.line_ids.outcome, run.line_ids.reason), ("update", "New: Joinery"))
        self.assertEqual(self.found().process_ids, self.joinery)

    def test_a_meaning_said_in_the_preview_reaches_spaces_that_are_the_same(self):
        self.load(["Menuiserie"])
        run = self.load(["Menuiserie"], apply=False)
        run.word_ids.process_id = self.joinery
        run.action_apply()
        self.assertEqual((self.found().process_ids, run.state), (self.joinery, "done"))

    def test_a_word_may_mean_a_material_or_a_kind_of_organisation(self):
        material = self.env["wcm.material"].search([], limit=1)
        run = self.load(["Bois", "Charity"], apply=False)
        run.word_ids.filtered(lambda word: word.word == "Bois").material_id = material
        run.action_apply()
        self.assertEqual((self.found().material_ids, self.found().organisation_type), (material, "charity"))

    def test_what_somebody_said_of_the_organisation_stays(self):
        self.load(["Charity"])
        self.found().organisation_type = "sme"
        self.load(["Charity"])
        self.assertEqual(self.found().organisation_type, "sme")

    def test_a_word_that_means_nothing_here_is_not_asked_again(self):
        run = self.load(["Coffee"], apply=False)
        run.word_ids.is_ignored = True
        run.action_apply()
        self.assertEqual(self.load(["Coffee"]).open_word_count, 0)
        self.assertFalse(self.found().process_ids)

    def test_what_a_person_archived_does_not_come_back(self):
        self.load(["Woodwork"])
        self.found().capability_ids.active = False
        self.assertEqual(self.load(["Woodwork"]).line_ids.outcome, "same")
        self.assertFalse(self.found().capability_ids)

    def test_open_know_where_processes_are_words_too(self):
        record = {
            "name": "A",
            "id": "1",
            "latitude": 51.4,
            "longitude": -2.6,
            "manufacturing_processes": ["assembly", "Zapping"],
        }
        imports = self.env["wcm.facility.import"].with_user(self.manager)
        run = imports._import_bytes(json.dumps(record).encode(), "okw", "map.example", "CC0", "Map")
        self.assertEqual(self.said(run), {"assembly": (1, "assembly"), "Zapping": (1, None)})
        self.assertEqual(self.found().process_ids, self.assembly)

    def test_a_word_of_one_source_says_nothing_of_another(self):
        self.load(["Menuiserie"])
        other = self.env["wcm.import.word"]._meanings("other.example", ["Menuiserie"])
        self.assertEqual(other["menuiserie"].source_host, "other.example")

    def test_coordinators_say_what_words_mean_and_change_no_word(self):
        run = self.load(["Menuiserie"], apply=False, user=self.coordinator)
        run.word_ids.process_id = self.joinery
        with self.assertRaises(AccessError):
            run.word_ids.meaning_id.word = "Else"
        with self.assertRaises(AccessError):
            run.word_ids.row_count = 7
        with self.assertRaises(AccessError):
            self.env["wcm.import.word"].with_user(self.outsider).search([])
        stranger = self.user("stranger", "wcm_mapping.group_mapping_user")
        self.assertFalse(run.word_ids.with_user(stranger).search([]))


@tagged("post_install", "-at_install")
class TestImportShared(MappingCase):
    """An open import is for all coordinators of its region."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = cls.user("mapping_colleague", "wcm_mapping.group_mapping_user")
        cls.stranger = cls.user("mapping_stranger", "wcm_mapping.group_mapping_user")
        cls.bristol.coordinator_ids += cls.colleague
        cls.dorset.coordinator_ids = cls.stranger + cls.coordinator

    def load(self, *records, user=None, region=None):
        base = {"latitude": 51.45, "longitude": -2.6, "country": "GB"}
        content = json.dumps([{**base, **record} for record in records]).encode()
        imports = self.env["wcm.facility.import"].with_user(user or self.coordinator)
        imports = imports.with_context(default_region_id=(region or self.bristol).id)
        return imports._import_bytes(content, "okw", "example.org", "CC0", "Example", apply=False)

    def found(self):
        return self.env["wcm.facility"].search([("source_host", "=", "example.org")], order="external_id")

    def test_a_colleague_finishes_what_another_began(self):
        run = self.load({"id": "1", "name": "A"}).with_user(self.colleague)
        self.assertIn(run, run.search([]))
        run.action_apply()
        self.assertEqual((run.state, self.found().name), ("done", "A"))

    def test_other_regions_see_nothing_of_it(self):
        run = self.load({"id": "1", "name": "A"})
        for model in (run, run.line_ids, run.conflict_ids, run.word_ids):
            self.assertFalse(model.with_user(self.stranger).search([("id", "in", model.ids)]))

    def test_rows_of_spaces_that_are_private_elsewhere_are_not_shown_and_left(self):
        far = {"latitude": 50.72, "longitude": -2.44}
        first = self.load({"id": "1", "name": "A"}, {"id": "2", "name": "Far", **far})
        first.action_apply()
        self.found().filtered(lambda space: space.name == "Far").write({"visibility": "private", "city": "Ours"})
        run = self.load({"id": "1", "name": "A", "phone": "1"}, {"id": "2", "name": "Far", "city": "Theirs", **far})
        theirs = run.with_user(self.colleague)
        self.assertEqual((len(run.line_ids), run.conflict_count), (2, 1))
        theirs.invalidate_recordset()
        self.assertEqual(theirs.line_ids.mapped("name"), ["A"])
        self.assertFalse(theirs.conflict_ids)
        theirs.action_apply()
        self.assertEqual((run.state, self.found()[0].phone), ("previewed", "1"))
        self.assertIn("not yours: 1", run.problem)
        run.action_apply()
        self.assertEqual((run.state, run.problem), ("done", False))

    def test_a_colleague_adds_nothing_to_a_region_that_is_not_theirs(self):
        run = self.load({"id": "1", "name": "A"}, {"id": "2", "name": "Far", "latitude": 50.72, "longitude": -2.44})
        run.with_user(self.colleague).action_apply()
        self.assertEqual((run.state, self.found().mapped("name")), ("previewed", ["A"]))

    def test_only_its_maker_and_managers_take_it_away(self):
        run = self.load({"id": "1", "name": "A"})
        with self.assertRaises(AccessError):
            run.with_user(self.colleague).unlink()
        run.with_user(self.manager).unlink()

    def test_an_import_without_region_is_its_makers_alone(self):
        run = self.load({"id": "1", "name": "A"})
        run.region_id = False
        self.assertFalse(run.with_user(self.colleague).has_access("read"))
