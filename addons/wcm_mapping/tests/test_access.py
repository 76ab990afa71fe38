from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import MappingCase

MODELS = (
    "wcm.region",
    "wcm.process",
    "wcm.material",
    "wcm.facility",
    "wcm.capability",
    "wcm.capability.match",
    "wcm.capability.search",
    "wcm.capacity",
    "wcm.facility.import",
    "wcm.facility.import.line",
    "wcm.audit",
    "wcm.audit.section.score",
    "wcm.audit.photo",
    "wcm.audit.finding",
    "wcm.audit.evidence",
    "wcm.audit.evidence.line",
    "wcm.certificate",
    "wcm.capability.evidence",
)


@tagged("post_install", "-at_install")
class TestAccess(MappingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own = cls.capability(cls.workshop, cls.routing, cost_per_hour=40)
        cls.other = cls.capability(cls.far_workshop, cls.routing, cost_per_hour=50)
        cls.own_machine = cls.equipment(cls.workshop, cls.routing)
        cls.other_machine = cls.equipment(cls.far_workshop, cls.routing)

    def seen(self, user, model):
        return self.env[model].with_user(user).search([])

    def test_colleagues_without_a_group_see_nothing(self):
        for model in MODELS:
            for operation in ("read", "write", "create", "unlink"):
                with self.subTest(model=model, operation=operation):
                    self.assertFalse(self.env[model].with_user(self.outsider).has_access(operation))
        self.assertNotIn(self.own_machine, self.seen(self.outsider, "maintenance.equipment"))

    def test_private_spaces_of_other_regions_are_not_seen(self):
        seen = self.seen(self.coordinator, "wcm.facility")
        self.assertIn(self.workshop, seen)
        self.assertNotIn(self.far_workshop, seen)

    def test_spaces_shown_to_the_network_are_seen_and_not_changed(self):
        for visibility in ("network", "public"):
            self.far_workshop.visibility = visibility
            space = self.far_workshop.with_user(self.coordinator)
            self.assertEqual(space.name, "Dorset Workshop")
            for change in (
                lambda s=space: s.write({"name": "Taken"}),
                lambda s=space: s.action_mark_verified(),
                lambda s=space: s.unlink(),
            ):
                with self.assertRaises(AccessError):
                    change()

    def test_coordinators_change_their_own_region(self):
        self.workshop.with_user(self.coordinator).write({"city": "Bristol"})
        self.own.with_user(self.coordinator).write({"cost_per_hour": 45})
        self.own_machine.with_user(self.coordinator).write({"make": "Maker"})
        self.assertEqual(self.own.cost_per_hour, 45)

    def test_coordinators_add_to_their_own_region_only(self):
        facilities = self.env["wcm.facility"].with_user(self.coordinator)
        self.assertEqual(facilities.create({"name": "New"}).region_id, self.bristol)
        with self.assertRaises(AccessError):
            facilities.create({"name": "New", "region_id": self.dorset.id})

    def test_a_space_cannot_be_pulled_into_an_own_region(self):
        self.far_workshop.visibility = "public"
        with self.assertRaises(AccessError):
            self.far_workshop.with_user(self.coordinator).region_id = self.bristol

    def test_rates_and_hours_stay_in_the_region_even_of_public_spaces(self):
        self.far_workshop.visibility = "public"
        self.assertNotIn(self.other, self.seen(self.coordinator, "wcm.capability"))
        self.assertIn(self.own, self.seen(self.coordinator, "wcm.capability"))
        spaces = self.seen(self.coordinator, "wcm.capacity").facility_id
        self.assertIn(self.workshop, spaces)
        self.assertNotIn(self.far_workshop, spaces)
        with self.assertRaises(AccessError):
            self.other.with_user(self.coordinator).read(["cost_per_hour"])

    def test_groups_of_hours_tell_no_more_than_the_rows(self):
        self.far_workshop.visibility = "public"
        groups = (
            self.env["wcm.capacity"].with_user(self.coordinator)._read_group([], ["facility_id"], ["hours_free:sum"])
        )
        self.assertNotIn(self.far_workshop, [facility for facility, _hours in groups])

    def test_kit_is_seen_with_its_space(self):
        self.assertNotIn(self.other_machine, self.seen(self.coordinator, "maintenance.equipment"))
        self.far_workshop.visibility = "public"
        self.assertIn(self.other_machine, self.seen(self.coordinator, "maintenance.equipment"))

    def test_following_a_machine_gives_no_right_to_change_it(self):
        self.far_workshop.visibility = "public"
        self.other_machine.message_subscribe(self.coordinator.partner_id.ids)
        with self.assertRaises(AccessError):
            self.other_machine.with_user(self.coordinator).write({"name": "Taken"})

    def test_machines_and_capability_cannot_be_moved_to_another_region(self):
        with self.assertRaises(AccessError):
            self.own_machine.with_user(self.coordinator).facility_id = self.far_workshop
        assembly = self.capability(self.workshop, self.assembly)
        with self.assertRaises(AccessError):
            assembly.with_user(self.coordinator).facility_id = self.far_workshop

    def test_equipment_managers_keep_what_core_gives_them(self):
        keeper = self.user("equipment_keeper", "maintenance.group_equipment_manager")
        machine = self.env["maintenance.equipment"].with_user(keeper).create({"name": "Drill"})
        machine.write({"name": "Big Drill"})
        self.other_machine.with_user(keeper).write({"note": "Oiled"})
        machine.unlink()

    def test_lists_of_words_and_regions_are_the_managers(self):
        for record in (self.routing, self.bristol, self.env.ref("wcm_mapping.material_osb3")):
            self.assertTrue(record.with_user(self.coordinator).name)
            with self.assertRaises(AccessError):
                record.with_user(self.coordinator).write({"name": "Other"})
            record.with_user(self.manager).write({"name": "Other"})

    def test_managers_see_and_change_everything(self):
        self.far_workshop.with_user(self.manager).write({"city": "Poole"})
        self.assertIn(self.other, self.seen(self.manager, "wcm.capability"))
        self.assertIn(self.far_workshop, self.seen(self.manager, "wcm.capacity").facility_id)
        self.far_workshop.with_user(self.manager).unlink()
        self.assertFalse(self.other_machine.exists())

    def test_imports_are_seen_by_who_made_them(self):
        run = (
            self.env["wcm.facility.import"]
            .with_user(self.manager)
            ._import_bytes(b"name\nA", "csv", "example.org", "", "", apply=False)
        )
        self.assertNotIn(run, self.seen(self.coordinator, "wcm.facility.import"))
        self.assertFalse(self.seen(self.coordinator, "wcm.facility.import.line"))
        with self.assertRaises(AccessError):
            run.with_user(self.coordinator).action_apply()

    def test_a_reader_is_told_whether_rates_are_theirs_to_see(self):
        self.far_workshop.visibility = "public"
        both = (self.workshop | self.far_workshop).with_user(self.coordinator)
        self.assertEqual(both.mapped("is_own_region"), [True, False])
        self.assertTrue(self.far_workshop.with_user(self.manager).is_own_region)

    def test_every_screen_opens_for_a_coordinator(self):
        for xmlid in ("facility", "capability", "capability_match", "capability_search", "capacity", "equipment", "facility_import"):
            action = self.env.ref(f"wcm_mapping.action_{xmlid}")
            model = self.env[action.res_model].with_user(self.coordinator)
            for view_id, kind in [*action.views, (False, "search")]:
                arch = model.get_views([(view_id, kind)])["views"][kind]["arch"]
                self.assertTrue(arch, f"{xmlid} {kind}")
