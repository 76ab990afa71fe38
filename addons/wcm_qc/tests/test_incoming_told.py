"""Where an incoming check is told: the desk, the shop-floor app, the evidence of a home."""

import io
import json
import uuid
import zipfile

from odoo.tests import tagged

from .incoming import IncomingCase


@tagged("post_install", "-at_install")
class TestIncomingTold(IncomingCase):
    def cards(self, user):
        return {card["key"]: card for card in self.env["wcm.quality.desk"].with_user(user).cards()}

    def test_my_desk_names_what_waits_and_where(self):
        self.receive("SH-C")
        _order, _lot = self.buy()
        card = self.cards(self.lead)["incoming"]
        self.assertEqual((card["count"], card["tone"]), (2, "urgent"))
        self.assertEqual([line["detail"].split(" · ")[0] for line in card["lines"]], ["at the hub", self.birch.name])
        self.assertEqual(self.cards(self.coordinator)["incoming"]["count"], 1)
        self.assertNotIn("SH-C", str(self.cards(self.lead)["holds"]["lines"]))

    def test_my_desk_shows_a_lot_that_failed(self):
        self.fail_lot(self.receive("SH-C"), self.lead)
        self.assertIn("lot SH-C held", self.cards(self.lead)["decide"]["lines"][0]["detail"])

    def tell(self, user, args):
        told = {"key": str(uuid.uuid4()), "name": "check_lot", "age": 0, "args": args}
        [answer] = self.env["wcm.bench.action"].with_user(user)._run_all([told])
        return answer["state"], answer["message"]

    def test_the_app_takes_the_lots_of_its_own_member_along_and_tells_their_checks(self):
        _order, lot = self.buy()
        self.receive("SH-C")
        Membership = self.env["wcm.membership"]
        [told] = Membership.with_user(self.colleague)._bench_snapshot()["lots"]
        self.assertEqual((told["name"], told["check"]["hold"], told["check"]["others"]), ("OWN-1", True, False))
        self.assertTrue(Membership.with_user(self.birch_user)._bench_snapshot()["lots"][0]["check"]["others"])
        self.assertEqual(Membership.with_user(self.alder_user)._bench_snapshot()["lots"], [])
        answers = [{"name": "Thickness", "reading": "18.1"}, {"name": "Dry and flat", "passed_by_hand": "pass"}]
        check = lot.incoming_check_ids
        self.assertEqual(self.tell(self.alder_user, {"check": check.id, "answers": answers})[0], "refused")
        self.assertIn("recorded the delivery", self.tell(self.birch_user, {"check": check.id, "answers": answers})[1])
        self.assertEqual(self.tell(self.colleague, {"check": str(check.id), "answers": answers})[0], "refused")
        self.assertEqual(self.tell(self.colleague, {"check": check.id, "answers": answers}), ("done", ""))
        self.assertEqual((check.state, check.inspector_id), ("passed", self.colleague))

    def written(self, order):
        action = order.build_id.with_user(self.lead).action_evidence_pack()
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("wcm_qc.cron_evidence").method_direct_trigger()
        self.env.invalidate_all()
        pack = self.env["wcm.evidence.pack"].browse(action["res_id"])
        return json.loads(zipfile.ZipFile(io.BytesIO(pack._archive())).read("evidence.json"))

    def test_the_evidence_of_a_home_names_the_incoming_check_of_each_sheet_lot(self):
        order, lot = self.buy()
        self.check_lot(lot, self.colleague)
        order.with_user(self.birch_user).action_start()
        order.part_ids.with_user(self.birch_user).action_mark_made("OWN-1")
        [row] = self.written(order)["sheet_lots"]
        self.assertEqual((row["lot"], row["check"], row["verdict"], row["inspector"], row["member"]), ("OWN-1", lot.incoming_check_ids.name, "Passed", "Colleague", self.birch.name))
        self.assertEqual([(line["checkpoint"], line["found"]) for line in row["lines"]], [("Thickness", "18.1"), ("Dry and flat", "")])
        self.assertEqual(row["parts"], sorted(order.part_ids.mapped("name")))

    def test_the_evidence_says_of_sheets_from_before_that_nobody_checked_them(self):
        order = self.make_made(self.alder, self.block_line, 1)
        [row] = self.written(order)["sheet_lots"]
        self.assertEqual((row["lot"], row["check"], row["verdict"]), ("SH-A", "", "not checked as it came in"))
