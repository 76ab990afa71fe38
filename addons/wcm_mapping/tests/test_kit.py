from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .common import MappingCase


@tagged("post_install", "-at_install")
class TestKit(MappingCase):
    def propose(self, user=None):
        action = self.workshop.with_user(user or self.coordinator).action_propose_from_kit()
        return self.env[action["res_model"]].with_user(user or self.coordinator).browse(action["res_id"])

    def offered(self, capability):
        return capability._hours_by_week(self.monday(1), 1)[capability.id][0]

    def router(self, **values):
        return self.equipment(self.workshop, self.routing, envelope_x_mm=2500, envelope_y_mm=1300, **values)

    def test_a_machine_model_fills_in_what_is_known_of_it(self):
        with Form(self.env["maintenance.equipment"].with_user(self.manager)) as form:
            form.facility_id = self.workshop
            form.machine_model_id = self.env.ref("wcm_mapping.machine_shopbot_prsalpha_96_48")
        machine = form.record
        self.assertEqual((machine.make, machine.process_id, machine.envelope_x_mm), ("ShopBot", self.routing, 2440))
        self.assertEqual(machine.name, "ShopBot PRSalpha 96-48")

    def test_every_machine_model_says_that_it_is_to_be_checked(self):
        shipped = self.env["wcm.machine.model"].search([])
        self.assertGreaterEqual(len(shipped), 20)
        self.assertNotIn(False, shipped.mapped("source_note"))

    def test_kit_that_nobody_recorded_is_proposed(self):
        self.router(tolerance_mm=0.2, quantity=2)
        [line] = self.propose().line_ids
        self.assertEqual((line.process_id, line.envelope_x_mm, line.machine_count), (self.routing, 2500, 2))
        self.assertEqual(line.recorded, "Nothing")

    def test_only_what_a_person_ticks_is_recorded_and_the_history_says_from_where(self):
        self.router()
        self.equipment(self.workshop, self.assembly)
        proposal = self.propose()
        proposal.line_ids.filtered(lambda line: line.process_id == self.routing).is_confirmed = True
        proposal.action_confirm()
        [capability] = self.workshop.capability_ids
        self.assertEqual((capability.process_id, capability.envelope_x_mm), (self.routing, 2500))
        self.assertIn("Taken from the kit", " ".join(capability.message_ids.mapped("body")))

    def test_what_the_kit_does_not_say_stays_as_recorded(self):
        capability = self.capability(self.workshop, self.routing, envelope_z_mm=150, tolerance_mm=0.5, cost_per_hour=40)
        self.router()
        proposal = self.propose()
        proposal.line_ids.is_confirmed = True
        proposal.action_confirm()
        self.assertEqual((capability.envelope_x_mm, capability.envelope_z_mm, capability.cost_per_hour), (2500, 150, 40))
        self.assertFalse(self.propose().line_ids)

    def test_nobody_records_capability_of_another_region(self):
        self.workshop.region_id = self.dorset
        self.workshop.visibility = "public"
        self.router()
        proposal = self.propose()
        proposal.line_ids.is_confirmed = True
        with self.assertRaises(AccessError):
            proposal.action_confirm()

    def test_a_proposal_is_seen_by_who_asked_for_it(self):
        self.router()
        with self.assertRaises(AccessError):
            self.propose().with_user(self.manager).read(["facility_id"])

    def test_a_machine_out_of_order_gives_no_hours(self):
        capability = self.capability(self.workshop, self.routing, calendar_id=self.calendar().id, machine_count=2)
        first, _second = self.router(), self.router()
        first.condition = "out_of_order"
        self.assertEqual(self.offered(capability), 35)
        first.condition = "good"
        self.assertEqual(self.offered(capability), 70)

    def test_a_spare_machine_stands_in_for_one_out_of_order(self):
        capability = self.capability(self.workshop, self.routing, calendar_id=self.calendar().id)
        self.router(condition="out_of_order")
        self.assertEqual(self.offered(capability), 0)
        self.router()
        self.assertEqual(self.offered(capability), 35)
