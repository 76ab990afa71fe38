from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.wcm_network.papers import paper_told

TOLD = ("date", "due_on", "result", "as_found", "note", "laboratory", "number")


class WcmInstrument(models.Model):
    """Its calibrations, as the workshop tells them."""

    _inherit = "wcm.instrument"

    reminded = fields.Selection([("30", "30"), ("0", "0")], "Reminded at", readonly=True, copy=False, help="Days before it is due when somebody was told last.")

    def action_calibrate(self, certificate=None, **told):
        """What the certificate says.

        :param certificate: {name, data (base64)}, as PDF or picture
        :param told: `TOLD`; what is empty takes its default
        """
        self.ensure_one()
        self._check_may_change()
        if not told.keys() <= set(TOLD) or not all(isinstance(value, str) for value in told.values() if value):
            raise UserError(self.env._("A calibration has a day, a result, who did it and its certificate."))
        values = {name: value for name, value in told.items() if value}
        values |= {name: self._day(values[name]) for name in ("date", "due_on") if name in values}
        # Asked above: the owner's own. Members make none in any other way.
        self.env["wcm.calibration"].sudo().create({"instrument_id": self.id, **values, **paper_told(self.env, certificate)})
        return True

    def action_open_calibrate(self):
        self.ensure_one()
        self._check_may_change()
        return {**self._calibration_action(), "context": {"default_instrument_id": self.id}}

    def _calibration_action(self):
        return {
            "type": "ir.actions.act_window", "name": self.env._("Calibration of %s", self.name), "res_model": "wcm.calibration", "view_mode": "form", "target": "new",
        }

    def _calibrated(self, calibration):
        """Hook: what follows from a new calibration."""
        self.reminded = False
        self.activity_unlink(["wcm_qc.activity_instrument"])
        words = self.env._("good, next due %s", calibration.due_on) if calibration.result == "good" else self.env._("failed")
        self.message_post(body=self.env._(
            "Calibrated on %(day)s by %(who)s: %(result)s", day=calibration.date, who=calibration.laboratory, result=words,
        ))
