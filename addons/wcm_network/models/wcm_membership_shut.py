from odoo import api, models

from .wcm_membership import SHUT_STATES


class WcmMembership(models.Model):
    """Who is suspended, ended or declined is shut out: at once, in the middle of a session, by whichever way it comes.

    Record rules name the state, actions ask `_lets_in`, sessions end. What a shut-out member is owed, its coordinator prints.
    """

    _inherit = "wcm.membership"

    def _move_to(self, state, since, **values):
        was_shut = self.filtered(lambda member: member.state in SHUT_STATES)
        super()._move_to(state, since, **values)
        turned = self if state in SHUT_STATES else was_shut
        turned.sudo().user_ids._end_member_sessions()

    def _lets_in(self, user):
        """Whether this is one of the member's people, and the member is not shut out."""
        return user in self.user_ids and self.state not in SHUT_STATES

    @api.model
    def _own_memberships(self):
        """All of the caller's, the shut ones too; members may not search by people, hence sudo."""
        return self.sudo().search([("user_ids", "in", self.env.uid)]).with_env(self.env)

    @api.model
    def _workshop_memberships(self):
        """Those of the caller's that are open, also where it may see more."""
        return self._own_memberships().sudo().filtered(lambda member: member.state not in SHUT_STATES).with_env(self.env)

    def _shut_words(self):
        """[(name, why)] of those that are shut, for the page that is shown instead."""
        shut = self.sudo().filtered(lambda member: member.state in SHUT_STATES)
        return [(member.name, " ".join(filter(None, (member._workshop_notice(), member.decision_reason)))) for member in shut]
