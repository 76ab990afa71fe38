from odoo import fields, models


class WcmMembership(models.Model):
    """Instruments go along for a shift without network: those that are with the member and in date."""

    _inherit = "wcm.membership"

    def _bench_content(self):
        return {**super()._bench_content(), "instruments": self._bench_instruments() if self else []}

    def _bench_instruments(self):
        domain = [("keeper_id", "in", self.ids), ("result", "=", "good"), ("due_on", ">=", fields.Date.today())]
        return self.env["wcm.instrument"].search(domain).read(["display_name", "kind_id", "code", "due_on"], load=None)
