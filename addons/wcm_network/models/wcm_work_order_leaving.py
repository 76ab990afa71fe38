from odoo import models
from odoo.exceptions import UserError

from .wcm_build_line import OFFERED_STATES


class WcmWorkOrder(models.Model):
    """A member that is leaving gets no new work; what would be ready after its last day goes to others."""

    _inherit = "wcm.work.order"

    def action_offer(self):
        self._check_coordinator()
        self.sudo()._check_member_stays()
        return super().action_offer()

    def _accept(self, terms):
        self._check_member_stays()
        super()._accept(terms)

    def _check_member_stays(self):
        for member in self.membership_id.filtered("is_leaving"):
            raise UserError(self.env._("%s is leaving the network, so it gets no new work.", member.name))

    def _is_member_lost(self):
        return super()._is_member_lost() or self._outlasts_member()

    def _outlasts_member(self):
        """Of a member that is leaving: on offer, or to be ready after its last day."""
        member = self.membership_id
        return member.is_leaving and (self.state in OFFERED_STATES or bool(member.leaving_on and self.date_due > member.leaving_on))

    def _lost_member(self):
        lost = super()._lost_member()
        stays = self.membership_id.state not in ("suspended", "ended", "declined")
        return ("member_lost", self.env._("is leaving the network")) if lost and stays else lost
