from odoo import Command, models
from odoo.exceptions import UserError

from .wcm_disposition import FOR_THE_MAKER


class WcmNonconformity(models.Model):
    """Rework and repair: told by the member, then checked by somebody else, part by part."""

    _inherit = "wcm.nonconformity"

    def action_rework_done(self, note=None):
        """Told by the member; each part is checked again from the start, by somebody else. A repair is looked at by a quality lead."""
        self.ensure_one()
        self.check_access("read")
        rework = self.sudo()
        lines = rework._lines_to_rework()
        self._check_reason(note)
        lines.write({"state": "reworked", "reworked_by_id": self.env.uid, "rework_note": note})
        rework.write({"reworked_by_id": self.env.uid, "rework_note": note})
        lines.part_id._log("repairing", note=note, data={"nonconformity": self.name}, is_public=False)
        again = lines.filtered(lambda one: one.kind != "repair").part_id
        self.env["wcm.inspection"]._open_for(again, rework.inspection_id.stage or "final", rework)
        rework._follow()

    def action_close(self):
        """For rework that no control plan checks, repairs, and parts that came back: a quality lead has looked at them."""
        self.ensure_one()
        self._check_second_person()
        rework = self.sudo()
        lines = rework._lines_to_close()
        lines._finish()
        rework._follow()

    def _lines_to_rework(self):
        lines = self.disposition_ids.filtered(lambda one: one.state == "to_do" and one.kind in FOR_THE_MAKER)
        if not lines or not self.is_active:
            raise UserError(self.env._("Nobody has asked for rework of %s; a quality lead decides that first.", self.name))
        return lines

    def _lines_to_close(self):
        lines = self.disposition_ids.filtered(lambda one: one.state == "reworked")
        waiting = self.recheck_ids.filtered(lambda check: check.state == "open" and check.part_id in lines.part_id)
        if waiting:
            raise UserError(self.env._("Wait for the re-check: %s is still to do.", ", ".join(waiting.mapped("name"))))
        if not lines:
            raise UserError(self.env._("Decide on %s first; it closes when the parts are reworked and checked again.", self.name))
        return lines

    def _end_rework(self, part):
        """Rework of a part is over when it has passed its check again."""
        lines = self._lines_of(part).filtered(lambda one: one.state == "reworked" and one.kind != "repair")
        if lines and part._latest_inspection(self.inspection_id.stage or "final").state == "passed":
            lines._finish()
            self._follow()

    def _reopen(self, inspection):
        """Checked again and not right: everything about it stays in one place, and that part is decided on again."""
        self._lines_of(inspection.part_id)._retire()
        self.write({
            "disposition_reason": False, "decided_by_id": False, "inspection_id": inspection.id, "holder_ids": [Command.link(self.env.uid)],
        })
        self.message_post(body=self.env._("Checked again and failed: %s", inspection.name))
        self._log_hold(inspection.part_id)
        self._follow()

    def _hold_again(self, parts, why):
        """A concession ran out: open again, and said to the quality leads."""
        self.write({"state": "open", "closed_on": False, "closed_by_id": False})
        self._log_hold(parts)
        leads = self.env.ref("wcm_qc.group_quality_lead").user_ids.partner_id
        self.message_notify(partner_ids=leads.ids, subject=self.env._("%s: a concession ran out", self.name), body=why)
        self.message_post(body=why)
