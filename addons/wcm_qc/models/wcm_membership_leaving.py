from odoo import models


class WcmMembership(models.Model):
    """Instruments go back to whom they belong, and what is wrong is settled, before a member leaves."""

    _inherit = "wcm.membership"

    def _leaving_rows(self):
        instruments = self.env["wcm.instrument"].sudo()
        borrowed = instruments.search([("keeper_id", "=", self.id), ("membership_id", "!=", self.id)])
        lent = instruments.search([("membership_id", "=", self.id), ("keeper_id", "!=", self.id)])
        held = self.env["wcm.nonconformity"].sudo().search([("membership_id", "=", self.id), ("is_active", "=", True)])
        return [
            *super()._leaving_rows(),
            self._leaving_row("borrowed", self.env._("borrowed instruments to give back"), borrowed, self.env._("Whoever has it, its owner or the network tells on the instrument that it is back.")),
            self._leaving_row("lent", self.env._("its own instruments that others have"), lent, self.env._("They come back first: the network tells who has them.")),
            self._leaving_row("nonconformities", self.env._("nonconformities to close"), held, self.env._("Quality decides, the member reworks what is to be reworked.")),
        ]
