import inspect
from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import NetworkCase

TABS = (
    ("wcm_network.workshop_work_order_action", "wcm.work.order"),
    ("wcm_network.workshop_part_action", "wcm.part"),
    ("wcm_network.workshop_shipment_action", "wcm.shipment"),
    ("wcm_network.workshop_capability_action", "wcm.capability"),
    ("wcm_network.workshop_membership_action", "wcm.membership"),
)
# What static/src/workshop/ask_dialog/questions.js sends.
ASKED = {
    ("wcm.work.order", "action_decline"): {"kind", "reason"},
    ("wcm.work.order.change", "action_refuse"): {"reason"},
    ("wcm.work.order", "action_counter"): {"quantity", "date_due", "price_unit", "reason"},
    ("wcm.part", "action_mark_made"): {"sheet_lot_names"},
    ("wcm.shipment", "action_scan_load"): {"code"},
}


@tagged("post_install", "-at_install")
class TestWorkshopSummary(NetworkCase):
    def summary(self, user=None):
        return self.env["wcm.membership"].with_user(user or self.alder_user).workshop_summary()

    def card(self, key, user=None):
        return next(card for card in self.summary(user)["cards"] if card["key"] == key)

    def test_an_offer_shows_with_the_day_by_which_to_answer(self):
        self.make_order(self.alder, self.block_line, 3, state="offered")
        card = self.card("offers")
        self.assertEqual(card["count"], 1)
        self.assertEqual(card["lines"][0]["title"], "W-T-1 × 3")
        self.assertFalse(card["lines"][0]["urgent"])

    def test_an_offer_that_expires_tomorrow_is_urgent(self):
        self.make_order(self.alder, self.block_line, 3, state="offered", offer_expires_on=fields.Date.today() + timedelta(days=1))
        self.assertTrue(self.card("offers")["lines"][0]["urgent"])

    def test_another_members_work_does_not_show(self):
        self.make_order(self.birch, self.block_line, 3, state="offered")
        self.assertEqual(self.card("offers")["count"], 0)
        self.assertEqual([member["name"] for member in self.summary()["memberships"]], ["Alder Works"])

    def test_a_card_counts_more_than_it_lists(self):
        for _number in range(6):
            self.make_order(self.alder, self.block_line, 1, state="released")
        card = self.card("start")
        self.assertEqual((card["count"], len(card["lines"])), (6, 4))

    def test_new_terms_ask_to_be_read(self):
        self.assertEqual(self.card("terms")["count"], 0)
        self.make_terms("2").action_approve()
        self.env.invalidate_all()
        self.assertEqual(self.card("terms")["count"], 1)

    def test_a_suspended_member_is_told_so(self):
        self.alder.sudo().state = "suspended"
        self.assertIn("suspended", self.summary()["memberships"][0]["notice"])

    def test_a_login_without_a_membership_gets_an_empty_day(self):
        stranger = self.make_user("stranger_t", "wcm_network.group_member_factory")
        self.assertEqual(self.summary(stranger), {"memberships": [], "cards": []})

    def test_a_manager_has_no_workshop_of_its_own(self):
        self.make_order(self.alder, self.block_line, 3, state="offered")
        self.assertEqual(self.summary(self.manager), {"memberships": [], "cards": []})

    def test_the_buttons_take_what_the_dialogs_ask(self):
        for (model, method), names in ASKED.items():
            with self.subTest(method=method):
                self.assertLessEqual(names, set(inspect.signature(getattr(self.env[model], method)).parameters))

    def test_every_tab_opens_with_its_own_views(self):
        for xmlid, model in TABS:
            with self.subTest(model=model):
                action = self.env.ref(xmlid)
                views = [(view_id, kind) for view_id, kind in action.views] + [(action.search_view_id.id, "search")]
                given = self.env[model].with_user(self.alder_user).get_views(views, {"toolbar": True, "load_filters": True})
                self.assertEqual(set(given["views"]), {kind for _view_id, kind in views})

    def test_the_weeks_of_a_capability_are_read_by_its_member(self):
        capability = self.alder.facility_id.capability_ids[:1].with_user(self.alder_user)
        weeks = capability.read(["workshop_weeks"])[0]["workshop_weeks"]
        self.assertEqual(len(weeks), 8)
        self.assertEqual(set(weeks[0]), {"week", "offered", "free"})

    def test_figures_are_the_members_own(self):
        self.make_order(self.alder, self.block_line, 3, state="accepted")
        self.make_order(self.birch, self.block_line, 5, state="accepted")
        own = self.alder.with_user(self.alder_user)
        self.assertEqual((own.workshop_open_orders, own.workshop_value_accepted), (1, 150))


@tagged("post_install", "-at_install")
class TestWorkshopPage(HttpCase, NetworkCase):
    def test_a_member_gets_the_client_and_no_developer_tools(self):
        self.authenticate("alder@example.com", "alder-password")
        page = self.url_open("/workshop?debug=1")
        self.assertEqual(page.status_code, 200)
        self.assertIn("wcm_network.webclient", page.text)
        self.assertIn('odoo.debug = ""', page.text)
        self.assertIn("Alder Works", page.text)
        self.assertNotIn("Birch", page.text)

    def test_a_deep_link_gets_the_client_too(self):
        self.authenticate("alder@example.com", "alder-password")
        self.assertEqual(self.url_open("/workshop/my-orders/1").status_code, 200)

    def test_others_are_told_whose_page_it_is(self):
        self.make_user("portal_p", "base.group_portal", password="portal_p")
        for login, password in (("portal_p", "portal_p"), ("manager_t", "manager_t")):
            with self.subTest(login=login):
                self.authenticate(login, password)
                page = self.url_open("/workshop")
                self.assertEqual(page.status_code, 403)
                self.assertIn("for member factories", page.text)

    def test_a_visitor_is_asked_to_log_in(self):
        self.assertIn("/web/login", self.url_open("/workshop").url)

    def test_the_portal_home_has_a_card_for_members_only(self):
        self.authenticate("alder@example.com", "alder-password")
        self.assertIn('href="/workshop"', self.url_open("/my").text)
        self.make_user("portal_p", "base.group_portal", password="portal_p")
        self.authenticate("portal_p", "portal_p")
        self.assertNotIn('href="/workshop"', self.url_open("/my").text)
