"""Makers for the tests of blocks on site that somebody finds something wrong with."""

from odoo.addons.wcm_network.tests.common import MakingCase

from .common import BrowserCase

FORM, DIALOG = ".o_form_sheet", ".modal-body .o_form_renderer"
ODOO_FIELDS = (".o_field_widget",)


class NonconformityCase(BrowserCase, MakingCase):
    """Blocks of Alder Works are on site; a quality lead and a coordinator of the network, two members, somebody at the site."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead = cls.make_user("lead_b", "wcm_qc.group_quality_lead", password="lead_b")
        cls.shipment = cls.make_dispatched(cls.alder, cls.block_line, 6)
        cls.parts = cls.shipment.part_ids.sorted("name")
        cls.names = cls.parts.mapped("name")
        cls.order = cls.parts.work_order_id
        cls.order.write({"price_unit": 64, "instructions": "As we said on the telephone, Alder"})
        for user in cls.alder_user | cls.birch_user:
            user.password = user.login
        cls.nonconformities = cls.env["wcm.nonconformity"]

    def open(self, page, record):
        page.goto(f"/odoo/action-wcm_qc.action_nonconformity/{record.id}")
        page.locator(FORM).wait_for()

    def press(self, page, name):
        page.locator(".o_statusbar_buttons").get_by_role("button", name=name, exact=True).click()
        return page.get_by_role("dialog")

    def choose(self, page, field, text):
        """A record by its name."""
        page.locator(f"[name={field}] input").last.fill(text)
        page.locator(".o-autocomplete--dropdown-item", has_text=text).first.click()

    def select(self, page, field, label):
        page.locator(f"[name={field}] input").click()
        page.locator(".o_select_menu_item", has_text=label).click()

    def workshop(self, page, tab):
        page.goto("/workshop")
        page.locator(f"[data-tab={tab}]").click()

    def look(self, page, name, within=FORM):
        """What a form of Odoo's is made of is left out: its fields have faults of their own."""
        self.picture(page, name, full=True)
        found = self.axe(page, within, without=ODOO_FIELDS)["violations"]
        self.assertEqual([(one["id"], [node["html"] for node in one["nodes"]]) for one in found], [], name)
        self.assertLessEqual(page.evaluate("document.documentElement.scrollWidth"), page.viewport_size["width"], name)
