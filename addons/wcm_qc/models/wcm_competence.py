from datetime import datetime, time

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from .wcm_instrument import SOON

STATES = [
    ("told", "To be authorised"), ("valid", "Valid"), ("expiring", "Runs out within 30 days"), ("expired", "Expired"), ("withdrawn", "Withdrawn"),
]
# What was authorised.
SHOWN = frozenset({"person_id", "user_id", "kind_id", "trained_by", "evidence", "evidence_name", "valid_from", "valid_until"})


class WcmCompetence(models.Model):
    """What somebody has learnt: told with its evidence by an owner of their workshop, and worth something once a quality lead has authorised it."""

    _name = "wcm.competence"
    _description = "Competence"
    _inherit = ["mail.thread", "mail.activity.mixin", "wcm.guarded", "wcm.facade"]
    _order = "holder_name, kind_id, valid_until desc, id"
    _rec_name = "holder_name"

    _guarded = frozenset({"authorised_by_id", "authorised_on", "withdrawn_by_id", "withdrawn_on", "reminded", "holder_name"})
    _member_readable = frozenset({
        "person_id", "membership_id", "holder_name", "kind_id", "trained_by", "evidence", "evidence_name", "valid_from", "valid_until", "state",
        "authorised_on", "withdrawn_on", "withdraw_reason",
    })

    person_id = fields.Many2one("wcm.member.person", index="btree_not_null", ondelete="restrict", help="Who works at a member.")
    user_id = fields.Many2one("res.users", "Of the network", index="btree_not_null", ondelete="restrict", domain=[("share", "=", False)])
    membership_id = fields.Many2one(related="person_id.membership_id", store=True, index=True, string="Member")
    holder_name = fields.Char("Who", compute="_compute_holder_name", store=True)
    kind_id = fields.Many2one("wcm.competence.kind", "For what", required=True, index=True, ondelete="restrict", tracking=True)
    trained_by = fields.Char("Trained by", required=True, help="Who taught or tested it.")
    evidence = fields.Binary(attachment=True, help="Certificate or record of the training, as PDF or photo.")
    evidence_name = fields.Char("Evidence file")
    valid_from = fields.Date(required=True, default=fields.Date.context_today)
    valid_until = fields.Date(compute="_compute_valid_until", store=True, precompute=True, readonly=False, required=True, index=True, tracking=True, help="The last day.")
    authorised_by_id = fields.Many2one("res.users", "Authorised by", readonly=True, copy=False, ondelete="restrict")
    authorised_on = fields.Datetime(readonly=True, copy=False)
    withdrawn_by_id = fields.Many2one("res.users", "Withdrawn by", readonly=True, copy=False, ondelete="restrict")
    withdrawn_on = fields.Datetime(readonly=True, copy=False)
    withdraw_reason = fields.Char("Why it is withdrawn", copy=False)
    reminded = fields.Selection([("30", "30"), ("0", "0")], "Reminded at", readonly=True, copy=False, help="Days before its end when somebody was told last.")
    state = fields.Selection(STATES, compute="_compute_state", compute_sudo=True, search="_search_state")

    _one_holder = models.Constraint("CHECK((person_id IS NULL) != (user_id IS NULL))", "Say whose competence it is: one person of a member, or one of the network.")
    _dates_in_order = models.Constraint("CHECK(valid_until >= valid_from)", "It does not end before it begins.")

    @api.depends("person_id.name", "user_id.name")
    def _compute_holder_name(self):
        for one in self:
            one.holder_name = one.sudo().person_id.name or one.sudo().user_id.name

    @api.depends("valid_from", "kind_id")
    def _compute_valid_until(self):
        for one in self:
            one.valid_until = one.valid_from and one._latest_end()

    @api.depends("valid_until", "authorised_on", "withdrawn_on")
    def _compute_state(self):
        today = fields.Date.today()
        for one in self:
            if one.withdrawn_on or not one.authorised_on:
                one.state = "withdrawn" if one.withdrawn_on else "told"
            elif one.valid_until < today:
                one.state = "expired"
            else:
                one.state = "expiring" if one.valid_until <= today + SOON else "valid"

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        today, live = fields.Date.today(), Domain("withdrawn_on", "=", False) & Domain("authorised_on", "!=", False)
        domains = {
            "withdrawn": Domain("withdrawn_on", "!=", False), "told": Domain("withdrawn_on", "=", False) & Domain("authorised_on", "=", False),
            "expired": live & Domain("valid_until", "<", today), "valid": live & Domain("valid_until", ">", today + SOON),
            "expiring": live & Domain("valid_until", ">=", today) & Domain("valid_until", "<=", today + SOON),
        }
        return Domain.OR(domains[state] for state in value if state in domains)

    @api.depends("holder_name", "kind_id.name")
    def _compute_display_name(self):
        for one in self:
            one.display_name = self.env._("%(who)s: %(kind)s", who=one.holder_name or "", kind=one.kind_id.name or "")

    @api.constrains("valid_from", "valid_until", "kind_id")
    def _check_end(self):
        for one in self.filtered(lambda one: one.valid_until > one._latest_end()):
            raise ValidationError(self.env._(
                "“%(kind)s” holds for %(months)s months at the longest: until %(day)s.", kind=one.kind_id.name, months=one.kind_id.months, day=one._latest_end(),
            ))

    def write(self, vals):
        if not self.env.su and SHOWN & vals.keys() and any(one.sudo().authorised_on for one in self):
            raise UserError(self.env._("It was authorised as it is. Add a new one for what was learnt since."))
        result = super().write(vals)
        if {"person_id", "user_id"} & vals.keys():
            self.check_access("write")
        return result

    @api.ondelete(at_uninstall=False)
    def _never_unlink(self):
        raise UserError(self.env._("Who might check what is kept: it belongs to the evidence of what was checked."))

    def action_authorise(self):
        """By a quality lead, and not for oneself. From then on, not for what was done before."""
        self._check_lead()
        for one in self.sudo():
            if self.env.user in one.user_id | one.person_id.user_id:
                raise UserError(self.env._("Another quality lead authorises what you have learnt."))
            if one.authorised_on or one.withdrawn_on:
                raise UserError(self.env._("%s is decided already.", one.display_name))
            one.write({"authorised_by_id": self.env.uid, "authorised_on": fields.Datetime.now()})
            one.message_post(body=self.env._("Authorised"))
        return True

    def action_withdraw(self):
        """At once and for good; learnt again, it is a new one."""
        self._check_lead()
        for one in self.sudo():
            if not (one.withdraw_reason or "").strip():
                raise UserError(self.env._("Say why it is withdrawn: the workshop reads it."))
            if not one.withdrawn_on:
                one.write({"withdrawn_by_id": self.env.uid, "withdrawn_on": fields.Datetime.now()})
                one.message_post(body=self.env._("Withdrawn: %s", one.withdraw_reason))
        return True

    def _check_lead(self):
        self.check_access("read")
        if not self.env.user.has_group("wcm_qc.group_quality_lead"):
            raise AccessError(self.env._("Only a quality lead authorises or withdraws a competence."))

    @api.model
    def _find(self, kind, user, person, membership, when):
        """What let somebody do it then: the person, where a PIN said who it was; the login otherwise."""
        at_member = Domain("person_id.user_id", "=", user.id) & Domain("membership_id", "=", membership.id)
        holder = Domain("person_id", "=", person.id) if person else at_member | Domain("user_id", "=", user.id)
        held = self.sudo().search(holder & Domain("kind_id", "=", kind.id), order="valid_until desc")
        return held.filtered(lambda one: one._held_at(when))[:1]

    def _held_at(self, when):
        """Authorised, begun, and neither over nor withdrawn."""
        authorised = self.authorised_on and self.authorised_on <= when and not (self.withdrawn_on and self.withdrawn_on <= when)
        return authorised and datetime.combine(self.valid_from, time.min) <= when <= datetime.combine(self.valid_until, time.max)

    def _latest_end(self):
        return self.valid_from + relativedelta(months=self.sudo().kind_id.months or 1, days=-1)

    def _member(self):
        return self.membership_id
