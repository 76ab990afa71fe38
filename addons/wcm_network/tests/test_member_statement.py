from odoo import Command, fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import MakingCase


@tagged("post_install", "-at_install")
class TestMemberStatement(MakingCase):
    """Alder delivers three blocks at 50 each; the statement says what Odoo's documents say."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shipment = cls.make_dispatched(cls.alder, cls.block_line, 3)
        cls.parts = cls.shipment.part_ids
        cls.order = cls.parts.work_order_id

    def receive(self):
        self.shipment.with_user(self.coordinator).action_receive_all()
        self.env.flush_all()
        self.env.invalidate_all()

    def statement(self, user=None):
        return self.env["wcm.membership"].with_user(user or self.alder_user).workshop_statements()

    def amounts(self, *names):
        [statement] = self.statement()
        return [float("".join(char for char in statement["totals"][name] if char in "0123456789.-")) for name in names]

    def bill(self, quantity):
        accounts = self.env["account.account"]
        expense = accounts.create({"name": "Test expense", "code": "TE1", "account_type": "expense"})
        payable = accounts.create({"name": "Test payable", "code": "TP1", "account_type": "liability_payable", "reconcile": True})
        self.env["account.journal"].create({"name": "Test bills", "code": "TBILL", "type": "purchase", "default_account_id": expense.id})
        self.alder.partner_id.property_account_payable_id = payable
        line = self.order.purchase_line_id
        bill = self.env["account.move"].create({
            "move_type": "in_invoice", "partner_id": self.alder.partner_id.id, "invoice_date": fields.Date.today(), "ref": "ALD-7",
            "invoice_line_ids": [Command.create({
                "name": "Blocks", "quantity": quantity, "price_unit": line.price_unit, "purchase_line_id": line.id, "account_id": expense.id, "tax_ids": [],
            })],
        })
        bill.action_post()
        return bill

    def test_nothing_is_owed_before_anything_is_received(self):
        [statement] = self.statement()
        self.assertEqual((statement["months"], statement["bills"]), ([], []))
        self.assertEqual(self.amounts("open"), [0])

    def test_what_is_received_is_owed_in_its_month_as_odoo_counts_it(self):
        self.receive()
        [statement] = self.statement()
        [month] = statement["months"]
        self.assertEqual(month["key"], str(fields.Date.start_of(fields.Date.today(), "month")))
        [row] = month["orders"]
        self.assertEqual((row["name"], row["received"], row["accepted"]), (self.order.name, "3", "3"))
        self.assertEqual(float(row["received"]), self.order.purchase_line_id.qty_received)
        self.assertEqual(self.amounts("worth", "to_bill", "open"), [150, 150, 150])

    def test_a_block_on_hold_is_received_and_not_accepted(self):
        self.receive()
        self.parts[:1].sudo().write({"is_held": True, "hold_reason": "Edge is torn"})
        self.assertEqual(self.amounts("delivered", "worth", "open"), [150, 100, 100])

    def test_a_bill_is_billed_and_stays_open_until_it_is_paid(self):
        self.receive()
        bill = self.bill(2)
        [statement] = self.statement()
        self.assertEqual([(one["name"], one["reference"]) for one in statement["bills"]], [(bill.name, "ALD-7")])
        self.assertEqual(self.amounts("billed", "paid", "to_bill", "open"), [100, 0, 50, 150])
        self.env.cr.execute("UPDATE account_move SET amount_residual = 25 WHERE id = %s", [bill.id])
        bill.invalidate_recordset(["amount_residual"])
        self.assertEqual(self.amounts("paid", "open"), [75, 75])

    def test_a_draft_bill_and_another_members_orders_are_not_there(self):
        self.receive()
        self.assertEqual(self.statement(self.birch_user)[0]["months"], [])

    def test_a_return_is_owed_no_more(self):
        self.receive()
        self.parts[:1].with_user(self.coordinator).action_return("repair", "Wrong groove")
        [statement] = self.statement()
        self.assertEqual(sum(float(row["received"]) for month in statement["months"] for row in month["orders"]), self.order.purchase_line_id.qty_received)
        self.assertEqual(self.amounts("delivered", "worth"), [100, 100])

    def test_makers_and_others_are_refused(self):
        maker = self.alder._create_portal_user("max@example.com", "Max")
        for user in (maker, self.coordinator, self.make_user("portal_t", "base.group_portal")):
            with self.subTest(user.login), self.assertRaisesRegex(AccessError, "owner or a supervisor"):
                self.statement(user)

    def test_a_statement_takes_the_same_queries_for_many_orders(self):
        self.receive()
        self.env.invalidate_all()
        before = self._queries()
        other = self.make_dispatched(self.alder, self.beam_line, 2)
        other.with_user(self.coordinator).action_receive_all()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertLessEqual(self._queries(), before)

    def _queries(self):
        started = self.env.cr.sql_log_count
        self.statement()
        return self.env.cr.sql_log_count - started
