import math

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

PAYERS = [("member", "The member"), ("network", "The network"), ("client", "The client"), ("nobody", "Nobody")]


class WcmNonconformity(models.Model):
    """Who pays for it, why, and whether the member agrees."""

    _inherit = "wcm.nonconformity"

    _office_readable = frozenset({"payer", "cost_amount", "currency_id", "cost_reason", "cost_on", "cost_answer", "cost_answer_words", "cost_answered_on"})

    payer = fields.Selection(PAYERS, "Who pays", readonly=True, copy=False, index=True, tracking=True)
    currency_id = fields.Many2one(related="work_order_id.currency_id", string="Currency")
    cost_amount = fields.Monetary("Cost", readonly=True, copy=False, tracking=True, help="In the currency of the work order.")
    cost_reason = fields.Text("Why they pay", readonly=True, copy=False)
    cost_by_id = fields.Many2one("res.users", "Cost said by", readonly=True, copy=False)
    cost_on = fields.Date("Cost said on", readonly=True, copy=False)
    cost_answer = fields.Selection([("agreed", "Agreed"), ("not_agreed", "Not agreed")], "The member's answer", readonly=True, copy=False, tracking=True)
    cost_answer_words = fields.Text("Why not", readonly=True, copy=False)
    cost_answered_by_id = fields.Many2one("res.users", "Answered by", readonly=True, copy=False)
    cost_answered_on = fields.Date("Answered on", readonly=True, copy=False)

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {
            "payer", "cost_amount", "cost_reason", "cost_by_id", "cost_on", "cost_answer", "cost_answer_words", "cost_answered_by_id", "cost_answered_on",
        }

    def action_open_cost(self):
        self.ensure_one()
        return self._wizard_action("wcm.nonconformity.cost", self.env._("Who pays"))

    def action_set_cost(self, payer=None, amount=0, reason=None):
        """A coordinator or a quality lead says it; said again, the member is asked again."""
        self.ensure_one()
        self.check_access("write")
        if payer not in dict(PAYERS):
            raise UserError(self.env._("Choose who pays: the member, the network, the client or nobody."))
        self._check_reason(reason)
        self.sudo().write({
            "payer": payer, "cost_amount": 0 if payer == "nobody" else self._checked_amount(amount), "cost_reason": reason, "cost_by_id": self.env.uid,
            "cost_on": fields.Date.context_today(self), "cost_answer": False, "cost_answer_words": False, "cost_answered_by_id": False, "cost_answered_on": False,
        })
        if payer == "member":
            self.sudo()._ask_member_about_cost()

    def action_agree_cost(self):
        self._check_may_answer()
        self.sudo()._take_answer("agreed")

    def action_refuse_cost(self, reason=None):
        """Not agreed: whoever said it, and the coordinators of the region, are told."""
        self._check_may_answer()
        self._check_reason(reason)
        answered = self.sudo()
        answered._take_answer("not_agreed", reason)
        people = (answered.cost_by_id | answered.membership_id.region_id.coordinator_ids).partner_id
        answered.message_notify(partner_ids=people.ids, subject=self.env._("%s: the member does not agree to pay", self.name), body=reason)

    def _take_answer(self, answer, words=False):
        self.write({
            "cost_answer": answer, "cost_answer_words": words, "cost_answered_by_id": self.env.uid, "cost_answered_on": fields.Date.context_today(self),
        })

    def _check_may_answer(self):
        self.ensure_one()
        self._check_office_or_coordinator()
        if not self.sudo().membership_id._lets_in(self.env.user):
            raise AccessError(self.env._("Only the people of the member that is to pay answer this."))
        if self.payer != "member":
            raise UserError(self.env._("You are not asked to pay for %s.", self.name))

    def _checked_amount(self, amount):
        if isinstance(amount, bool) or not isinstance(amount, (int, float)) or not math.isfinite(amount) or not 0 <= amount < 1e9:
            raise UserError(self.env._("Give what it costs as an amount, 0 or more."))
        return self.sudo().currency_id.round(amount)

    def _ask_member_about_cost(self):
        people = self.membership_id._office_users().partner_id
        words = self.env._("You are asked to pay for %s. Say whether you agree, under Nonconformities.", self.name)
        self.message_notify(partner_ids=people.ids, subject=self.env._("%s: who pays", self.name), body=words)
