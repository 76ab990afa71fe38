from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .wcm_membership import OVER_STATES


class WcmTerms(models.Model):
    """From draft to in force: four eyes, the day, and members who are told before."""

    _inherit = "wcm.terms"

    def action_ask_approval(self):
        """Tell the managers that a draft waits for one of them."""
        self.ensure_one()
        self.check_access("write")
        self._check_state("draft")
        self._check_whole()
        managers = self.env.ref("wcm_network.group_manager").sudo().all_user_ids - self.author_ids
        if not managers:
            raise UserError(self.env._("Every network manager has written a part of this. Somebody else approves it: ask for one more manager."))
        self.sudo().message_notify(
            partner_ids=managers.partner_id.ids, subject=self.env._("Terms to approve: %s", self.display_name),
            body=self.env._("%(author)s asks you to read the draft, compare it with the text in force and approve it, or to say what is to change.", author=self.env.user.name),
        )
        return True

    def action_approve(self):
        """Four eyes: a manager who wrote none of it. Members are told; the text is in force from its day."""
        self.ensure_one()
        self._check_manager()
        self._check_state("draft")
        if not self.env.su and self.env.user in self.sudo().author_ids:
            raise UserError(self.env._("You wrote a part of these terms, so another manager approves them."))
        self._check_whole()
        self._check_day()
        self._check_figures_are_told()
        day = self.effective_date or fields.Date.context_today(self)
        terms = self.sudo()
        terms.write({"state": "approved", "approved_by_id": self.env.uid, "approved_on": fields.Datetime.now(), "effective_date": day})
        terms._tell_members()
        if day <= fields.Date.context_today(self):
            terms._put_in_force()
        return True

    def action_withdraw(self):
        """An approved text that does not come into force after all; those who were told are told again."""
        self.ensure_one()
        self._check_manager()
        self._check_state("approved")
        terms = self.sudo()
        terms.state = "withdrawn"
        terms._mail_members(self.env._("The new terms are withdrawn"), "wcm_network.terms_withdrawn_mail")
        return True

    @api.model
    def _cron_put_in_force(self):
        """Texts whose day has come, in the order of their days."""
        due = self.search([("state", "=", "approved"), ("effective_date", "<=", fields.Date.context_today(self))], order="effective_date, id")
        for terms in due:
            terms._put_in_force()

    def _put_in_force(self):
        """The one before is superseded."""
        self._in_force().state = "superseded"
        self.env.flush_all()
        self.state = "in_force"
        self.env["wcm.membership"].invalidate_model(["current_terms_id", "has_current_terms", "held_terms_id", "asked_terms_id", "terms_deadline"])

    @api.model
    def _check_manager(self):
        if not self.env.su and not self.env.user.has_group("wcm_network.group_manager"):
            raise AccessError(self.env._("Only a network manager can do this."))

    def _check_state(self, state):
        if self.state != state:
            label = dict(self._fields["state"]._description_selection(self.env))[self.state]
            raise UserError(self.env._("%(terms)s are “%(state)s”, so this cannot be done any more.", terms=self.display_name, state=label))

    def _check_whole(self):
        """Something to read, tiers that can be worked out, and figures that say what is done."""
        if not self.clause_ids and not html_has_words(self.body):
            raise UserError(self.env._("These terms say nothing yet. Add their clauses first."))
        self._check_tiers()
        self._check_figures_of_kind()

    def _check_day(self):
        if self.effective_date and self.effective_date < fields.Date.context_today(self):
            raise UserError(self.env._("These terms would be in force since %s. Choose today or a day to come.", self.effective_date))

    def _check_figures_are_told(self):
        """Nobody's figures change without being asked."""
        before = self._in_force()
        if before and not self.is_material_change and before._figures_signature() != self.sudo()._figures_signature():
            raise UserError(self.env._("Figures or annexes are not those in force, so members have to be asked: tick “Ask members again”."))

    @api.model
    def _in_force(self):
        """The text in force; empty before there is one."""
        return self.sudo().search([("state", "=", "in_force")], limit=1)

    @api.model
    def _chain(self):
        """The text in force and those before it, newest first; empty before there is one."""
        chain = self.sudo().search([("state", "in", ("in_force", "superseded"))])
        chain = chain.sorted(lambda terms: (terms.state == "in_force", terms.effective_date, terms.id), reverse=True)
        return chain if chain[:1].state == "in_force" else chain.browse()

    @api.model
    def _coming(self):
        """Texts that are approved and whose day is to come, the next one first."""
        return self.sudo().search([("state", "=", "approved")], order="effective_date, id")

    def _last_day(self, days):
        """From when on there is no new work without acceptance, by a notice of so many days."""
        return self.effective_date + timedelta(days=days)

    def _tell_members(self):
        """One mail to the owners of each member: from when, by when, and what is different for them."""
        self._mail_members(self.env._("New terms: %s", self.display_name), "wcm_network.terms_mail")

    def _mail_members(self, subject, template):
        members = self.env["wcm.membership"].sudo().search([("state", "not in", OVER_STATES), ("acceptance_ids", "!=", False)])
        for member in members:
            for lang, owners in member._owners().user_id.grouped("lang").items():
                member.with_context(lang=lang)._mail_terms(owners, subject, template, self)


def html_has_words(html):
    return bool(html and html.striptags().strip())
