from odoo import models

from .wcm_inspection_may_pass import STEPS


class WcmInspection(models.Model):
    """What an inspection means for its part, by its stage."""

    _inherit = "wcm.inspection"

    def _holds_part(self):
        """In process nothing is held yet that could go anywhere: what is stopped is recording it as made."""
        return self.is_hold_point and self.state == "open" and self.stage != "in_process"

    def _withdraw(self):
        """Its part went back from the stage: the check stays as it is, without counting, and opens anew when the part comes again."""
        self.line_ids.flush_recordset()  # while it is still open in the database
        for inspection in self:
            reason = self.env._("The block went back before this check was closed.")
            super(WcmInspection, inspection).write({"state": "replaced", "replace_reason": reason})
            inspection.message_post(body=reason)
        self.flush_recordset(["state"])  # out of the way in the database too, before there is a new one

    def _makers(self):
        """Who packed a block does not pass its dispatch, who installed it not its installation."""
        makers = super()._makers()
        step = STEPS.get(self.stage)
        if self.is_hold_point and step:
            makers |= self.part_id.sudo().event_ids.filtered(lambda event: event.biz_step == step).sorted("id")[-1:].user_id
        return makers

    def _is_passed_by_caller(self):
        """By the people, where both said who they are by PIN or badge; by the logins otherwise."""
        events = self.part_id.event_ids.filtered(lambda event: event.biz_step == "inspecting" and (event.data or {}).get("inspection") == self.name)
        passer, person = events.sorted("id")[-1:].person_id.id, self.env["wcm.part.event"]._doing().person_id
        return passer == person if passer and person else self.inspector_id == self.env.user

    def _close(self, state):
        result = super()._close(state)
        if self.stage in ("site_receipt", "installation"):
            self.sudo().build_id._follow_work()
        return result
