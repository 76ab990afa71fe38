from decimal import Decimal

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..pricing.viability import Costs, share_of_period


class WcmRunningCost(models.Model):
    """One thing that running the platform costs: typed, or read from accounts of Odoo's books.

    Without a region it is the network's own. Accounts are named on a line, so that each posted pound stands in one line
    and what is typed beside it is something else.
    """

    _name = "wcm.running.cost"
    _description = "Running cost"
    _inherit = ["mail.thread"]
    _order = "region_id, kind, name, date_from"

    name = fields.Char("What for", required=True, tracking=True)
    kind = fields.Selection(
        [("fixed", "A year"), ("per_home", "For each home"), ("per_component", "For each component")], "How it comes", default="fixed", required=True, tracking=True,
    )
    amount = fields.Monetary(tracking=True, aggregator=None, help="Without VAT that is got back. A year's cost, or that of one home or one component.")
    currency_id = fields.Many2one("res.currency", default=lambda self: self.env.company.currency_id, required=True)
    date_from = fields.Date("From", tracking=True, help="The first day on which it is due. Empty: always.")
    date_to = fields.Date("To", tracking=True, help="The last day. Empty: until further notice.")
    region_id = fields.Many2one("wcm.region", index=True, ondelete="restrict", tracking=True, help="Whose cost it is. Empty: the network's own.")
    account_ids = fields.Many2many(
        "account.account", string="Read from accounts", groups="wcm_network.group_manager",
        help="What Odoo's books have posted on these accounts in the last twelve months is taken instead of an amount. An account stands on one line only.",
    )
    note = fields.Text("Source", help="Where the figure comes from: a contract, a quotation, last year's accounts, a guess.")
    basis = fields.Selection([("typed", "Typed"), ("books", "From the books")], compute="_compute_a_year", compute_sudo=True)
    amount_now = fields.Monetary("Amount that counts", compute="_compute_a_year", compute_sudo=True, help="As typed, or what was posted in the last twelve months.")
    active = fields.Boolean(default=True)

    _dates = models.Constraint("CHECK(date_to IS NULL OR date_from IS NULL OR date_to >= date_from)", "A cost cannot end before it begins.")
    _not_negative = models.Constraint("CHECK(amount IS NULL OR amount >= 0)", "A cost is 0 or more.")

    @api.depends("amount", "account_ids")
    def _compute_a_year(self):
        posted = self._posted(*self._last_twelve_months())
        for cost in self:
            cost.basis = "books" if cost.account_ids else "typed"
            cost.amount_now = self._in_currency_of(cost, posted) if cost.account_ids else cost.amount

    @api.model
    def _in_currency_of(self, cost, posted):
        company = self.env.company
        return company.currency_id._convert(float(posted[cost]), cost.currency_id or company.currency_id, company, fields.Date.context_today(self))

    @api.constrains("account_ids", "kind", "amount", "active")
    def _check_accounts(self):
        for cost in self.sudo():
            if cost.account_ids and cost.kind != "fixed":
                raise ValidationError(self.env._("“%s”: what is read from accounts is a cost a year. Type what each home or component costs.", cost.name))
            if not cost.account_ids and not cost.amount:
                raise ValidationError(self.env._("“%s”: give an amount, or the accounts to read it from.", cost.name))
            cost._check_accounts_once()

    def _check_accounts_once(self):
        other = self.search([("id", "!=", self.id), ("account_ids", "in", self.account_ids.ids)], limit=1) if self.active and self.account_ids else self.browse()
        if other:
            raise ValidationError(self.env._("“%(other)s” reads one of these accounts already, so it would be counted twice in “%(cost)s”.", other=other.name, cost=self.name))

    def write(self, vals):
        """Whoever moves a record to another region must have a right to it there too."""
        result = super().write(vals)
        if "region_id" in vals:
            self.check_access("write")
        return result

    def action_open_posted(self):
        """What the books have posted behind it, for whoever may read them."""
        self.ensure_one()
        self.check_access("read")
        start, end = self._last_twelve_months()
        return {
            "type": "ir.actions.act_window", "name": self.name, "res_model": "account.move.line", "views": [[False, "list"]],
            "domain": self.sudo()._posted_domain(start, end), "context": {"create": False},
        }

    @api.model
    def _last_twelve_months(self):
        """(first day, last day), today the last of them."""
        today = fields.Date.context_today(self)
        return today - relativedelta(years=1) + relativedelta(days=1), today

    def _posted_domain(self, start, end):
        return [
            ("account_id", "in", self.account_ids.ids), ("parent_state", "=", "posted"), ("company_id", "=", self.env.company.id),
            ("date", ">=", fields.Date.to_string(start)), ("date", "<=", fields.Date.to_string(end)),
        ]

    def _posted(self, start, end):
        """{cost: posted on its accounts in these days, in the company's currency}"""
        costs = self.sudo()
        rows = costs.env["account.move.line"]._read_group(costs._posted_domain(start, end), ["account_id"], ["balance:sum"])
        of_account = {account: Decimal(str(balance)) for account, balance in rows}
        return {cost: sum((of_account.get(account, Decimal(0)) for account in cost.sudo().account_ids), Decimal(0)) for cost in self}

    def _costs_in(self, start, end):
        """{cost: Costs} of the days from start to end, in the company's currency by today's rate.

        Typed amounts count by the days on which they hold. Of days to come the books say nothing yet: what they posted in
        the last twelve months stands for them.
        """
        first, today = self._last_twelve_months()
        posted = self._posted(*((start, end) if end <= today else (first, today)))
        return {cost: cost._costs(posted[cost], start, end, is_over=end <= today) for cost in self}

    def _costs(self, posted, start, end, is_over):
        share = share_of_period(start, end, self.date_from or None, self.date_to or None)
        if self.sudo().account_ids:
            return Costs(fixed=posted if is_over else posted * share)
        company = self.env.company
        amount = self.currency_id._convert(self.amount, company.currency_id, company, fields.Date.context_today(self), round=False)
        return Costs(**{self.kind: Decimal(str(amount)) * share})
