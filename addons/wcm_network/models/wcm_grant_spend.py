from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_amount

from ..extension import make_extension
from ..scope import ZONE

KINDS = {"billed": 1, "received": 2}


class WcmGrantSpend(models.Model):
    """A line of a vendor bill, or a receipt, that a grant pays: whole, once, on one budget line.

    The amount stays that of Odoo's document: a bill that is reset counts nothing, a credit note is charged beside it,
    what goes back to its maker is taken off. Of one purchase order line either bills or receipts are charged, never
    both: they are the same money. All three are asked for by the database.
    """

    _name = "wcm.grant.spend"
    _description = "Spend charged to a grant"
    _inherit = ["mail.thread", "wcm.guarded"]
    _order = "date desc, id desc"
    _rec_name = "document"

    _guarded = frozenset({"grant_id", "purchase_line_id", "way", "build_id", "region_id", "organisation_type", "document", "date", "amount"})

    budget_line_id = fields.Many2one("wcm.grant.budget.line", required=True, index=True, ondelete="restrict", tracking=True)
    grant_id = fields.Many2one(related="budget_line_id.grant_id", store=True, index=True)
    currency_id = fields.Many2one("res.currency", default=lambda self: self.env.company.currency_id, required=True)
    bill_line_id = fields.Many2one(
        "account.move.line", "Bill line", index="btree_not_null", ondelete="restrict",
        domain=[("parent_state", "=", "posted"), ("move_id.move_type", "in", ("in_invoice", "in_refund")), ("display_type", "=", "product")],
    )
    receipt_id = fields.Many2one("stock.move", index="btree_not_null", ondelete="restrict", domain=[("state", "=", "done"), ("purchase_line_id", "!=", False)])
    purchase_line_id = fields.Many2one("purchase.order.line", compute="_compute_purchase", store=True, index="btree_not_null")
    way = fields.Integer(compute="_compute_purchase", store=True, help="1: billed, 2: received.")
    build_id = fields.Many2one("wcm.build", "Home", compute="_compute_purchase", store=True, index="btree_not_null")
    region_id = fields.Many2one(related="build_id.region_id", store=True)
    organisation_type = fields.Selection(lambda self: self.env["wcm.facility"]._fields["organisation_type"]._description_selection(self.env), "Type of organisation", compute="_compute_purchase", store=True)
    document = fields.Char("Bill or receipt", compute="_compute_amount", store=True)
    date = fields.Date(compute="_compute_amount", store=True)
    amount = fields.Monetary("Amount (without VAT)", compute="_compute_amount", store=True)
    evidence_ids = fields.Many2many("ir.attachment", "wcm_grant_spend_evidence_rel", "spend_id", "attachment_id", help="What an auditor asks to see: the bill, proof of payment, a photo. Kept as long as the grant.")
    note = fields.Char(tracking=True)

    _one_source = models.Constraint("CHECK((bill_line_id IS NULL) <> (receipt_id IS NULL))", "Choose a line of a bill or a receipt: one of both.")
    _bill_once = models.UniqueIndex("(bill_line_id)", "This line of a bill is charged to a grant already.")
    _receipt_once = models.UniqueIndex("(receipt_id)", "This receipt is charged to a grant already.")
    _one_way = models.Constraint(
        "EXCLUDE USING gist (purchase_line_id WITH =, way WITH <>)",
        "Of this order line receipts are charged already, or bills: charging both would count the same money twice.",
    )

    def _auto_init(self):
        """Whole numbers in an exclusion constraint need it; a database's owner may create it."""
        make_extension(self.env, "btree_gist")
        return super()._auto_init()

    @api.depends("bill_line_id.purchase_line_id", "receipt_id.purchase_line_id")
    def _compute_purchase(self):
        lines = self.bill_line_id.purchase_line_id | self.receipt_id.purchase_line_id
        orders = {order.purchase_line_id: order for order in self.env["wcm.work.order"].sudo().search([("purchase_line_id", "in", lines.ids)])}
        for spend in self:
            spend.purchase_line_id = spend.bill_line_id.purchase_line_id or spend.receipt_id.purchase_line_id
            spend.way = KINDS["billed"] if spend.bill_line_id else KINDS["received"]
            order = orders.get(spend.purchase_line_id, self.env["wcm.work.order"])
            spend.build_id, spend.organisation_type = order.build_id, order.organisation_type

    @api.depends("bill_line_id.balance", "bill_line_id.parent_state", "bill_line_id.move_id.invoice_date", "receipt_id.state", "receipt_id.returned_move_ids.state", "receipt_id.returned_move_ids.returned_move_ids.state")
    def _compute_amount(self):
        """In the company's currency; a credit note is below zero."""
        for spend in self:
            bill, receipt = spend.bill_line_id.move_id, spend.receipt_id
            spend.document = bill.name if bill else receipt.picking_id.name or receipt.reference
            spend.date = bill.invoice_date or bill.date if bill else receipt.date and fields.Datetime.context_timestamp(spend.with_context(tz=ZONE), receipt.date).date()
            spend.amount = (spend.bill_line_id.balance if spend.bill_line_id.parent_state == "posted" else 0) if bill else spend._received()

    def _received(self):
        """What came, less what went back and is owed no more."""
        moves, found = self.receipt_id, self.receipt_id
        while moves := moves.returned_move_ids - found:
            found |= moves
        rows = self.env["wcm.spend"].sudo().search([("receipt_id", "in", found.ids)])
        return sum(rows.mapped("amount"))

    @api.model_create_multi
    def create(self, vals_list):
        self.check_access("create")
        self._lock_lines(vals_list)
        self._check_not_charged(vals_list)
        spends = super().create(vals_list)
        spends._take_evidence()
        spends._check_sources()
        spends.budget_line_id._check_restricted()
        return spends

    def write(self, vals):
        moved = not {"budget_line_id", "bill_line_id", "receipt_id"}.isdisjoint(vals)
        if moved:
            self.check_access("write")
            self._check_not_reported(self.env._("be moved"))
            self._lock_lines([vals])
            self._check_not_charged([vals], self)
        evidence = self.evidence_ids
        result = super().write(vals)
        if "evidence_ids" in vals:
            self._check_evidence_stays(evidence)
            self._take_evidence()
        if moved:
            self._check_sources()
            self._check_not_reported(self.env._("be moved"))
            self.budget_line_id._check_restricted()
        return result

    def _check_evidence_stays(self, before):
        gone = before - self.evidence_ids
        if gone:
            raise UserError(self.env._("“%s” is evidence and is kept as long as the grant. Add another file beside it.", gone[0].name))

    def _take_evidence(self):
        """A file that was uploaded before its record was saved belongs to nobody, and only its uploader could read it."""
        for spend in self:
            spend.evidence_ids.filtered(lambda file: file.res_model == self._name and not file.res_id).write({"res_id": spend.id})

    def _lock_lines(self, vals_list):
        """Two who charge the same budget line at once wait for each other, so that together they take no more than it has."""
        lines = self.env["wcm.grant.budget.line"].browse({vals["budget_line_id"] for vals in vals_list if vals.get("budget_line_id")})
        lines.sudo().lock_for_update()

    def _check_not_charged(self, vals_list, but=None):
        """Says which: the database's own word names no document."""
        for name in ("bill_line_id", "receipt_id"):
            ids = [vals[name] for vals in vals_list if vals.get(name)]
            before = self.sudo().search([(name, "in", ids), ("id", "not in", but.ids if but else [])], limit=1)
            if before:
                raise UserError(self.env._(
                    "%(document)s is charged to “%(line)s” of %(grant)s already. The same money is never charged twice.",
                    document=before.document, line=before.budget_line_id.name, grant=before.grant_id.name,
                ))
        self._check_one_way(vals_list)

    def _check_one_way(self, vals_list):
        """A bill and the receipt behind it are the same money."""
        lines = self.env["account.move.line"].browse([vals["bill_line_id"] for vals in vals_list if vals.get("bill_line_id")]).purchase_line_id
        received = self.env["stock.move"].browse([vals["receipt_id"] for vals in vals_list if vals.get("receipt_id")]).purchase_line_id
        both = (lines & received)[:1]
        if both:
            raise UserError(self.env._("A bill and a receipt of %s are chosen both: they are the same money. Choose one of them.", both.order_id.name))
        for order_lines, way in ((lines, KINDS["received"]), (received, KINDS["billed"])):
            other = self.sudo().search([("purchase_line_id", "in", order_lines.ids), ("way", "=", way)], limit=1)
            if other:
                raise UserError(self.env._(
                    "Of this order line %(other)s is charged to %(grant)s already. A bill and the receipt behind it are the same money: take that off first.",
                    other=other.document, grant=other.grant_id.name,
                ))

    def _check_sources(self):
        for spend in self:
            if spend.bill_line_id and (spend.bill_line_id.parent_state != "posted" or spend.bill_line_id.move_id.move_type not in ("in_invoice", "in_refund")):
                raise UserError(self.env._("%s is no posted vendor bill or credit note. Post it first.", spend.document or self.env._("The bill")))
            if spend.receipt_id and spend.receipt_id.state != "done":
                raise UserError(self.env._("%s has not been received yet.", spend.document or self.env._("The receipt")))
            if spend.currency_id != spend.grant_id.currency_id:
                raise UserError(self.env._("%(grant)s counts in %(currency)s, the books do not: a bill cannot be charged to it.", grant=spend.grant_id.name, currency=spend.grant_id.currency_id.name))

    @api.constrains("date", "budget_line_id")
    def _check_period(self):
        for spend in self:
            grant = spend.grant_id
            if spend.date and ((grant.date_start and spend.date < grant.date_start) or (grant.date_end and spend.date > grant.date_end)):
                raise ValidationError(self.env._(
                    "%(document)s is of %(day)s, outside the period of %(grant)s (%(start)s to %(end)s).",
                    document=spend.document, day=spend.date, grant=grant.name, start=grant.date_start or "…", end=grant.date_end or "…",
                ))

    def _check_not_reported(self, what):
        """What a closed report tells stays as it is; a correction is a credit note, charged in an open period."""
        for spend in self:
            reports = spend.grant_id.sudo().report_ids.filtered(lambda report, day=spend.date: report.state != "due" and report.date_from <= day <= report.date_to)
            if reports:
                raise UserError(self.env._("%(document)s is in the closed report “%(report)s” and cannot %(what)s any more.", document=spend.document, report=reports[0].name, what=what))

    @api.ondelete(at_uninstall=False)
    def _unlink_before_it_is_reported(self):
        self._check_not_reported(self.env._("be taken off"))
        for spend in self:
            amount = format_amount(self.env, spend.amount, spend.currency_id)
            spend.grant_id.message_post(body=self.env._("%(document)s (%(amount)s) is not charged to “%(line)s” any more.", document=spend.document, amount=amount, line=spend.budget_line_id.name))
            if spend.evidence_ids:
                raise UserError(self.env._("%s has evidence attached, which is kept. Charge it to another line instead.", spend.document))

    def action_open_document(self):
        self.ensure_one()
        self.check_access("read")
        return (self.bill_line_id.move_id or self.receipt_id.picking_id)._get_records_action()
