from odoo import fields, models


class WcmInstrumentLend(models.TransientModel):
    """The network lends an instrument to a member, chosen from a list."""

    _name = "wcm.instrument.lend"
    _description = "Lend an instrument"

    instrument_id = fields.Many2one("wcm.instrument", required=True, readonly=True)
    membership_id = fields.Many2one("wcm.membership", "To", required=True, domain="[('state', 'in', ('probation', 'active')), ('is_leaving', '=', False)]")
    back_on = fields.Date("To be back by")

    def action_apply(self):
        self.ensure_one()
        self.instrument_id.action_lend(self.membership_id.code, self.back_on)
        return {"type": "ir.actions.act_window_close"}
