from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class WcmStatementDispute(models.Model):
    """A member says that a month of its statement, or an order in it, is wrong; a coordinator answers.

    What either said stays on record; the line is shown as disputed until it is settled.
    """

    _name = "wcm.statement.dispute"
    _description = "Dispute of a statement"
    _inherit = ["wcm.guarded", "wcm.facade"]
    _order = "state, id desc"

    _guarded = frozenset({
        "membership_id", "month", "work_order_id", "reason", "raised_by_id", "raised_on", "answer", "answered_by_id", "answered_on", "settled_by_id", "settled_on",
    })
    _office_readable = frozenset({
        "membership_id", "month", "work_order_id", "reason", "raised_on", "state", "answer", "answered_on", "settled_on",
    })

    membership_id = fields.Many2one("wcm.membership", "Member", required=True, readonly=True, index=True, ondelete="restrict")
    region_id = fields.Many2one(related="membership_id.region_id", store=True, index=True)
    month = fields.Date(required=True, readonly=True, help="First day of the month.")
    work_order_id = fields.Many2one("wcm.work.order", "Work order", readonly=True, index="btree_not_null", ondelete="restrict", help="Empty: the whole month.")
    reason = fields.Text("What is wrong", required=True, readonly=True)
    raised_by_id = fields.Many2one("res.users", "Said by", required=True, readonly=True, default=lambda self: self.env.uid, ondelete="restrict")
    raised_on = fields.Datetime("Said on", required=True, readonly=True, default=fields.Datetime.now)
    state = fields.Selection([("open", "Waits for an answer"), ("answered", "Answered"), ("settled", "Settled")], default="open", required=True, readonly=True, index=True, group_expand="_states_in_use")
    reply = fields.Text("Your answer", copy=False, help="The member reads it once it is sent.")
    answer = fields.Text(readonly=True)
    answered_by_id = fields.Many2one("res.users", "Answered by", readonly=True, ondelete="restrict")
    answered_on = fields.Datetime("Answered on", readonly=True)
    settled_by_id = fields.Many2one("res.users", "Settled by", readonly=True, ondelete="restrict")
    settled_on = fields.Datetime("Settled on", readonly=True)

    _one_open = models.UniqueIndex(
        "(membership_id, month, COALESCE(work_order_id, 0)) WHERE state = 'open'", "You said already that this is wrong; a coordinator will answer.",
    )

    @api.depends("membership_id", "month")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for dispute in self:
            month = dispute.month and format_date(self.env, dispute.month, date_format="MMMM y")
            dispute.display_name = " ".join(filter(None, (dispute.membership_id.sudo().name, month, dispute.work_order_id.sudo().name)))

    @api.ondelete(at_uninstall=False)
    def _never_unlink(self):
        raise UserError(self.env._("What was said about a statement stays on record; settle it instead."))

    def action_answer(self, answer=None):
        """A coordinator's answer, which the member reads on its statement; a second one is added to the first.

        :param answer: otherwise what was written in the form
        """
        self._check_coordinator()
        for dispute in self.sudo():
            words = self.env["wcm.work.order"]._required_text(answer or dispute.reply, self.env._("Say what you found: the member reads it."))
            if dispute.state == "settled":
                raise UserError(self.env._("%s is settled already.", dispute.display_name))
            said = "\n\n".join(filter(None, (dispute.answer, words)))
            dispute.write({"state": "answered", "answer": said, "reply": False, "answered_by_id": self.env.uid, "answered_on": fields.Datetime.now()})
            people = dispute.membership_id._office_users().partner_id
            dispute.membership_id.message_notify(partner_ids=people.ids, subject=self.env._("Your statement: an answer"), body=words)
        return True

    def action_open_statement(self):
        """The paper of the month that is disputed."""
        self.ensure_one()
        self.check_access("read")
        return self.membership_id.action_open_statement(str(self.month)[:7])

    def action_settle(self):
        """The member says that it is right now; a coordinator only after an answer."""
        self._check_office_or_coordinator()
        for dispute in self.sudo():
            if dispute.state == "open" and self.env.user not in dispute.membership_id.user_ids:
                raise UserError(self.env._("Answer %s first.", dispute.display_name))
            if dispute.state != "settled":
                dispute.write({"state": "settled", "settled_by_id": self.env.uid, "settled_on": fields.Datetime.now()})
        return True

    def _statement_values(self):
        """As the member's page shows it."""
        states = dict(self._fields["state"]._description_selection(self.env))
        return {"id": self.id, "reason": self.reason, "answer": self.answer or "", "state": self.state, "label": states[self.state]}
