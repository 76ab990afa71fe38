import io
from datetime import timedelta

import openpyxl

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .test_build_board import BoardCase


class LiftCase(BoardCase):
    """Walls are lifted in ten days, the roof in seventeen."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        today = fields.Date.context_today(cls.build)
        cls.block_line.date_required = cls.walls_day = today + timedelta(days=10)
        cls.beam_line.date_required = cls.roof_day = today + timedelta(days=17)

    def missing(self, day=None, stage=False, user=None):
        return self.build.with_user(user or self.coordinator).missing(day or self.walls_day, stage)

    def row(self, state, day=None):
        return next(row for row in self.missing(day)["rows"] if row["state"] == state)

    def dispatch(self, parts):
        parts.with_user(self.alder_user).action_pack()
        parts.shipment_id.with_user(self.alder_user).action_dispatch()
        return parts.shipment_id


@tagged("post_install", "-at_install")
class TestBuildLift(LiftCase):
    def lifts(self, user=None, build=False):
        lifts = self.env["wcm.build"].with_user(user or self.coordinator).lifts(build)
        return [(lift["day"], lift["stage"], lift["needed"], lift["missing"]) for lift in lifts if lift["build_id"] == self.build.id]

    def test_lifts_are_told_with_what_they_need_and_miss(self):
        self.assertEqual(self.lifts(), [(str(self.walls_day), "walls", 8, 8), (str(self.roof_day), "roof", 4, 4)])

    def test_far_lifts_are_told_of_one_home_only(self):
        self.beam_line.date_required = self.roof_day + timedelta(days=60)
        self.assertEqual([lift[1] for lift in self.lifts()], ["walls"])
        self.assertEqual([lift[1] for lift in self.lifts(build=self.build.id)], ["walls", "roof"])

    def test_what_is_here_is_not_missing(self):
        self.dispatch(self.order.part_ids).with_user(self.coordinator).action_receive_all()
        self.assertEqual((self.missing()["needed"], self.missing()["missing"]), (8, 5))
        self.assertEqual(self.lifts()[0][2:], (8, 5))

    def test_blocks_that_are_alike_share_a_row_with_their_serial_numbers(self):
        row = self.row("made")
        self.assertEqual((row["count"], row["serials"]), (3, self.order.part_ids.mapped("name")))
        self.assertEqual((row["member"], row["order"]), (self.alder.name, self.order.name))

    def test_a_lift_misses_what_was_due_earlier_too_and_one_stage_only_its_own(self):
        self.assertEqual(self.missing(self.roof_day)["missing"], 12)
        self.assertEqual(self.missing(self.roof_day, "roof")["missing"], 4)
        self.assertEqual([row["stage"] for row in self.missing(self.roof_day)["rows"]], ["walls"] * 3 + ["roof"] * 2)

    def test_what_is_on_its_way_says_which_shipment_and_opens_it(self):
        shipment = self.dispatch(self.order.part_ids)
        row = self.row("dispatched")
        self.assertIn(shipment.name, row["where"])
        self.assertIn("Scan it in", row["todo"])
        self.assertEqual(row["open"], ["wcm.shipment", shipment.id])

    def test_a_held_block_stands_apart_with_its_reason_and_opens_itself(self):
        part = self.order.part_ids[0]
        self.env.cr.execute("UPDATE wcm_part SET is_held = TRUE, hold_reason = 'Too thin' WHERE id = %s", [part.id])
        self.env.invalidate_all()
        held = next(row for row in self.missing()["rows"] if row["held"])
        self.assertEqual((held["count"], held["held"], held["open"]), (1, "Too thin", ["wcm.part", part.id]))

    def test_what_to_do_follows_from_where_it_is(self):
        for state, words in (("wanted", "plan it"), ("offered", "call the member"), ("made", "packing")):
            self.assertIn(words, self.row(state)["todo"])
        self.assertIn("release", self.row("agreed", self.roof_day)["todo"])

    def test_what_came_back_and_what_was_scrapped_on_site_say_so(self):
        first, second = self.order.part_ids[:2]
        self.dispatch(first + second).with_user(self.coordinator).action_receive_all()
        first.with_user(self.coordinator).action_return("repair", "Tongue broken off")
        second.with_user(self.coordinator).action_scrap("Fell from the forks")
        back = next(row for row in self.missing()["rows"] if row["serials"] == [first.name])
        self.assertIn("Came back to Alder", back["where"])
        self.assertIn("repaired", back["todo"])
        self.assertEqual(self.row("scrapped")["where"], "Scrapped")

    def test_an_order_that_is_ready_after_the_lift_says_so(self):
        self.order.sudo().date_due = self.walls_day + timedelta(days=1)
        self.assertTrue(self.row("made")["is_late"])

    def test_a_telephone_is_there_to_call(self):
        self.alder.partner_id.phone = "+44 117 496 0000"
        self.assertEqual(self.row("made")["phone"], "+44 117 496 0000")

    def test_a_day_is_asked_for(self):
        for day in ("", "Tuesday"):
            with self.assertRaisesRegex(UserError, "Choose the day"):
                self.build.missing(day)

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_it_is_for_coordinators_of_the_region(self):
        self.assertFalse(self.lifts(self.other_coordinator))
        for user in (self.other_coordinator, self.alder_user):
            with self.assertRaises(AccessError):
                self.missing(user=user)
        with self.assertRaises(AccessError):
            self.lifts(self.alder_user)

    def test_the_morning_page_counts_what_the_next_lifts_miss(self):
        self.block_line.date_required = fields.Date.today() + timedelta(days=6)
        cards = self.env["wcm.facility"].with_user(self.coordinator).dashboard()["cards"]
        card = next(card for card in cards if card["key"] == "missing")
        self.assertEqual((card["count"], card["action"]["res_model"]), (8, "wcm.build.block"))

    def test_it_takes_few_queries_however_many_blocks(self):
        self.block_line.quantity = 1000
        self.missing()
        self.env.invalidate_all()
        with self.assertQueryCount(16):
            found = self.missing()
        self.assertEqual(found["missing"], 1000)


@tagged("post_install", "-at_install")
class TestMissingFiles(LiftCase, HttpCase):
    def file(self, ending, user="coordinator_t", builds=None):
        self.env.ref("base.user_admin")
        self.authenticate(user, user)
        return self.url_open(f"/network/missing.{ending}?builds={builds or self.build.id}&day={self.walls_day}&stage=walls", timeout=60)

    def setUp(self):
        super().setUp()
        for user in (self.coordinator, self.other_coordinator):
            user.password = user.login

    def test_the_spreadsheet_has_a_row_for_each_kind(self):
        sheet = openpyxl.load_workbook(io.BytesIO(self.file("xlsx").content))["Missing"]
        words = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
        self.assertIn(", ".join(self.order.part_ids.mapped("name")), words)
        self.assertIn("In no order: plan it, or offer it to a member.", words)

    def test_it_prints(self):
        response = self.file("pdf")
        self.assertEqual(response.headers["Content-Type"], "application/pdf")
        self.assertTrue(response.content.startswith(b"%PDF"))

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_to_others_there_is_nothing(self):
        for builds in (self.build.id, "1,x", "999999999999", ""):
            self.assertEqual(self.file("xlsx", "coordinator_o", builds).status_code, 404)
            self.assertEqual(self.file("pdf", "coordinator_o", builds).status_code, 404)
