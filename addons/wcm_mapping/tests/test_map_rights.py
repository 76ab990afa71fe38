from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .test_map_read import ENGLAND, MapCase


class TestMapRights(MapCase):
    def test_a_coordinator_counts_what_it_may_see(self):
        self.assertEqual(self.map_of(self.coordinator).wcm_map_open([])["placed"], 6)
        self.dorset_spaces[0].visibility = "network"
        self.assertEqual(self.map_of(self.coordinator).wcm_map_open([])["placed"], 7)

    def test_clusters_and_list_count_the_same(self):
        self.cut(1)
        clusters = self.map_of(self.coordinator).wcm_map_marks([], ENGLAND, 3)["clusters"]
        self.assertEqual(sum(sum(row[2:]) for row in clusters), 6)
        self.assertEqual(self.map_of(self.coordinator).wcm_map_list([], ENGLAND)["length"], 6)

    def test_who_may_not_read_spaces_gets_no_map_of_them(self):
        for call in ("wcm_map_open", "wcm_map_marks", "wcm_map_list"):
            asked = ([],) if call == "wcm_map_open" else ([], ENGLAND) + ((5,) if call == "wcm_map_marks" else ())
            with self.subTest(call), self.assertRaises(AccessError):
                getattr(self.map_of(self.outsider), call)(*asked)

    def test_only_fields_that_make_groups_colour_a_map(self):
        for name in (
            "name",
            "source_extra",
            "id",
            "no_such_field",
            "region_id.code",
            "id; DROP TABLE wcm_facility",
            "1) --",
        ):
            with self.subTest(name), self.assertRaises(UserError):
                self.map_of().wcm_map_open([], color=name)

    def test_a_field_that_the_reader_may_not_read_colours_no_map(self):
        self.env["wcm.facility"]._fields["access_type"].groups = "base.group_system"
        self.addCleanup(setattr, self.env["wcm.facility"]._fields["access_type"], "groups", None)
        with self.assertRaises(UserError):
            self.map_of().wcm_map_open([], color="access_type")

    def test_a_view_of_another_model_or_type_is_refused(self):
        for view in ("wcm_mapping.wcm_audit_view_map", "wcm_mapping.wcm_facility_view_form"):
            with self.subTest(view), self.assertRaises(UserError):
                self.map_of().wcm_map_open([], view_id=self.env.ref(view).id)

    def test_a_window_is_four_numbers(self):
        for box in (("1", "2", "3"), ("a", 0, 0, 0), (0, 0, 0, "0); --"), None, 7, (float("nan"),) * 4, (1e308,) * 4, (10**400,) * 4):
            with self.subTest(box=box), self.assertRaises(UserError):
                self.map_of().wcm_map_marks([], box, 5)

    def test_what_is_no_number_is_refused_in_words(self):
        weeks = {"name": "free_hours"}
        calls = (
            lambda given: self.map_of().wcm_map_marks([], ENGLAND, given),
            lambda given: self.map_of().wcm_map_list([], ENGLAND, offset=given),
            lambda given: self.map_of().wcm_map_open([], color={**weeks, "weeks": given}),
            lambda given: self.map_of().wcm_map_open([], view_id=given),
            lambda given: self.env["wcm.capability"].week_grid(False, given),
        )
        for call in calls:
            for given in ("abc", [1], {"a": 1}, float("nan"), float("inf"), 10**30):
                with self.subTest(given=given), self.assertRaises(UserError):
                    call(given)

    def test_what_is_no_list_chooses_and_hides_nothing(self):
        opened = self.map_of().wcm_map_open([], color={"name": "by_process", "chosen": 5})
        self.assertEqual([group[:3] for group in opened["groups"] if group[2]], [[False, False, 10]])
        self.assertEqual(self.map_of().wcm_map_list([], ENGLAND, hidden=5)["length"], 10)


@tagged("post_install", "-at_install")
class TestMapOverRpc(HttpCase):
    def test_a_portal_user_learns_nothing_over_rpc(self):
        self.env["res.users"].create(
            {
                "name": "P",
                "login": "map_portal",
                "password": "map_portal",
                "group_ids": [(6, 0, self.env.ref("base.group_portal").ids)],
            }
        )
        self.authenticate("map_portal", "map_portal")
        asked = {"model": "wcm.facility", "method": "wcm_map_open", "args": [[]], "kwargs": {}}
        with self.assertLogs("odoo.http", "WARNING"):
            answer = self.url_open("/web/dataset/call_kw", json={"params": asked}).json()
        self.assertIn("AccessError", answer["error"]["data"]["name"])
