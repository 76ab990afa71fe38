from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import NetworkCase


@tagged("post_install", "-at_install")
class TestRegionCoordinator(NetworkCase):
    """A manager gives access to coordinators; a coordinator adds the organisations of the own region."""

    def invite(self, user=None, name="Dora Set", email="Dora@example.com"):
        page = self.env["wcm.region.invite"].with_user(user or self.manager).create({"region_id": self.cumbria.id, "name": name, "email": email})
        page.action_invite()
        return self.env["res.users"].search([("login", "=", email.lower())])

    def test_somebody_new_gets_a_login_and_this_region_only(self):
        self.cumbria.run_by_id = self.env["res.partner"].create({"name": "Cumbria CLT", "is_company": True})
        user = self.invite()
        self.assertEqual((user.name, user.partner_id.parent_id), ("Dora Set", self.cumbria.run_by_id))
        self.assertIn(user, self.cumbria.coordinator_ids)
        self.assertTrue(user.has_group("wcm_network.group_coordinator"))
        for group in ("wcm_network.group_manager", "base.group_erp_manager", "base.group_system", "wcm_qc.group_quality_lead"):
            self.assertFalse(user.has_group(group), group)
        self.assertFalse(self.env["wcm.build"].with_user(user).search([]))

    def test_who_coordinates_elsewhere_gets_the_region_besides(self):
        self.assertEqual(self.invite(email="coordinator_t@example.com", name="x").login, "coordinator_t@example.com")
        self.coordinator.login = "known@example.com"
        self.invite(email="known@example.com")
        self.assertIn(self.coordinator, self.cumbria.coordinator_ids & self.bristol.coordinator_ids)

    def test_nobody_of_a_member_becomes_a_coordinator(self):
        with self.assertRaisesRegex(UserError, "belongs to a member"):
            self.invite(email=self.alder_user.login)
        with self.assertRaisesRegex(UserError, "is no e-mail address"):
            self.invite(email="dora")
        self.assertFalse(self.cumbria.coordinator_ids & self.alder_user)

    def test_only_a_manager_gives_access(self):
        with self.assertRaises(AccessError):
            self.invite(self.coordinator)
        with self.assertRaises(AccessError):
            self.cumbria.with_user(self.other_coordinator)._invite_coordinator("x", "x@example.com")

    def test_a_coordinator_adds_an_organisation_and_corrects_only_its_own(self):
        partners = self.env["res.partner"].with_user(self.coordinator)
        mine = partners.create({"name": "Fern Works", "is_company": True})
        mine.zip = "BS4 1DB"
        for values in ({"name": "Ann", "parent_id": self.birch.partner_id.id}, {"name": "Ann", "parent_id": mine.id}):
            with self.assertRaises(AccessError):
                partners.create(values)
        for other in (self.birch.partner_id, self.alder.partner_id, self.alder_user.partner_id, self.company.partner_id, self.other_coordinator.partner_id):
            with self.subTest(other.name), self.assertRaises(AccessError):
                other.with_user(self.coordinator).name = "Mine"
        with self.assertRaises(AccessError):
            mine.parent_id = self.birch.partner_id
        with self.assertRaises(AccessError):
            mine.unlink()
        with self.assertRaises(AccessError):
            self.env["res.partner.bank"].with_user(self.coordinator).create({"partner_id": mine.id, "acc_number": "1"})

    def test_a_manager_still_corrects_every_contact(self):
        self.birch.partner_id.with_user(self.manager).zip = "LA14 1AA"

    def test_a_coordinator_adds_a_space_on_the_screen(self):
        """Fields that nobody writes are not sent by the form."""
        form = Form(self.env["wcm.facility"].with_user(self.coordinator))
        form.name = "Gorse Yard"
        space = form.save()
        self.assertEqual(space.region_id, self.bristol)
