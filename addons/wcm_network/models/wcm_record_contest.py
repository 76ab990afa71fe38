from odoo import api, fields, models
from odoo.exceptions import UserError

FIGURES = [("on_time", "Ready on time"), ("response", "Answer to an offer")]


class WcmRecordContest(models.Model):
    """A member says that a record should not count in a figure of it, and why; a coordinator answers.

    Upheld, the record is left out of the count, and the reason is shown beside it. What either said stays.
    """

    _name = "wcm.record.contest"
    _description = "Contested figure"
    _inherit = ["wcm.guarded", "wcm.facade"]
    _order = "state, id desc"

    _guarded = frozenset({
        "membership_id", "figure", "work_order_id", "offer_answer_id", "part_id", "reason", "raised_by_id", "raised_on", "answer", "answered_by_id", "answered_on",
    })
    _office_readable = frozenset({"membership_id", "figure", "about", "reason", "raised_on", "state", "answer", "answered_on"})

    membership_id = fields.Many2one("wcm.membership", "Member", required=True, readonly=True, index=True, ondelete="cascade")
    region_id = fields.Many2one(related="membership_id.region_id", store=True, index=True)
    figure = fields.Selection(FIGURES, required=True, readonly=True, index=True)
    work_order_id = fields.Many2one("wcm.work.order", "Work order", readonly=True, index="btree_not_null", ondelete="cascade")
    offer_answer_id = fields.Many2one("wcm.offer.answer", "Offer", readonly=True, index="btree_not_null", ondelete="cascade")
    part_id = fields.Many2one("wcm.part", "Block", readonly=True, index="btree_not_null", ondelete="cascade")
    about = fields.Char("Which record", compute="_compute_about")
    reason = fields.Text("Why it should not count", required=True, readonly=True)
    raised_by_id = fields.Many2one("res.users", "Said by", required=True, readonly=True, default=lambda self: self.env.uid, ondelete="restrict")
    raised_on = fields.Datetime("Said on", required=True, readonly=True, default=fields.Datetime.now)
    state = fields.Selection(
        [("open", "Waits for an answer"), ("upheld", "Upheld: left out of the count"), ("refused", "Not upheld: it counts")],
        default="open", required=True, readonly=True, index=True, group_expand="_states_in_use",
    )
    reply = fields.Text("Your answer", copy=False, help="The member reads it once it is sent.")
    answer = fields.Text(readonly=True)
    answered_by_id = fields.Many2one("res.users", "Answered by", readonly=True, ondelete="restrict")
    answered_on = fields.Datetime("Answered on", readonly=True)

    _one_record = models.Constraint("CHECK(num_nonnulls(work_order_id, offer_answer_id, part_id) = 1)", "Say which record is meant.")
    _one_open = models.UniqueIndex(
        "(figure, COALESCE(work_order_id, 0), COALESCE(offer_answer_id, 0), COALESCE(part_id, 0)) WHERE state IN ('open', 'upheld')",
        "This record is contested already.",
    )

    @api.depends("work_order_id", "offer_answer_id", "part_id")
    def _compute_about(self):
        for contest in self:
            told = contest.sudo()
            contest.about = (told.work_order_id or told.offer_answer_id.work_order_id or told.part_id).display_name

    @api.depends("membership_id", "about")
    def _compute_display_name(self):
        for contest in self:
            contest.display_name = " ".join(filter(None, (contest.membership_id.sudo().name, contest.about)))

    @api.ondelete(at_uninstall=False)
    def _never_unlink(self):
        raise UserError(self.env._("What was said about a figure stays on record; answer it instead."))

    def action_uphold(self, answer=None):
        """The record is left out of the count.

        :param answer: otherwise what was written in the form
        """
        return self._answered("upheld", answer)

    def action_refuse(self, answer=None):
        """The record counts; also where it was left out before."""
        return self._answered("refused", answer)

    def _answered(self, state, answer):
        self._check_coordinator()
        for contest in self.sudo():
            words = self.env["wcm.work.order"]._required_text(answer or contest.reply, self.env._("Say what you found: the member reads it."))
            if contest.state == state:
                raise UserError(self.env._("%s has that answer already.", contest.display_name))
            said = "\n\n".join(filter(None, (contest.answer, words)))
            contest.write({"state": state, "answer": said, "reply": False, "answered_by_id": self.env.uid, "answered_on": fields.Datetime.now()})
            contest._tell_answer(words)
        return True

    def _tell_answer(self, words):
        label = dict(self._fields["state"]._description_selection(self.env))[self.state]
        self.membership_id.message_notify(
            partner_ids=self.membership_id._office_users().partner_id.ids, subject=self.env._("Your record, %(about)s: %(answer)s", about=self.about, answer=label), body=words,
        )

    def _record_values(self):
        """As the page of the record shows it."""
        states = dict(self._fields["state"]._description_selection(self.env))
        return {"id": self.id, "state": self.state, "label": states[self.state], "reason": self.reason, "answer": self.answer or ""}
