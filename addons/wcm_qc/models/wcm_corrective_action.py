from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

# After it is done, before somebody can say whether it helped.
DAYS_TO_SHOW = 30
DAYS_BETWEEN_REMINDERS = 7
ACTIVITIES = ["wcm_qc.activity_corrective_action", "wcm_qc.activity_effectiveness"]


class WcmCorrectiveAction(models.Model):
    """What is changed so that it does not happen again: somebody does it, and later somebody else says whether it helped."""

    _name = "wcm.corrective.action"
    _description = "Corrective action"
    _inherit = ["mail.thread", "mail.activity.mixin", "wcm.guarded", "wcm.facade"]
    _order = "state, due_on, id"

    _guarded = frozenset({
        "done_on", "done_by_id", "done_note", "outcome", "checked_on", "checked_by_id", "check_note", "rounds", "reminded_on",
    })
    _member_readable = frozenset({
        "name", "nonconformity_id", "state", "due_on", "is_overdue", "owner_name", "is_mine", "is_for_member", "done_on", "done_note", "outcome", "checked_on", "check_note",
    })

    name = fields.Char("What is changed", required=True, tracking=True)
    nonconformity_id = fields.Many2one("wcm.nonconformity", required=True, index=True, ondelete="restrict")
    membership_id = fields.Many2one(related="nonconformity_id.membership_id", store=True, index=True)
    build_id = fields.Many2one(related="nonconformity_id.build_id", store=True)
    cause_category = fields.Selection(related="nonconformity_id.cause_category", store=True)
    member_user_ids = fields.Many2many(related="membership_id.user_ids", string="The member's people")
    owner_id = fields.Many2one(
        "res.users", required=True, index=True, tracking=True, default=lambda self: self.env.user,
        domain="['|', ('share', '=', False), ('id', 'in', member_user_ids)]", help="Who sees to it: of the network, or of the member.",
    )
    owner_name = fields.Char(related="owner_id.name", string="Who does it")
    is_for_member = fields.Boolean("For the member", compute="_compute_is_for_member", store=True, help="Somebody of the member does it.")
    is_mine = fields.Boolean(compute="_compute_is_mine")
    due_on = fields.Date("Due", required=True, index=True, tracking=True)
    check_from = fields.Date(
        "Look again from", compute="_compute_check_from", store=True, readonly=False, tracking=True,
        help="Whether it helped is not said before this day.",
    )
    state = fields.Selection(
        [("open", "To do"), ("done", "Done, to be looked at"), ("effective", "Helped")],
        default="open", required=True, readonly=True, index=True, copy=False, tracking=True, group_expand="_all_states",
    )
    is_overdue = fields.Boolean("Late", compute="_compute_is_overdue", search="_search_is_overdue")
    done_on = fields.Date("Done on", readonly=True, copy=False)
    done_by_id = fields.Many2one("res.users", "Done by", readonly=True, copy=False)
    done_note = fields.Text("What was done", readonly=True, copy=False)
    outcome = fields.Selection([("effective", "It helped"), ("ineffective", "It did not help")], "Did it help?", readonly=True, copy=False, tracking=True)
    checked_on = fields.Date("Looked at on", readonly=True, copy=False)
    checked_by_id = fields.Many2one("res.users", "Looked at by", readonly=True, copy=False)
    check_note = fields.Text("What was seen", readonly=True, copy=False)
    rounds = fields.Integer("Times it did not help", readonly=True, copy=False)
    reminded_on = fields.Date(readonly=True, copy=False)

    @api.depends("owner_id")
    def _compute_is_for_member(self):
        for action in self:
            action.is_for_member = action.owner_id.share

    @api.depends("owner_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for action in self:
            action.is_mine = action.sudo().owner_id == self.env.user

    @api.depends("due_on")
    def _compute_check_from(self):
        for action in self:
            action.check_from = action.due_on and action.due_on + timedelta(days=DAYS_TO_SHOW)

    @api.depends("state", "due_on")
    def _compute_is_overdue(self):
        today = fields.Date.context_today(self)
        for action in self:
            action.is_overdue = action.state == "open" and bool(action.due_on) and action.due_on < today

    def _search_is_overdue(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return [("state", "=", "open"), ("due_on", "<", "today")]

    @api.model
    def _all_states(self, _states, _domain):
        return [state for state, _label in self._fields["state"].selection]

    @api.constrains("owner_id", "nonconformity_id")
    def _check_owner(self):
        """Members are competitors: nobody of another one is asked, or told."""
        for action in self.sudo():
            if action.owner_id.share and action.owner_id not in action.membership_id.user_ids:
                raise UserError(self.env._("Choose an owner of the network, or of the member that made the parts."))

    @api.model_create_multi
    def create(self, vals_list):
        actions = super().create(vals_list)
        actions._ask_owner()
        return actions

    def write(self, vals):
        if not self.env.su and "nonconformity_id" in vals:
            raise UserError(self.env._("A corrective action stays with its nonconformity."))
        self._check_not_by_owner(vals)
        result = super().write(vals)
        if {"owner_id", "due_on"} & vals.keys():
            self._ask_owner()
        return result

    def action_done(self, note=None):
        """Said by its owner, or for them by a coordinator or a quality lead."""
        self.ensure_one()
        self.check_access("read")
        if not self.sudo().owner_id == self.env.user and not self.has_access("write"):
            raise AccessError(self.env._("Its owner says that it is done."))
        if self.state != "open":
            raise UserError(self.env._("This is done already."))
        self._check_words(note, self.env._("Say what was done: it is looked at later."))
        today = fields.Date.context_today(self)
        action = self.sudo()
        action.write({"state": "done", "done_on": today, "done_by_id": self.env.uid, "done_note": note, "check_from": max(action.check_from or today, today)})
        action.activity_unlink(ACTIVITIES)
        action._ask_checker()

    def action_effective(self, note=None):
        self._check_effectiveness(note, "effective")

    def action_ineffective(self, note=None):
        """It goes on: what was done and seen stays in the history."""
        self._check_effectiveness(note, "ineffective")

    def _check_effectiveness(self, note, outcome):
        self.ensure_one()
        self.check_access("write")
        self._check_may_check()
        self._check_words(note, self.env._("Say what you looked at and what you saw."))
        self.sudo()._take_outcome(note, outcome)

    def _take_outcome(self, note, outcome):
        self.write({"outcome": outcome, "checked_on": fields.Date.context_today(self), "checked_by_id": self.env.uid, "check_note": note})
        self.activity_unlink(ACTIVITIES)
        if outcome == "effective":
            self.state = "effective"
        else:
            self._begin_again(note)

    def _begin_again(self, note):
        self.message_post(body=self.env._("Did not help: %(note)s. Done before: %(done)s", note=note, done=self.done_note))
        today = fields.Date.context_today(self)
        self.write({
            "state": "open", "rounds": self.rounds + 1, "done_on": False, "done_note": False, "reminded_on": False,
            "due_on": max(self.due_on, today + timedelta(days=7)),
        })

    def _check_may_check(self):
        """Another person, late enough to see it."""
        if self.state != "done":
            raise UserError(self.env._("Whether it helped is said once it is done."))
        if self.env.user in self.owner_id | self.done_by_id:
            raise UserError(self.env._("You did this, or had it to do. Ask another person whether it helped."))
        if self.check_from and self.check_from > fields.Date.context_today(self):
            raise UserError(self.env._("It is too early to say: look again from %s on.", self.check_from))

    def _check_not_by_owner(self, vals):
        """Once it is done, who did it gets nobody out of the way, and no date."""
        if not self.env.su and {"owner_id", "check_from", "due_on"} & vals.keys() and any(action.state != "open" for action in self):
            raise UserError(self.env._("This is done: owner and dates stay as they were."))

    def _check_words(self, note, message):
        if not isinstance(note, str) or not note.strip():
            raise UserError(message)

    def action_open_done(self):
        return self._ask("done", self.env._("Done"))

    def action_open_check(self):
        return self._ask("check", self.env._("Did it help?"))

    def _ask(self, step, name):
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window", "name": name, "res_model": "wcm.corrective.step", "view_mode": "form", "target": "new",
            "context": {"default_action_id": self.id, "default_step": step},
        }

    def _ask_owner(self):
        """One open activity, with the owner, for the day it is due; the member's people get a message, for they have no list of activities."""
        for action in self.sudo().filtered(lambda action: action.state == "open"):
            action.activity_unlink(ACTIVITIES)
            if action.owner_id.share:
                action._tell_owner(action.env._("Please see to it by %s", action.due_on))
            else:
                action.activity_schedule(ACTIVITIES[0], date_deadline=action.due_on, user_id=action.owner_id.id, summary=action.name)

    def _ask_checker(self):
        """Who decided, or wrote it down; never who did it."""
        known = self.nonconformity_id.decided_by_id | self.create_uid | self.env.ref("wcm_qc.group_quality_lead").user_ids
        others = (known - self.owner_id - self.done_by_id).filtered(lambda user: not user.share and user.active)
        if others:
            self.activity_schedule(ACTIVITIES[1], date_deadline=self.check_from, user_id=others[0].id, summary=self.name)

    def _tell_owner(self, words):
        self.message_notify(partner_ids=self.owner_id.partner_id.ids, subject=f"{words}: {self.name}", body=words)

    @api.model
    def _cron_remind(self):
        """Owners of what is late, once a week."""
        today = fields.Date.context_today(self)
        before = today - timedelta(days=DAYS_BETWEEN_REMINDERS)
        late = self.search([("state", "=", "open"), ("due_on", "<", today), "|", ("reminded_on", "=", False), ("reminded_on", "<=", before)])
        late.reminded_on = today
        for action in late:
            action._tell_owner(action.env._("This was due on %s", action.due_on))

    def _outcome_label(self):
        return dict(self._fields["outcome"]._description_selection(self.env))[self.outcome]
