from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import NetworkCase

DOCUMENTS = (
    "stock.move", "stock.lot", "stock.picking", "stock.location", "mrp.production", "mrp.bom", "purchase.order", "product.product",
)  # fmt: skip


@tagged("post_install", "-at_install")
class TestOperatorPages(NetworkCase):
    """People of a member keep the listing of their own space; operators reach nothing of the network."""

    def kept_by(self, user):
        return self.env["wcm.facility"].with_user(user)._operator_spaces()

    def test_people_of_a_member_keep_its_listing_and_no_other(self):
        self.assertEqual(self.kept_by(self.alder_user), self.alder.facility_id)
        self.assertEqual(self.kept_by(self.birch_user), self.birch.facility_id)

    def test_a_suspended_member_still_keeps_its_listing_and_one_that_left_does_not(self):
        self.alder.sudo().state = "suspended"
        self.assertTrue(self.kept_by(self.alder_user))
        self.alder.sudo().state = "ended"
        self.assertFalse(self.kept_by(self.alder_user))

    def test_a_member_changes_its_listing_on_its_pages_and_not_over_rpc(self):
        space = self.alder.facility_id.with_user(self.alder_user)
        for values in ({"opening_hours": "Mo"}, {"visibility": "public"}, {"verified_how": "visit"}, {"operator_user_ids": [(4, self.birch_user.id)]}):
            with self.subTest(values=values), self.assertRaises(AccessError):
                space.write(values)
        for name in ("operator_user_ids", "confirmation_ids", "claim_ids", "email"):
            with self.subTest(name), self.assertRaises(AccessError):
                space.read([name])

    def test_operators_see_none_of_odoos_own_documents(self):
        operator = self.make_user("operator_t", "wcm_mapping.group_operator")
        for model in DOCUMENTS:
            with self.subTest(model=model):
                records = self.env[model].with_user(operator)
                self.assertFalse(records.has_access("read") and records.search_count([]))

    def test_operators_see_nothing_of_the_network(self):
        operator = self.make_user("operator_t", "wcm_mapping.group_operator")
        self.alder.facility_id.operator_user_ids = operator
        self.assertEqual(self.kept_by(operator), self.alder.facility_id)
        for model in ("wcm.membership", "wcm.work.order", "wcm.part", "wcm.shipment", "wcm.plan", "wcm.terms", "wcm.capability"):
            with self.subTest(model=model), self.assertRaises(AccessError):
                self.env[model].with_user(operator).search([])
