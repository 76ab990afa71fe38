from odoo import Command
from odoo.tests import tagged

from odoo.addons.wcm_network.tests.test_site_arrival import ArrivalCase, photo


@tagged("post_install", "-at_install")
class TestArrivalQuality(ArrivalCase):
    """What is told at the site opens its nonconformity by itself."""

    def test_a_damaged_block_is_held_and_its_photo_is_with_the_nonconformity(self):
        self.done(self.told("damaged", parts=self.first.ids, note="Corner crushed", photo=photo()))
        nonconformity = self.first.nonconformity_ids
        self.assertEqual((nonconformity.state, nonconformity.description, nonconformity.opened_by_id, self.first.is_held), ("open", "Corner crushed", self.sam, True))
        files = self.env["ir.attachment"].search([("res_model", "=", "wcm.nonconformity"), ("res_id", "=", nonconformity.id), ("res_field", "=", "photo")])
        self.assertEqual(files.mapped("mimetype"), ["image/png"])
        self.assertEqual(self.issues().nonconformity_id, nonconformity)

    def test_what_was_short_is_free_again_when_it_turns_up(self):
        self.done(self.told("arrived", parts=(self.first + self.second).ids), self.told("unloaded", shipment=self.shipment.id, short=self.third.ids))
        nonconformity = self.third.nonconformity_ids
        self.assertEqual((nonconformity.state, self.third.is_held), ("open", True))
        self.done(self.told("arrived", parts=self.third.ids), self.told("unloaded", shipment=self.shipment.id))
        self.assertEqual((nonconformity.state, self.third.is_held, self.shipment.state), ("cancelled", False, "received"))

    def test_what_was_short_and_is_given_up_is_not_waited_for(self):
        self.done(self.told("arrived", parts=(self.first + self.second).ids), self.told("unloaded", shipment=self.shipment.id, short=self.third.ids))
        lead = self.make_user("lead_t", "wcm_qc.group_quality_lead")
        self.third.nonconformity_ids.with_user(lead).action_decide("scrap", "Fell off the vehicle")
        self.assertEqual((self.third.state, self.issues().state, self.shipment.state), ("scrapped", "settled", "received"))

    def test_a_block_at_the_wrong_site_is_held_until_it_is_at_its_own(self):
        self.elsewhere.receiver_ids = self.sam
        self.done(self.told("strange", site=self.elsewhere.id, code=self.first.name))
        self.assertTrue(self.first.is_held)
        self.done(self.told("arrived", parts=self.first.ids))
        self.assertEqual((self.first.is_held, self.first.nonconformity_ids.state), (False, "cancelled"))

    def test_a_coordinator_who_settles_damage_releases_no_hold(self):
        self.done(self.told("damaged", parts=self.first.ids, note="Wet"))
        self.issues().with_user(self.coordinator).action_settle("Told the maker")
        self.assertEqual((self.issues().state, self.first.is_held), ("settled", True))

    def test_an_unknown_code_has_no_block_to_hold(self):
        before = self.env["wcm.nonconformity"].search_count([])
        self.done(self.told("strange", site=self.site.id, code="5000112637922"))
        self.assertEqual(self.env["wcm.nonconformity"].search_count([]), before)

    def test_a_block_that_is_held_on_its_way_is_refused_with_the_reason(self):
        self.first.with_user(self.alder_user).action_report("Crack")
        self.assertIn("Crack", self.refused(self.told("arrived", parts=self.first.ids)))

    def receipt_check(self, verdict="pass", **args):
        return self.told("check_arrival", parts=self.first.ids, answers=[{"name": "Dry", "passed_by_hand": verdict}], **args)

    def plan_receipt(self):
        lead = self.make_user("lead_t", "wcm_qc.group_quality_lead")
        plan = self.env["wcm.control.plan"].create({
            "name": "Unloading", "stage": "site_receipt", "product_ids": self.block.ids,
            "checkpoint_ids": [Command.create({"name": "Dry", "kind": "pass_fail", "point_type": "hold"})],
        })
        plan.with_user(lead).action_approve()

    def test_a_block_is_checked_where_it_is_unloaded_by_who_receives_there(self):
        self.plan_receipt()
        taken = self.env["wcm.membership"].with_user(self.sam)._bench_snapshot()
        [check] = {(row["check"]["state"], row["check"]["plan"]) for row in taken["arrivals"]}
        self.assertEqual((check[0], taken["receipt_checks"][str(check[1])]["points"][0]["name"]), ("none", "Dry"))
        self.done(self.receipt_check())
        self.assertEqual((self.first.state, self.first.is_held, self.first.inspection_ids.inspector_id), ("received", False, self.sam))
        self.done(self.told("arrived", parts=self.second.ids), self.told("unloaded", shipment=self.shipment.id, short=self.third.ids))
        self.assertTrue(self.second.is_held, "Nobody checked it.")

    def test_what_is_wrong_as_it_arrives_is_here_and_held(self):
        self.plan_receipt()
        self.done(self.receipt_check("fail"))
        self.assertEqual((self.first.state, self.first.is_held, self.first.nonconformity_ids.opened_by_id), ("received", True, self.sam))

    def test_nobody_else_checks_what_arrives_and_nothing_is_checked_without_a_plan(self):
        self.assertIn("Nothing has to be checked", self.refused(self.receipt_check()))
        self.plan_receipt()
        self.assertIn("not yours", self.refused(self.receipt_check(), user=self.alder_user))
        self.assertEqual(self.first.state, "dispatched")
