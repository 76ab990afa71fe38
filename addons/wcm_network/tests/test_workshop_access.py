from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import NetworkCase

OUTSIDE = "partner_id"  # a field of a work order that members do not have


@tagged("post_install", "-at_install")
class TestWorkshopAccess(NetworkCase):
    """What the member pages can ask for, asked by hand. Field by field: tests/security at the root."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls.make_order(cls.alder, cls.block_line, 3, state="offered").with_user(cls.alder_user)
        cls.foreign = cls.make_order(cls.birch, cls.block_line, 2, state="offered").with_user(cls.alder_user)
        cls.orders = cls.env["wcm.work.order"].with_user(cls.alder_user)

    def assertRefused(self, call):
        with self.assertRaises(AccessError):
            call()

    def test_a_member_is_told_of_its_own_fields_only(self):
        readable, _writable = self.orders._member_fields()
        self.assertEqual(set(self.orders.fields_get()), readable & set(self.orders._fields))

    def test_every_listed_field_can_be_read(self):
        readable, _writable = self.orders._member_fields()
        [values] = self.order.web_read({name: {} for name in readable})
        self.assertEqual(values["quantity"], 3)

    def test_other_fields_are_not_read(self):
        self.assertRefused(lambda: self.order.read([OUTSIDE]))
        self.assertRefused(lambda: self.order.web_read({OUTSIDE: {}}))
        self.assertRefused(lambda: self.orders.search_read([], [OUTSIDE]))
        self.assertRefused(lambda: self.orders.web_search_read([], {OUTSIDE: {"fields": {"display_name": {}}}}))
        self.assertNotIn(OUTSIDE, self.order.read()[0])

    def test_other_fields_are_not_reached_through_a_relation(self):
        self.assertRefused(lambda: self.order.web_read({"membership_id": {"fields": {OUTSIDE: {}}}}))
        self.assertRefused(lambda: self.orders.search([("membership_id.partner_id.name", "=", "Alder Works Ltd")]))
        self.assertRefused(lambda: self.orders.search([("membership_id.decision_reason", "ilike", "a")]))

    def test_other_fields_are_not_guessed_by_searching(self):
        for domain in ([(OUTSIDE, "!=", False)], [("purchase_id.amount_total", ">", 5)], ["!", (OUTSIDE, "=", 1)]):
            with self.subTest(domain=domain):
                self.assertRefused(lambda domain=domain: self.orders.search(domain))
                self.assertRefused(lambda domain=domain: self.orders.search_count(domain))
                self.assertRefused(lambda domain=domain: self.orders.name_search("WO", domain))
                self.assertRefused(lambda domain=domain: self.orders.web_read_group(domain, ["state"]))

    def test_other_fields_are_not_guessed_by_sorting(self):
        self.assertRefused(lambda: self.orders.search([], order=f"{OUTSIDE} desc"))
        self.assertRefused(lambda: self.orders.web_search_read([], {"name": {}}, order=OUTSIDE))

    def test_other_fields_are_not_guessed_by_grouping(self):
        self.assertRefused(lambda: self.orders.formatted_read_group([], [OUTSIDE], ["__count"]))
        self.assertRefused(lambda: self.orders.formatted_read_group([], ["state"], [f"{OUTSIDE}:count_distinct"]))
        self.assertRefused(lambda: self.orders.web_read_group([], [OUTSIDE]))
        self.assertRefused(lambda: self.orders.read_progress_bar([], OUTSIDE, {"field": "state", "colors": {"offered": "warning"}}))
        self.assertRefused(lambda: self.orders.search_panel_select_range(OUTSIDE))

    def test_nothing_is_exported_or_copied(self):
        with self.assertRaises(UserError):
            self.order.export_data(["name"])
        self.assertRefused(lambda: self.order.copy())

    def test_nothing_is_written_created_or_deleted(self):
        self.assertRefused(lambda: self.order.write({"price_unit": 500}))
        self.assertRefused(lambda: self.order.web_save({"state": "accepted"}, {"state": {}}))
        self.assertRefused(lambda: self.orders.create({"quantity": 1}))
        self.assertRefused(lambda: self.order.unlink())
        self.assertRefused(lambda: self.order.onchange({}, ["quantity"], {"quantity": {}}))

    def test_only_two_fields_of_a_capability_can_be_written(self):
        capability = self.alder.facility_id.capability_ids[:1].with_user(self.alder_user)
        capability.write({"share_offered": 0.25})
        self.assertEqual(capability.share_offered, 0.25)
        for values in ({"minutes_per_hour": 90}, {"machine_count": 9}, {"facility_id": self.birch.facility_id.id}, {"evidence_level": "audited"}):
            with self.subTest(values=values):
                self.assertRefused(lambda values=values: capability.write(values))

    def test_a_member_gets_the_workshop_views_whatever_it_asks_for(self):
        coordinators = self.env["ir.ui.view"].search([("model", "=", "wcm.work.order"), ("type", "=", "form")])
        for view in coordinators:
            with self.subTest(view=view.name):
                given = self.orders.get_views([(view.id, "form"), (False, "list"), (False, "search")])
                self.assertEqual(given["views"]["form"]["id"], self.env.ref("wcm_network.workshop_work_order_form").id)
                self.assertLessEqual(set(given["models"]["wcm.work.order"]["fields"]), self.orders._member_fields()[0])

    def test_a_view_that_members_do_not_have_is_refused_in_words(self):
        with self.assertRaisesRegex(UserError, "for members"):
            self.orders.get_view(view_type="pivot")

    def test_the_coordinator_keeps_its_own_views_after_a_member_looked(self):
        self.orders.get_view(view_type="form")
        view = self.env["wcm.work.order"].with_user(self.manager).get_view(view_type="form")
        self.assertNotEqual(view["id"], self.env.ref("wcm_network.workshop_work_order_form").id)

    def test_another_members_order_is_not_there(self):
        self.assertRefused(lambda: self.foreign.read(["name"]))
        self.assertNotIn(self.foreign, self.orders.search([]))
        self.assertEqual(self.orders.search_count([("id", "=", self.foreign.id)]), 0)

    def test_documents_of_the_back_office_are_closed_to_members(self):
        for model in ("stock.move", "stock.lot", "mrp.production", "mrp.bom", "purchase.order", "product.product", "stock.location"):
            with self.subTest(model=model):
                self.assertEqual(self.env[model].with_user(self.alder_user).search_count([]), 0)

    def test_sequences_are_closed_to_every_portal_user(self):
        sequence = self.env["ir.sequence"].search([], limit=1)
        portal = self.make_user("portal_t", "base.group_portal")
        for user in (self.alder_user, portal):
            with self.subTest(user=user.login):
                self.assertRefused(lambda user=user: sequence.with_user(user).write({"number_next": 1}))
                self.assertRefused(lambda user=user: sequence.with_user(user).read(["prefix"]))

    def test_a_suspended_member_sees_no_work(self):
        self.alder.sudo().state = "suspended"
        self.assertFalse(self.orders.search([]))
        self.assertRefused(lambda: self.order.read(["name"]))

    def test_files_on_an_own_record_are_not_opened_by_their_number(self):
        order = self.order.sudo().with_user(self.manager)
        note, comment = (self._post_file(order, name, subtype) for name, subtype in (("note.txt", "mail.mt_note"), ("comment.txt", "mail.mt_comment")))
        bare = self.env["ir.attachment"].create({"name": "bare.txt", "raw": b"x", "res_model": order._name, "res_id": order.id})
        binary = self.env["ir.binary"].with_user(self.alder_user)
        for file in (note, comment, bare):
            with self.subTest(file.name):
                self.assertRefused(lambda file=file: binary._find_record(res_model="ir.attachment", res_id=file.id))

    def _post_file(self, order, name, subtype):
        message = order.message_post(body="See the file", subtype_xmlid=subtype, attachments=[(name, b"x")], message_type="comment")
        return message.attachment_ids.sudo()
