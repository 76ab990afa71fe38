from odoo import api, fields, models
from odoo.exceptions import ValidationError


class WcmReserve(models.Model):
    """What is put by, on a day: typed, or the balance of accounts of Odoo's books as it stands.

    The latest counts, of the network or of a region.
    """

    _name = "wcm.reserve"
    _description = "Reserve"
    _inherit = ["mail.thread"]
    _order = "date desc, id desc"
    _rec_name = "date"

    date = fields.Date("On", default=fields.Date.context_today, required=True, index=True, tracking=True)
    amount = fields.Monetary(tracking=True, aggregator=None, help="That nobody else has a claim on: without grants for a purpose.")
    currency_id = fields.Many2one("res.currency", default=lambda self: self.env.company.currency_id, required=True)
    region_id = fields.Many2one("wcm.region", index=True, ondelete="restrict", tracking=True, help="Whose it is. Empty: the network's own.")
    account_ids = fields.Many2many(
        "account.account", string="Balance of accounts", groups="wcm_network.group_manager",
        help="What Odoo's books say stands on these accounts today, instead of an amount: a bank or savings account.",
    )
    note = fields.Text("Source", help="Where the figure comes from: a bank statement, the accounts, a decision of the board.")
    basis = fields.Selection([("typed", "Typed"), ("books", "From the books")], compute="_compute_amount_now", compute_sudo=True)
    amount_now = fields.Monetary("Amount that counts", compute="_compute_amount_now", compute_sudo=True)

    _once_a_day = models.UniqueIndex("(COALESCE(region_id, 0), date)", "There is a reserve of that day already. Change that one.")

    @api.depends("amount", "account_ids")
    def _compute_amount_now(self):
        balances = dict(self.sudo().env["account.move.line"]._read_group(self.sudo()._balance_domain(), ["account_id"], ["balance:sum"]))
        company = self.env.company
        for reserve in self:
            accounts = reserve.sudo().account_ids
            balance = sum(balances.get(account, 0.0) for account in accounts)
            own = reserve.currency_id or company.currency_id
            reserve.basis = "books" if accounts else "typed"
            reserve.amount_now = company.currency_id._convert(balance, own, company, fields.Date.context_today(self)) if accounts else reserve.amount

    def _balance_domain(self):
        return [
            ("account_id", "in", self.account_ids.ids), ("parent_state", "=", "posted"), ("company_id", "=", self.env.company.id),
            ("date", "<=", fields.Date.to_string(fields.Date.context_today(self))),
        ]

    @api.constrains("date")
    def _check_date(self):
        for reserve in self:
            if reserve.date > fields.Date.context_today(reserve):
                raise ValidationError(self.env._("A reserve is of today or a day before."))

    def write(self, vals):
        """Whoever moves a record to another region must have a right to it there too."""
        result = super().write(vals)
        if "region_id" in vals:
            self.check_access("write")
        return result

    @api.model
    def _latest(self, region):
        """Of the network where the region is empty; of accounts of the books whatever its day, as they say what is there now."""
        found = self.sudo().search([("region_id", "=", region.id)])
        return found.filtered("account_ids")[:1] or found[:1]
