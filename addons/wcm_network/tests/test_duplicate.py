from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import BRISTOL, NetworkCase


@tagged("post_install", "-at_install")
class TestDuplicateOfMember(NetworkCase):
    """Alder Works, and the same space typed in once more."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls.alder.facility_id
        cls.again = cls.env["wcm.facility"].create(
            {"name": "Alder Works Ltd", "region_id": cls.bristol.id, "location_precision": "exact", "verified_on": "2026-01-01", **BRISTOL}
        )

    def pair(self, kept, other):
        return self.env["wcm.facility.duplicate"].with_user(self.manager)._of(kept.with_user(self.manager), other)

    def test_the_member_is_the_one_to_keep(self):
        self.env["wcm.facility.duplicate"]._look()
        pair = self.env["wcm.facility.duplicate"].search([("other_id", "=", self.again.id)])
        self.assertEqual(pair.facility_id, self.member)

    def test_a_membership_goes_with_its_space(self):
        """Its orders, terms and people hang on the membership and stay there."""
        order = self.make_order(self.alder, self.block_line, 2, state="offered")
        location = self.alder.subcontract_location_id
        pair = self.pair(self.again, self.member)
        pair.choices = {"name": "theirs"}
        pair.action_merge()
        self.assertEqual((self.alder.facility_id, self.alder.name, order.membership_id), (self.again, "Alder Works", self.alder))
        self.assertEqual((self.alder.subcontract_location_id, self.alder.user_ids), (location, self.alder_user))
        self.assertEqual(self.again.membership_id, self.alder)
        pair.action_undo()
        self.assertEqual((self.alder.facility_id, self.alder.partner_id), (self.member, self.member.operator_id))

    def test_two_memberships_are_not_one(self):
        with self.assertRaisesRegex(UserError, "Both are members"):
            self.pair(self.member, self.birch.facility_id).action_merge()
        self.assertTrue(self.birch.facility_id.active)

    def test_a_member_keeps_the_operator_that_its_contract_is_with(self):
        self.again.operator_id = self.env["res.partner"].create({"name": "Somebody else"})
        pair = self.pair(self.member, self.again)
        pair.choices = {"operator_id": "theirs"}
        with self.assertRaisesRegex(UserError, "its contract is with Alder Works Ltd"):
            pair.action_merge()
        pair.choices = {}
        pair.action_merge()
        self.assertEqual(self.alder.partner_id, self.member.operator_id)

    def test_a_member_factory_does_not_reach_duplicates(self):
        pairs = self.env["wcm.facility.duplicate"].with_user(self.alder_user)
        self.assertFalse(pairs.has_access("read"))
