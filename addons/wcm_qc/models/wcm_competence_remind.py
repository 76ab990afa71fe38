from odoo import api, fields, models
from odoo.fields import Domain

from .wcm_instrument import SOON


class WcmCompetence(models.Model):
    """Owners are told a month before what their people have learnt runs out, and once more when it has."""

    _inherit = "wcm.competence"

    @api.model
    def _cron_remind(self):
        today = fields.Date.today()
        in_force = Domain("authorised_on", "!=", False) & Domain("withdrawn_on", "=", False)
        over = Domain("valid_until", "<", today) & Domain("reminded", "!=", "0")
        soon = Domain("valid_until", ">=", today) & Domain("valid_until", "<=", today + SOON) & Domain("reminded", "=", False)
        running_out = self.search(in_force & (over | soon))
        renewed = running_out._renewed()
        for one in running_out - renewed:
            one._remind("0" if one.valid_until < today else "30")

    def _renewed(self):
        """Of which the same person has one that lasts longer."""
        held = self.search([("kind_id", "in", self.kind_id.ids), ("withdrawn_on", "=", False), ("valid_until", ">", fields.Date.today())])
        last = {}
        for one in held:
            key = (one.person_id, one.user_id, one.kind_id)
            last[key] = max(one.valid_until, last.get(key, one.valid_until))
        return self.filtered(lambda one: last.get((one.person_id, one.user_id, one.kind_id), one.valid_until) > one.valid_until)

    def _remind(self, note):
        self.reminded = note
        words = self.env._("Training of %(name)s ended on %(day)s") if note == "0" else self.env._("Training of %(name)s ends on %(day)s")
        words %= {"name": self.display_name, "day": self.valid_until}
        if self.user_id:
            self.activity_unlink(["wcm_qc.activity_competence"])
            self.activity_schedule("wcm_qc.activity_competence", date_deadline=self.valid_until, user_id=self.user_id.id, summary=words)
            return
        owners = self.membership_id._owners().user_id.partner_id
        if owners:
            self.message_notify(partner_ids=owners.ids, subject=words, body=self.env._("After that day, checks that ask for it are for others. Add what was learnt since under Training."))
