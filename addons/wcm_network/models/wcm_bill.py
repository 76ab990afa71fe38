from odoo import api, fields, models
from odoo.tools import SQL

KINDS = [("bill", "Bill for blocks"), ("credit", "Credit note for blocks"), ("levy", "Levy invoice"), ("levy_credit", "Credit note of levy")]


class WcmBill(models.Model):
    """Every posted bill and levy invoice of a member, and how it was paid: Odoo's accounting, for coordinators to read.

    A query, not a table. Only who keeps the books opens the document itself. Days are counted for bills alone: the
    network is the one who pays them.
    """

    _name = "wcm.bill"
    _description = "Bill or levy invoice of a member"
    _auto = False
    _order = "date desc, id desc"
    _depends = {
        "account.move": ["amount_residual", "amount_total", "invoice_date", "invoice_date_due", "move_type", "name", "payment_state", "ref", "state", "wcm_membership_id"],
        "account.move.line": ["balance", "move_id", "purchase_line_id", "wcm_kind"],
        "account.partial.reconcile": ["credit_move_id", "debit_move_id", "max_date"],
        "wcm.membership": ["region_id"],
        "wcm.work.order": ["membership_id", "purchase_line_id"],
    }

    name = fields.Char("Bill", readonly=True)
    reference = fields.Char("Member's number", readonly=True)
    kind = fields.Selection(KINDS, readonly=True)
    membership_id = fields.Many2one("wcm.membership", "Member", readonly=True)
    region_id = fields.Many2one("wcm.region", readonly=True)
    date = fields.Date(readonly=True)
    date_due = fields.Date("Due", readonly=True)
    amount = fields.Monetary("In all", readonly=True, help="With VAT.")
    amount_open = fields.Monetary("Open", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    state = fields.Selection([("open", "Open"), ("paid", "Paid"), ("settled", "Settled otherwise")], readonly=True, help="Settled otherwise: by credit notes alone.")
    paid_on = fields.Date("Paid on", readonly=True, help="The day on which the last of it was paid.")
    days_to_pay = fields.Integer("Days to payment", readonly=True, aggregator="avg", help="From the date of the bill. Of bills that are paid.")
    days_paid_late = fields.Integer("Days paid late", readonly=True, aggregator="avg", help="Past the day on which it was due; 0 in time. Of bills that are paid, so an average of many is that of all that were paid.")
    days_open_late = fields.Integer("Days late", compute="_compute_days_open_late", compute_sudo=True, help="Past its day, and more of it is open than what waits for a decision.")
    is_overdue = fields.Boolean("Late now", readonly=True, help="Open past its day.")
    held = fields.Monetary("On hold", compute="_compute_days_open_late", compute_sudo=True, help="Of what is open: for blocks that wait for a decision.")

    @api.depends("amount_open", "date_due")
    def _compute_days_open_late(self):
        for bill in self:
            move = self.env["account.move"].browse(bill.id)
            is_bill = bill.kind == "bill"
            bill.days_open_late, bill.held = (move._days_late(), move.wcm_held_amount) if is_bill else (0, 0)

    @property
    def _table_query(self):
        """Who a bill is of says its purchase order line; a levy invoice, the member that it was proposed for."""
        return SQL(
            """SELECT move.id, move.name, move.ref AS reference, whose.membership_id, member.region_id, move.currency_id,
                      COALESCE(move.invoice_date, move.date) AS date, move.invoice_date_due AS date_due, move.amount_total AS amount,
                      CASE move.move_type WHEN 'in_invoice' THEN 'bill' WHEN 'in_refund' THEN 'credit' WHEN 'out_invoice' THEN 'levy' ELSE 'levy_credit' END AS kind,
                      move.amount_residual AS amount_open, paid.day AS paid_on,
                      CASE WHEN paid.day IS NOT NULL THEN 'paid' WHEN move.payment_state IN ('paid', 'in_payment', 'reversed') THEN 'settled' ELSE 'open' END AS state,
                      CASE WHEN move.move_type = 'in_invoice' THEN paid.day - COALESCE(move.invoice_date, move.date) END AS days_to_pay,
                      CASE WHEN move.move_type = 'in_invoice' AND paid.day IS NOT NULL THEN GREATEST(0, paid.day - COALESCE(move.invoice_date_due, paid.day)) END AS days_paid_late,
                      move.move_type = 'in_invoice' AND move.payment_state IN ('not_paid', 'partial', 'blocked') AND move.invoice_date_due < %(today)s AS is_overdue
                 FROM account_move move
                 JOIN (SELECT line.move_id, MIN(wo.membership_id) AS membership_id
                         FROM account_move_line line JOIN wcm_work_order wo ON wo.purchase_line_id = line.purchase_line_id
                        GROUP BY line.move_id
                        UNION
                       SELECT id, wcm_membership_id FROM account_move WHERE wcm_membership_id IS NOT NULL AND move_type IN ('out_invoice', 'out_refund')) whose
                   ON whose.move_id = move.id
                 JOIN wcm_membership member ON member.id = whose.membership_id
                 LEFT JOIN LATERAL (%(paid)s) paid ON move.payment_state IN ('paid', 'in_payment')
                WHERE move.state = 'posted' AND move.move_type IN ('in_invoice', 'in_refund', 'out_invoice', 'out_refund')""",
            today=fields.Date.context_today(self), paid=self._paid_sql(),
        )

    def _paid_sql(self):
        """The day of the last payment of a move; what credit notes settled is not paid."""
        return SQL(
            """SELECT MAX(part.max_date) AS day FROM account_move_line own
                 JOIN account_partial_reconcile part ON own.id IN (part.debit_move_id, part.credit_move_id)
                 JOIN account_move_line other ON other.id = CASE WHEN part.debit_move_id = own.id THEN part.credit_move_id ELSE part.debit_move_id END
                 JOIN account_move its ON its.id = other.move_id AND its.move_type NOT IN ('in_refund', 'out_refund', 'in_invoice', 'out_invoice')
                WHERE own.move_id = move.id"""
        )

    @api.model
    def _paid_lately(self, members=None, months=12):
        """(how many bills were paid in these months, how many in time, average of days late, how many members) of members, or of all.

        :param members: None for the whole network, as the one who pays
        """
        since = fields.Date.subtract(fields.Date.context_today(self), months=months)
        paid = [("kind", "=", "bill"), ("paid_on", ">=", since), *([("membership_id", "in", members.ids)] if members is not None else [])]
        [(bills, late, of_members)] = self.sudo()._read_group(paid, [], ["__count", "days_paid_late:avg", "membership_id:count_distinct"])
        in_time = self.sudo().search_count([*paid, ("days_paid_late", "=", 0)])
        return bills, in_time, late or 0.0, of_members
