from odoo import api, fields, models
from odoo.fields import Domain

from .wcm_instrument import SOON


class WcmInstrument(models.Model):
    """Whoever keeps an instrument is told a month before it is due, and once more when it is overdue."""

    _inherit = "wcm.instrument"

    @api.model
    def _cron_remind(self):
        today = fields.Date.today()
        overdue = Domain("due_on", "<", today) & Domain("reminded", "!=", "0")
        soon = Domain("due_on", ">=", today) & Domain("due_on", "<=", today + SOON) & Domain("reminded", "=", False)
        for one in self.search(Domain("result", "=", "good") & (overdue | soon)):
            one._remind("0" if one.due_on < today else "30")

    def _remind(self, note):
        self.reminded = note
        words = self.env._("Calibration of %(name)s was due by %(day)s") if note == "0" else self.env._("Calibration of %(name)s is due by %(day)s")
        words %= {"name": self.display_name, "day": self.due_on}
        people = (self.membership_id._office_users() | self.keeper_id._office_users()).partner_id
        if people:
            self.message_notify(partner_ids=people.ids, subject=words, body=self.env._("Until it is calibrated, it is not to be used for checks after that day."))
        if not self.membership_id:
            self._ask_network(words, self.due_on)

    def _calibrated(self, calibration):
        """Found wrong, what it measured waits for a quality lead."""
        super()._calibrated(calibration)
        if calibration.is_wrong and calibration.affected_part_count:
            self._ask_network(
                self.env._("Found wrong: look at the %s parts that it measured", calibration.affected_part_count), fields.Date.today(),
            )

    def _ask_network(self, words, day):
        """One quality lead: who added it, if that is one."""
        leads = self.env.ref("wcm_qc.group_quality_lead").user_ids
        self.activity_unlink(["wcm_qc.activity_instrument"])
        self.activity_schedule("wcm_qc.activity_instrument", date_deadline=day, user_id=((leads & self.create_uid) or leads[:1]).id, summary=words)
