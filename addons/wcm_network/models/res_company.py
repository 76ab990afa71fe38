from odoo import models
from odoo.exceptions import UserError


class ResCompany(models.Model):
    """Whether Odoo's accounting is set up for what the network proposes."""

    _inherit = "res.company"

    def _check_journal(self, kind):
        """:param kind: sale or purchase"""
        journals = self.env["account.journal"].sudo()
        if not journals.search_count([*journals._check_company_domain(self), ("type", "=", kind)], limit=1):
            raise UserError(self.env._(
                "Odoo's accounting is not set up for %(company)s: it has no journal of %(kind)s. Whoever keeps the books chooses a chart of accounts first, under Invoicing, Configuration, Settings.",
                company=self.name, kind=self.env._("sales") if kind == "sale" else self.env._("purchases"),
            ))
