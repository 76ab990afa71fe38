from odoo import api, fields, models
from odoo.exceptions import UserError


class WcmInstrumentLoan(models.Model):
    """Who had an instrument, and from when until when; written by lending and returning it.

    Which people of another member handed it over is nothing for a member.
    """

    _name = "wcm.instrument.loan"
    _description = "Loan of an instrument"
    _inherit = ["wcm.facade"]
    _order = "lent_on desc, id desc"

    _member_readable = frozenset({"instrument_id", "borrower_id", "lent_on", "back_on", "returned_on"})

    instrument_id = fields.Many2one("wcm.instrument", required=True, readonly=True, index=True, ondelete="restrict")
    borrower_id = fields.Many2one("wcm.membership", "Lent to", readonly=True, index="btree_not_null", ondelete="restrict", help="Empty: the network.")
    lent_on = fields.Datetime(required=True, readonly=True)
    lent_by_id = fields.Many2one("res.users", "Lent by", readonly=True, ondelete="restrict")
    back_on = fields.Date("To be back by", readonly=True)
    returned_on = fields.Datetime(readonly=True)
    returned_by_id = fields.Many2one("res.users", "Returned by", readonly=True, ondelete="restrict")

    _one_open = models.UniqueIndex("(instrument_id) WHERE returned_on IS NULL", "It is lent already.")

    @api.depends("borrower_id.name", "lent_on")
    def _compute_display_name(self):
        for one in self:
            one.display_name = one.sudo().borrower_id.name or self.env._("The network")

    @api.ondelete(at_uninstall=False)
    def _never_unlink(self):
        raise UserError(self.env._("Who had an instrument is kept: what was measured then is judged by it."))
