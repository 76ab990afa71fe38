from odoo import Command, api, fields, models
from odoo.fields import Domain
from odoo.tools import format_amount, format_date

# (document, its credit note, kind of journal, product of the lines), by the figure that is proposed.
DOCUMENTS = {
    "levy": ("out_invoice", "out_refund", "sale", "wcm_network.product_levy"),
    "region_share": ("in_invoice", "in_refund", "purchase", "wcm_network.product_region_share"),
}


class WcmLevyEntry(models.Model):
    """Draft invoices of the levy, and draft bills of the region's share, from the entries that are on none."""

    _inherit = "wcm.levy.entry"

    is_invoiced = fields.Boolean("Invoiced", compute="_compute_is_invoiced", search="_search_is_invoiced", compute_sudo=True, help="On an invoice, drafts among them, that is neither cancelled nor reversed.")

    @api.depends("invoice_line_id.parent_state", "invoice_line_id.move_id.payment_state")
    def _compute_is_invoiced(self):
        for entry in self:
            move = entry.invoice_line_id.move_id
            entry.is_invoiced = bool(move) and move.state != "cancel" and move.payment_state != "reversed"

    def _search_is_invoiced(self, operator, value):
        if operator != "in":
            return NotImplemented
        free = self.sudo()._search(self._is_free("invoice_line_id"))
        return Domain("id", "not in" if True in value else "in", free)

    @api.model
    def _is_free(self, link):
        """A domain: on no line, or on one that was cancelled or reversed."""
        return Domain(link, "=", False) | Domain(f"{link}.parent_state", "=", "cancel") | Domain(f"{link}.move_id.payment_state", "=", "reversed")

    def _propose(self, link, figure, owner):
        """One draft for each owner, currency, company and month, with a line for each order; what comes to 0 waits.

        :param link: the field of the entry that names the line
        :param figure: levy or region_share
        :param owner: of an entry, its member or its region
        """
        moves = self.env["account.move"]
        groups = self.grouped(lambda entry: (owner(entry), entry.currency_id, entry.company_id, fields.Date.start_of(entry.date, "month")))
        for (whose, currency, company, month), entries in groups.items():
            total = sum(entries.mapped(figure))
            if not currency.is_zero(total):
                company._check_journal(DOCUMENTS[figure][2])
                moves |= entries._make_draft(link, figure, whose, month, total < 0)
        return moves

    def _make_draft(self, link, figure, whose, month, is_credit):
        sign = -1 if is_credit else 1
        orders = list(self.grouped("work_order_id").items())
        lines = [entries._prepare_draft_line(figure, order, sign) for order, entries in orders]
        month_words = format_date(self.env, month, date_format="MMMM y")
        move = self.env["account.move"].with_company(self.company_id).create({
            "move_type": DOCUMENTS[figure][1 if is_credit else 0],
            "partner_id": (whose.run_by_id if figure == "region_share" else whose.partner_id).id,
            "wcm_membership_id": figure == "levy" and whose.id,
            "currency_id": self.currency_id.id, "company_id": self.company_id.id,
            "invoice_origin": self.env._("Levy, %(month)s, %(name)s", month=month_words, name=whose.name),
            "invoice_line_ids": [Command.create({**values, "sequence": number}) for number, values in enumerate(lines, 1)],
        })
        for (_order, entries), line in zip(orders, move.invoice_line_ids.sorted("sequence"), strict=True):
            entries[link] = line
        return move

    def _prepare_draft_line(self, figure, order, sign):
        quantity, amount = sum(self.mapped("quantity")), sum(self.mapped("amount"))
        name = self.env._(
            "%(order)s: %(quantity)g blocks accepted, %(amount)s; levy %(rule)s",
            order=order.name, quantity=quantity, amount=format_amount(self.env, amount, self.currency_id), rule=self[-1:].rule,
        )
        if figure == "region_share":
            name = self.env._("Region's share of the levy on %s", name)
        product = self.env.ref(DOCUMENTS[figure][3])
        return {"product_id": product.id, "name": name, "quantity": 1, "price_unit": sign * sum(self.mapped(figure)), "wcm_kind": figure}
