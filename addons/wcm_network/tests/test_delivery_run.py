"""Shipments of several members on few runs: proposed, moved by hand, accepted, driven, shared out."""

from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, HttpCase, tagged

from .common import MakingCase


class RunCase(MakingCase):
    """Alder Works and Birch Joinery, both near Bristol here, have blocks for Test Meadow; one van of the region is free."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.birch.facility_id.write({"latitude": 51.50, "longitude": -2.70})
        cls.site.write({"latitude": 51.46, "longitude": -2.55})
        cls.block.write({"weight": 40, "volume": 0.5})
        cls.beam.write({"weight": 25, "volume": 0.4})
        cls.van = cls.env["wcm.vehicle"].with_user(cls.coordinator).create({
            "name": "Van", "latitude": 51.44, "longitude": -2.60, "weight_kg": 1200, "floor_m2": 6, "region_id": cls.bristol.id,
        })
        cls.ours = cls.make_packed(cls.alder, cls.block_line, 3)
        cls.theirs = cls.make_packed(cls.birch, cls.beam_line, 2)

    @classmethod
    def make_packed(cls, member, line, quantity):
        parts = cls.make_made(member, line, quantity).part_ids
        parts.with_user(member.user_ids).action_pack()
        return parts.shipment_id

    def propose(self, shipments=None, vehicles=None, **values):
        wizard = self.env["wcm.delivery.proposal"].with_user(self.coordinator).create({
            "shipment_ids": [Command.set((shipments or self.ours | self.theirs).ids)],
            "vehicle_ids": [Command.set((self.van if vehicles is None else vehicles).ids)], **values,
        })
        wizard.action_propose()
        return wizard

    def proposed(self):
        return self.propose().run_ids


@tagged("post_install", "-at_install")
class TestDeliveryRun(RunCase):
    def test_two_members_are_fetched_in_one_run(self):
        run = self.proposed()
        self.assertEqual((len(run), run.state, run.shipment_ids, run.problem), (1, "proposed", self.ours | self.theirs, False))
        self.assertEqual((run.stop_ids.membership_id, run.stop_ids.site_id), (self.alder | self.birch, self.site))
        self.assertEqual((run.stop_ids[-1].site_id, run.date), (self.site, fields.Date.context_today(run) + timedelta(days=1)))
        self.assertEqual(run.weight_kg, 3 * 40 + 2 * 25)
        self.assertAlmostEqual(run.cost, self.van.cost_per_run + run.distance_km * self.van.cost_per_km, places=2)
        self.assertLess(run.stop_ids[0].arrive, run.stop_ids[-1].arrive)

    def test_more_runs_take_no_more_queries(self):
        run, counts = self.proposed(), []
        for runs in (run, run | self.more_runs(run, 3)):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            runs.with_user(self.coordinator).read(["stop_count", "weight_kg", "kgco2e"])
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0], counts)

    def more_runs(self, run, count):
        """Each with a shipment of its own at its only stop."""
        runs = run.browse()
        for number in range(count):
            shipment = self.env["wcm.shipment"].sudo().create({"membership_id": self.alder.id, "site_id": self.site.id})
            new = run.sudo().create({"vehicle_id": self.van.id, "date": run.date + timedelta(days=number)})
            new.stop_ids = [Command.create({"sequence": 1, "membership_id": self.alder.id, "shipment_ids": shipment.ids})]
            runs |= new
        return runs

    def test_the_proposal_is_filled_with_what_is_ready(self):
        form = Form(self.env["wcm.delivery.proposal"].with_user(self.coordinator))
        self.assertTrue(set((self.ours | self.theirs).ids) <= set(form.shipment_ids.ids))
        self.assertIn(self.van.id, form.vehicle_ids.ids)

    def test_what_no_vehicle_takes_is_named_with_the_reason(self):
        self.block.weight = 500
        wizard = self.propose()
        self.assertIn(self.ours.name, wizard.refused)
        self.assertIn("1500 kg are more than any vehicle takes", wizard.refused)
        self.assertEqual(wizard.run_ids.shipment_ids, self.theirs)

    def test_hours_that_never_meet_are_named(self):
        self.site.write({"receives_from": 6, "receives_to": 7})
        self.assertIn("within the hours", self.propose().refused)

    def test_a_place_that_is_not_on_the_map_is_named(self):
        self.site.write({"latitude": 0, "longitude": 0})
        with self.assertRaisesRegex(UserError, "Test Meadow has no place on the map"):
            self.propose()

    def test_accepting_tells_the_members_when_the_vehicle_comes(self):
        run = self.proposed()
        run.with_user(self.coordinator).action_accept()
        self.assertEqual((run.state, (self.ours | self.theirs).run_id), ("accepted", run))
        self.assertIn("Van on", self.ours.with_user(self.alder_user).carrier_note)
        self.assertIn("to load at", self.theirs.with_user(self.birch_user).carrier_note)

    def test_a_shipment_is_on_one_run_only(self):
        first = self.proposed()
        second = self.proposed()
        self.assertEqual((first.state, second.state), ("cancelled", "proposed"))
        second.with_user(self.coordinator).action_accept()
        with self.assertRaisesRegex(UserError, "on a run already"):
            self.propose()
        first.sudo().state = "proposed"
        with self.assertRaisesRegex(UserError, "is on another run"):
            first.with_user(self.coordinator).action_accept()

    def test_a_stop_that_is_moved_is_checked_at_once_and_comes_back_by_undo(self):
        run = self.proposed().with_user(self.coordinator)
        before = [stop.membership_id or stop.site_id for stop in run.stop_ids]
        run.stop_ids[-1].action_up()
        self.assertIn("is unloaded before it is loaded", run.problem)
        with self.assertRaisesRegex(UserError, "does not work yet"):
            run.action_accept()
        run.action_undo()
        self.assertEqual(([stop.membership_id or stop.site_id for stop in run.stop_ids], run.problem), (before, False))
        with self.assertRaisesRegex(UserError, "Nothing was moved"):
            run.action_undo()
        run.stop_ids[0].action_down()
        self.assertEqual([stop.membership_id or stop.site_id for stop in run.stop_ids], [before[1], before[0], before[2]])
        self.assertFalse(run.problem)

    def test_a_member_is_taken_off_with_its_delivery(self):
        run = self.proposed().with_user(self.coordinator)
        kilometres = run.distance_km
        run.stop_ids.filtered(lambda stop: stop.membership_id == self.birch).action_take_out()
        self.assertEqual((run.shipment_ids, run.problem), (self.ours, False))
        self.assertLess(run.distance_km, kilometres)
        with self.assertRaisesRegex(UserError, "Nothing would be left"):
            run.stop_ids[0].action_take_out()

    def test_kilometres_and_carbon_are_shared_by_weight_and_way(self):
        run = self.proposed()
        run.with_user(self.coordinator).action_accept()
        for shipment, user in ((self.ours, self.alder_user), (self.theirs, self.birch_user)):
            shipment.with_user(user).action_dispatch()
        self.assertAlmostEqual(self.ours.distance_km + self.theirs.distance_km, run.distance_km, places=1)
        self.assertAlmostEqual(self.ours.kgco2e + self.theirs.kgco2e, run.distance_km * self.van.kgco2e_per_km, places=1)
        self.assertGreater(self.theirs.kgco2e, 0)
        with self.assertRaisesRegex(UserError, "have left already"):
            run.with_user(self.coordinator).action_reopen()

    def test_a_cancelled_run_leaves_its_shipments_open(self):
        run = self.proposed().with_user(self.coordinator)
        run.action_accept()
        run.action_reopen()
        self.assertEqual((run.state, self.ours.run_id.ids, self.ours.carrier_note), ("proposed", [], False))
        run.action_accept()
        run.action_cancel()
        self.assertEqual((run.state, self.ours.run_id.ids), ("cancelled", []))

    def test_members_and_other_regions_have_no_say_in_runs(self):
        run = self.proposed()
        for user in (self.alder_user, self.other_coordinator):
            for step in ("action_accept", "action_cancel", "action_undo", "action_reopen"):
                with self.subTest(user=user.login, step=step), self.assertRaises(AccessError):
                    getattr(run.with_user(user), step)()
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                run.stop_ids[0].with_user(user).action_down()
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env["wcm.delivery.proposal"].with_user(user).create({"shipment_ids": [Command.set(self.ours.ids)], "vehicle_ids": [Command.set(self.van.ids)]}).action_propose()
        with self.assertRaises(AccessError):
            run.with_user(self.coordinator).write({"cost": 0})
        with self.assertRaises(UserError):
            run.sudo().unlink()


@tagged("post_install", "-at_install")
class TestDriversList(RunCase, HttpCase):
    def test_the_driver_reads_the_stops_by_a_signed_link(self):
        run = self.proposed()
        link = run.driver_url.removeprefix(run.get_base_url())
        self.assertEqual(self.url_open(link).status_code, 404, "Nobody drives what is only proposed.")
        run.with_user(self.coordinator).action_accept()
        page = self.url_open(link)
        self.assertEqual(page.status_code, 200)
        for words in (run.name, "Test Meadow", "Load ", "Unload ", self.ours.part_ids[0].name, "geo:"):
            self.assertIn(words, page.text)
        self.assertNotIn(f"{run.cost:.0f}", page.text.partition("<h1")[2])
        for wrong in (f"{link}x", "/delivery/nonsense", f"/delivery/{self.ours.id}"):
            self.assertEqual(self.url_open(wrong).status_code, 404)
        run.with_user(self.coordinator).action_cancel()
        self.assertEqual(self.url_open(link).status_code, 404)

    def test_blocks_are_listed_as_they_are_loaded_and_lifted(self):
        run = self.proposed()
        on, off = (run.stop_ids.filtered(lambda stop: stop.membership_id == self.alder), run.stop_ids[-1])
        self.assertEqual(on._blocks_in_order(), self.ours.part_ids.sorted("name", reverse=True))
        self.assertEqual(off._blocks_in_order(), (self.ours | self.theirs).part_ids._in_lifting_order())

    def test_a_delivery_note_is_for_the_member_and_the_coordinator(self):
        address = self.ours.delivery_note_url
        self.alder_user.password, self.birch_user.password = "alder-pass-1", "birch-pass-1"
        self.authenticate(self.alder_user.login, "alder-pass-1")
        note = self.url_open(address)
        self.assertEqual((note.status_code, note.headers["Content-Type"]), (200, "application/pdf"))
        self.assertTrue(note.content.startswith(b"%PDF"))
        self.authenticate(self.birch_user.login, "birch-pass-1")
        self.assertEqual(self.url_open(address).status_code, 404)
