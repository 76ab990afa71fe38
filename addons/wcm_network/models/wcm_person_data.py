from dateutil.relativedelta import relativedelta

from odoo import fields, models

# How long accounting records keep whose they are.
YEARS_OF_ACCOUNTS = 6
POSTAL = {"street", "street2", "city", "zip", "state_id", "country_id", "vat"}


class WcmPersonData(models.AbstractModel):
    _inherit = "wcm.person.data"

    def _anonymous(self, partner):
        """Bills have to say whose they are as long as the law asks; all other details go all the same."""
        values = super()._anonymous(partner)
        if not self._is_billed(partner):
            return values
        return {name: value for name, value in values.items() if name not in POSTAL | {"name"}}

    def _is_billed(self, partner):
        since = fields.Date.today() - relativedelta(years=YEARS_OF_ACCOUNTS)
        bills = self.env["account.move"].sudo()
        domain = [("partner_id", "=", partner.id), ("state", "=", "posted"), ("date", ">=", since)]
        return bool(bills.search_count(domain, limit=1))
