from odoo import fields, models


class WcmMembership(models.Model):
    """A membership that began with an application: admission asks for its review, and both are decided together."""

    _inherit = "wcm.membership"

    application_ids = fields.One2many("wcm.membership.application", "membership_id", "Applications", readonly=True)

    def _missing_for_admission(self):
        unticked = self._in_review()._unticked()
        return [*super()._missing_for_admission(), *(self.env._("of the review of its application: %s", label) for label in unticked)]

    def _in_review(self):
        return self.sudo().application_ids.filtered(lambda one: one.state == "review").with_env(self.env)

    def action_admit(self):
        super().action_admit()
        self._in_review()._decided("admitted")

    def action_decline(self, reason=None):
        """Not now: it is told why, and may apply again."""
        self._check_reason(reason)
        applications = self._in_review()
        self._move_to("declined", since=("applied", "under_review"), decision_reason=reason)
        applications._decided("declined", reason)

    def action_end(self, reason=None):
        """Of who was never admitted, the application is declined with it."""
        applications = self._in_review()
        super().action_end(reason)
        applications._decided("declined", reason)

    def action_open_application(self):
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("wcm_network.action_membership_application")
        return {**action, "domain": [("membership_id", "=", self.id)], "context": {}}
