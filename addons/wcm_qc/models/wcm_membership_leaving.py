from odoo import models


class WcmMembership(models.Model):
    """Instruments go back to whom they belong, and what is wrong is settled, before a member leaves."""

    _inherit = "wcm.membership"

    def _open_at_leaving(self):
        instruments = self.env["wcm.instrument"].sudo()
        borrowed = instruments.search([("keeper_id", "=", self.id), ("membership_id", "!=", self.id)])
        lent = instruments.search([("membership_id", "=", self.id), ("keeper_id", "!=", self.id)])
        held = self.env["wcm.nonconformity"].sudo().search([("membership_id", "=", self.id), ("is_active", "=", True)])
        found = (
            (borrowed, self.env._("borrowed instruments to give back")),
            (lent, self.env._("its own instruments that others have")),
            (held, self.env._("nonconformities to close")),
        )
        return [*super()._open_at_leaving(), *(f"{words}: {', '.join(records.mapped('name'))}" for records, words in found if records)]
