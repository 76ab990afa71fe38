import base64
import io
import zipfile

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import QualityCase


@tagged("post_install", "-at_install")
class TestLeavingQuality(QualityCase):
    """What of quality keeps a member from leaving, and what it takes along. Alder has nothing else open."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_control_plan()
        cls.part = cls.make_part("LEAVES-1")
        cls.fill_in(cls, cls.part.inspection_ids, cls.colleague)
        (cls.order + cls.beam_order).sudo().write({"state": "closed"})
        cls.part.sudo().write({"state": "received"})
        cls.caliper = cls.make_instrument(cls.alder, "Long caliper")
        cls.theirs = cls.make_instrument(cls.birch, "Birch gauge")

    @classmethod
    def make_instrument(cls, member, name):
        kind = cls.env.ref("wcm_qc.instrument_kind_caliper")
        return cls.env["wcm.instrument"].create({"name": name, "kind_id": kind.id, "serial": f"S-{name}", "membership_id": member.id})

    def end(self):
        self.alder.with_user(self.coordinator).action_end("Moved away")

    def refused(self):
        with self.assertRaises(UserError) as caught:
            self.end()
        return str(caught.exception)

    def test_instruments_go_back_both_ways_first(self):
        self.caliper._lend(self.birch, None)
        self.theirs._lend(self.alder, None)
        words = self.refused()
        self.assertRegex(words, "borrowed instruments to give back: Birch gauge")
        self.assertRegex(words, "its own instruments that others have: Long caliper")
        self.theirs.with_user(self.maker).action_return()
        self.assertNotIn("Birch gauge", self.refused())
        self.caliper._take_back()
        self.end()
        self.assertEqual(self.alder.state, "ended")

    def test_nonconformities_are_closed_first(self):
        found = self.env["wcm.nonconformity"].create({"title": "Edge torn", "part_ids": self.part.ids})
        self.assertIn(found.name, self.refused())
        found.sudo().state = "cancelled"
        self.end()

    def test_one_that_is_leaving_borrows_nothing_and_makes_nobodys_blocks_again(self):
        self.alder.with_user(self.maker).action_leave("We move", "2099-01-01")
        with self.assertRaisesRegex(UserError, "No member has the code"):
            self.theirs.with_user(self.rival).action_lend(self.alder.code)
        with self.assertRaisesRegex(UserError, "a member at work"):
            self.env["wcm.nonconformity"].create({"title": "Torn", "part_ids": self.new_part("B1", self.rival_order).ids})._check_other_member(self.alder.id)

    def test_it_takes_its_checks_and_instruments_along_and_nobody_elses(self):
        self.part.inspection_ids.with_user(self.colleague).action_close()
        other = self.make_part("RIVAL-1", order=self.rival_order, by=self.rival)
        self.end()
        archive = self.env["wcm.membership.archive"].search([("membership_id", "=", self.alder.id)])
        archive._make()
        with zipfile.ZipFile(io.BytesIO(base64.b64decode(archive.file))) as files:
            told = {name: files.read(name).decode("utf-8", "replace") for name in files.namelist() if name.endswith(".csv")}
        self.assertIn("LEAVES-1", told["checks.csv"])
        self.assertIn("Thickness", told["checkpoints.csv"])
        self.assertIn("Long caliper", told["instruments.csv"])
        for word in (other.name, "Birch", "Birch gauge"):
            self.assertNotIn(word, "".join(told.values()))

    def test_prolonging_probation_is_told_with_its_reason(self):
        self.alder.sudo().state = "probation"
        self.alder.with_user(self.coordinator).action_prolong("Two more orders", "2099-01-01")
        mail = self.env["mail.message"].search([("subject", "like", "probation goes on")])
        self.assertIn("Two more orders", mail.body)
        self.assertIn(self.maker.partner_id, mail.notified_partner_ids)
