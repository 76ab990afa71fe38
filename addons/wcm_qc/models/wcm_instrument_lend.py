from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

WORKING = ("probation", "active")


class WcmInstrument(models.Model):
    """Lending and returning."""

    _inherit = "wcm.instrument"

    loan_ids = fields.One2many("wcm.instrument.loan", "instrument_id", "Loans", readonly=True)
    back_on = fields.Date("To be back by", compute="_compute_back_on")

    @api.depends("loan_ids.returned_on", "loan_ids.back_on")
    def _compute_back_on(self):
        for one in self:
            one.back_on = one.loan_ids.filtered(lambda loan: not loan.returned_on)[:1].back_on

    def action_lend(self, member=None, until=None):
        """To another member, by its owner or the network.

        :param member: its code or name in full; members have no list of each other
        :param until: day by which it is to be back, if that is agreed
        """
        self.ensure_one()
        self._check_may_change()
        instrument = self.sudo()
        if instrument.is_borrowed:
            raise UserError(self.env._("%s is lent already. It comes back first.", instrument.name))
        instrument._lend(instrument._borrower(member), self._day(until))
        return True

    def action_return(self):
        """Told by whoever has it, its owner, or the network."""
        self.ensure_one()
        self.check_access("read")
        instrument = self.sudo()
        if not instrument.is_borrowed:
            raise UserError(self.env._("%s is where it belongs.", instrument.name))
        if not instrument.keeper_id._lets_in(self.env.user):
            self._check_may_change()
        instrument._take_back()
        return True

    def action_open_lend(self):
        self.ensure_one()
        self._check_may_change()
        return {
            "type": "ir.actions.act_window", "name": self.env._("Lend %s", self.name), "res_model": "wcm.instrument.lend", "view_mode": "form",
            "target": "new", "context": {"default_instrument_id": self.id},
        }

    def _check_may_change(self):
        """The owner's supervisors and owners; the network where the rules let it."""
        self.check_access("read")
        if not self.has_access("write"):
            raise AccessError(self.env._("Only an owner or a supervisor of the workshop that it belongs to, or the network, can do this."))

    def _lend(self, borrower, until):
        now = fields.Datetime.now()
        if until and until < now.date():
            raise UserError(self.env._("It cannot be back before today."))
        self.env["wcm.instrument.loan"].create({
            "instrument_id": self.id, "borrower_id": borrower.id, "lent_on": now, "lent_by_id": self.env.uid, "back_on": until,
        })
        self.keeper_id = borrower

    def _take_back(self):
        now = fields.Datetime.now()
        self.loan_ids.filtered(lambda loan: not loan.returned_on).write({"returned_on": now, "returned_by_id": self.env.uid})
        self.loan_ids.flush_recordset(["returned_on"])  # the next loan looks for it in the database
        self.keeper_id = self.membership_id

    def _borrower(self, told):
        name = (told or "").strip() if isinstance(told, str) else ""
        members = self.env["wcm.membership"]
        found = name and members.search([("state", "in", WORKING), ("is_leaving", "=", False), "|", ("code", "=ilike", self._plain(name)), ("name", "=ilike", self._plain(name))])
        if not found or len(found) != 1:
            raise UserError(self.env._("No member has the code or name “%s”. Ask them for their code: it is on their labels.", name))
        if found == self.membership_id:
            raise UserError(self.env._("It belongs to %s.", found.name))
        return found

    @api.model
    def _plain(self, text):
        """Without wildcards, so that nobody looks for names."""
        return text.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")

    @api.model
    def _day(self, told):
        try:
            return fields.Date.to_date(told or None)
        except (TypeError, ValueError):
            raise UserError(self.env._("“%s” is no day.", told)) from None
