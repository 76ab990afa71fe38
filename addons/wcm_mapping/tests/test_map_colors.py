from odoo.exceptions import AccessError, UserError

from .test_map_read import ENGLAND, MapCase


class TestMapColors(MapCase):
    """Pins coloured by processes that the reader chose, and by free hours."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        both, router, *_others = cls.bristol_spaces
        calendar = cls.calendar()
        cls.capability(both, cls.routing, calendar_id=calendar.id)
        cls.capability(both, cls.assembly)
        cls.capability(router, cls.routing, calendar_id=calendar.id, share_offered=0.1)
        cls.capability(cls.dorset_spaces[0], cls.assembly, calendar_id=calendar.id)
        cls.env.flush_all()

    def counts(self, color, user=None):
        groups = self.map_of(user).wcm_map_open([], color=color)["groups"]
        return {label: count for _value, label, count, _code in groups if count}

    def test_a_chosen_process_colours_what_can_do_it(self):
        chosen = (self.routing | self.assembly).ids
        self.assertEqual(
            self.counts({"name": "by_process", "chosen": chosen}),
            {self.routing.name: 1, self.assembly.name: 1, "Several of them": 1, False: 7},
        )

    def test_points_and_list_have_the_same_colour_as_the_key(self):
        color = {"name": "by_process", "chosen": self.routing.ids}
        points = self.map_of().wcm_map_open([], color=color)["points"]
        coloured = {row[3] for row in points if row[4] == self.routing.id}
        listed = self.map_of().wcm_map_list([], ENGLAND, color=color, hidden=[False])["rows"]
        self.assertEqual(coloured, {"bristol 0", "bristol 1"})
        self.assertEqual({row[3] for row in listed}, coloured)

    def test_free_hours_of_the_next_weeks_lie_in_bands_with_numbers(self):
        groups = self.map_of().wcm_map_open([], color={"name": "free_hours", "weeks": 4})["groups"]
        counts = {label: (count, code) for _value, label, count, code in groups if count}
        self.assertEqual(counts, {"1–20 h": (1, "1+"), "80 h or more": (2, "80+"), False: (7, False)})

    def test_fewer_weeks_have_fewer_hours(self):
        self.assertEqual(
            self.counts({"name": "free_hours", "weeks": 1}), {"1–20 h": 1, "20–40 h": 1, "40–80 h": 1, False: 7}
        )

    def test_hours_of_other_regions_stay_there(self):
        self.dorset_spaces.visibility = "network"
        self.assertEqual(self.counts("free_hours", self.coordinator), {"1–20 h": 1, "80 h or more": 1, False: 8})

    def test_what_was_chosen_is_ids_and_nothing_else(self):
        for chosen in (["1) OR (1=1"], [None], [{}], "1"):
            with self.subTest(chosen=chosen):
                self.assertEqual(self.counts({"name": "by_process", "chosen": chosen}), {False: 10})

    def test_clusters_count_by_the_chosen_colours(self):
        self.cut(2)
        color = {"name": "by_process", "chosen": self.routing.ids}
        answer = self.map_of().wcm_map_marks([], ENGLAND, 3, color=color)
        totals = {value: sum(row[2 + i] for row in answer["clusters"]) for i, value in enumerate(answer["values"])}
        self.assertEqual(totals, {self.routing.id: 2, False: 8})


class TestMapLayers(MapCase):
    def test_regions_come_as_outlines_with_their_names(self):
        rows = self.map_of(self.coordinator).wcm_map_layer("regions")
        self.assertIn((self.bristol.id, "Bristol & West", "MultiPolygon"), [(r[0], r[1], r[2]["type"]) for r in rows])

    def test_a_layer_that_the_map_does_not_have_is_refused(self):
        for name in ("no_such_layer", "by_process", "", "regions'] | //field"):
            with self.subTest(name), self.assertRaises(UserError):
                self.map_of().wcm_map_layer(name)

    def test_who_may_not_read_the_other_model_is_not_offered_it(self):
        arch = self.map_of().get_view(view_type="wcm_map")["arch"]
        self.assertIn("free_hours", arch)
        self.env["ir.model.access"].search([("model_id.model", "=", "wcm.capacity")]).active = False
        self.env["ir.model.access"].search([("model_id.model", "=", "wcm.region")]).active = False
        self.env.registry.clear_cache()
        arch = self.map_of().get_view(view_type="wcm_map")["arch"]
        self.assertNotIn("free_hours", arch)
        with self.assertRaises(UserError):
            self.map_of().wcm_map_layer("regions")
        with self.assertRaises(UserError):
            self.map_of().wcm_map_open([], color="free_hours")

    def test_choices_are_kept_with_the_user(self):
        user = self.coordinator
        settings = self.env["res.users.settings"]._find_or_create_for_user(user).with_user(user)
        choices = {"wcm.facility": {"layers": ["regions"], "color": "free_hours"}}
        settings.set_res_users_settings({"wcm_map_choices": choices})
        self.assertEqual(settings._res_users_settings_format(["wcm_map_choices"])["wcm_map_choices"], choices)
        with self.assertRaises(AccessError):
            settings.with_user(self.manager).set_res_users_settings({"wcm_map_choices": {}})
