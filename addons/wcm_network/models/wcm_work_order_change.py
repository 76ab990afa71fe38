from odoo import api, fields, models
from odoo.exceptions import LockError, UserError
from odoo.tools import format_date


class WcmWorkOrderChange(models.Model):
    """A change of agreed work: proposed by the coordinator, agreed to or refused by the member, and kept.

    What was proposed never changes: who answers, answers what it read. Until then the order stays as it is.
    """

    _name = "wcm.work.order.change"
    _description = "Change of a work order"
    _inherit = ["wcm.guarded", "wcm.facade"]
    _order = "id desc"
    _rec_name = "work_order_id"

    _guarded = frozenset({
        "work_order_id", "step", "quantity_before", "quantity_after", "date_before", "date_after", "revision_before", "revision_after",
        "reason", "answer", "answered_on", "answered_by_id",
    })
    _member_readable = frozenset({"work_order_id", "membership_id", "step", "words", "reason", "state", "answer", "answered_on", "create_date"})

    work_order_id = fields.Many2one("wcm.work.order", required=True, readonly=True, index=True, ondelete="cascade")
    membership_id = fields.Many2one(related="work_order_id.membership_id", store=True, index=True, string="Member")
    step = fields.Selection([("amend", "Other terms"), ("hold", "Pause the work"), ("cancel", "Call the rest off")], "What", required=True, readonly=True, default="amend")
    quantity_before = fields.Integer(readonly=True)
    quantity_after = fields.Integer(readonly=True)
    date_before = fields.Date("Ready by, before", readonly=True)
    date_after = fields.Date("Ready by, after", readonly=True)
    revision_before = fields.Char("Design revision, before", readonly=True)
    revision_after = fields.Char("Design revision, after", readonly=True)
    words = fields.Text("Before and after", compute="_compute_words")
    reason = fields.Char("Why", readonly=True, required=True)
    state = fields.Selection(
        [("proposed", "Waits for the member"), ("agreed", "Agreed"), ("refused", "Refused"), ("withdrawn", "Withdrawn")],
        default="proposed", required=True, readonly=True, index=True,
    )
    answer = fields.Char("What the member said", readonly=True)
    answered_on = fields.Datetime(readonly=True)
    answered_by_id = fields.Many2one("res.users", readonly=True)

    _one_at_a_time = models.UniqueIndex("(work_order_id) WHERE state = 'proposed'", "A change of this order waits for its answer already. Withdraw it first.")

    @api.depends("step", "quantity_after", "date_after", "revision_after")
    @api.depends_context("lang")
    def _compute_words(self):
        for change in self:
            change.words = "\n".join(change.sudo()._differences())

    def _differences(self):
        """A line for each thing that would be otherwise: before and after."""
        if self.step == "hold":
            return [self.env._("The work pauses; nothing more is started until the network says go on.")]
        if self.step == "cancel":
            return [self.env._("What is not made yet is called off; what is made is delivered and paid.")]
        rows = (
            (self.env._("Blocks"), self.quantity_before, self.quantity_after),
            (self.env._("Ready by"), format_date(self.env, self.date_before), format_date(self.env, self.date_after)),
            (self.env._("Design revision"), self.revision_before or "–", self.revision_after or "–"),
        )
        return [f"{label}: {before} → {after}" for label, before, after in rows if before != after]

    def action_agree(self):
        """The member agrees, or the coordinator records it; order and native documents follow. Repeated, it changes nothing."""
        self._check_office_or_coordinator()
        for change in self.sudo()._locked():
            if change.state != "agreed":
                change._check_waits()
                change.work_order_id._apply_change(change)
                change._answered("agreed")
        return True

    def action_refuse(self, reason=None):
        """The order stays as it was agreed."""
        self._check_office_or_coordinator()
        for change in self.sudo()._locked():
            if change.state != "refused":
                change._check_waits()
                change._answered("refused", change.work_order_id._required_text(reason, self.env._("Say why not: it helps to find another way.")))
        return True

    def action_withdraw(self):
        self._check_coordinator()
        for change in self.sudo()._locked():
            change._check_waits()
            change.state = "withdrawn"
            change.flush_recordset(["state"])  # another may be proposed in the same transaction
            change.work_order_id._notify_members(lambda orders: orders.env._("The change is withdrawn; the order stays as it was"))
        return True

    def _locked(self):
        """Orders before their changes: who makes, releases or calls off at this moment comes first or afterwards."""
        try:
            self.work_order_id.lock_for_update(allow_referencing=True)
            self.lock_for_update(allow_referencing=True)
        except LockError as error:
            raise LockError(self.env._("Somebody else is answering this or working on the order right now. Try again in a moment.")) from error
        return self

    def _check_waits(self):
        if self.state != "proposed":
            raise UserError(self.env._(
                "This change is “%(state)s” already. Reload the page to see what is agreed.",
                state=dict(self._fields["state"]._description_selection(self.env))[self.state],
            ))

    def _answered(self, state, answer=False):
        self.write({"state": state, "answer": answer, "answered_on": fields.Datetime.now(), "answered_by_id": self.env.uid})
        self.flush_recordset(["state"])
        label = self.env._("Change agreed") if state == "agreed" else self.env._("Change refused: %s", answer)
        self.work_order_id.message_post(
            subject=self.env._("%(label)s (%(order)s)", label=label, order=self.work_order_id.name),
            body=self.env._("%(label)s. %(words)s", label=label, words=self.words),
            partner_ids=(self.create_uid - self.env.user).partner_id.ids,
        )
