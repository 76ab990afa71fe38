from odoo.exceptions import AccessError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import NetworkCase


@tagged("post_install", "-at_install")
class TestSite(NetworkCase):
    def test_a_site_has_a_location_and_receipts_of_its_own(self):
        warehouse = self.env["stock.warehouse"].search([("company_id", "=", self.company.id)], limit=1)
        self.assertEqual(self.site.location_id.usage, "internal")
        self.assertTrue(self.site.location_id._child_of(warehouse.view_location_id))
        self.assertFalse(self.site.location_id._child_of(warehouse.lot_stock_id))
        receipts = self.site.picking_type_id
        self.assertEqual((receipts.code, receipts.default_location_dest_id), ("incoming", self.site.location_id))
        self.assertIn("SITE/TM/", receipts.sequence_id.prefix)

    def test_two_sites_share_a_folder_and_nothing_else(self):
        other = self.site.copy({"name": "Other Meadow", "code": "OM"})
        self.assertEqual(other.location_id.location_id, self.site.location_id.location_id)
        self.assertNotEqual(other.location_id, self.site.location_id)
        self.assertNotEqual(other.picking_type_id, self.site.picking_type_id)

    def test_a_coordinator_may_open_a_site_without_stock_rights(self):
        form = Form(self.env["wcm.site"].with_user(self.coordinator))
        form.name, form.code, form.partner_id = "Own Site", "OWN", self.site.partner_id
        site = form.save()
        self.assertEqual(site.region_id, self.bristol)
        self.assertTrue(site.location_id)

    def test_location_and_receipts_cannot_be_swapped_for_others(self):
        other = self.env["stock.warehouse"].search([], limit=1).lot_stock_id
        with self.assertRaises(AccessError):
            self.site.with_user(self.coordinator).write({"location_id": other.id})

    def test_a_site_is_placed_by_its_postcode_unless_somebody_typed_the_point(self):
        address = self.env["res.partner"].create({"name": "Hawkfield", "zip": "BS13 0AA"})
        site = self.env["wcm.site"].create({"name": "H", "code": "H", "partner_id": address.id})
        self.assertAlmostEqual(site.latitude, 51.4, delta=0.1)
        self.assertEqual(round(self.site.latitude, 4), 51.4183)

    def test_a_coordinator_sees_sites_of_its_own_regions(self):
        self.site.with_user(self.coordinator).read(["name"])
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            self.site.with_user(self.other_coordinator).read(["name"])

    def test_a_site_whose_postcode_is_known_by_its_town_alone_stands_there(self):
        address = self.env["res.partner"].create({"name": "Walled City", "zip": "BT48 8NN"})
        site = self.env["wcm.site"].create({"name": "D", "code": "D", "partner_id": address.id})
        self.assertEqual((site.latitude, site.longitude), (55.0, -7.33))
