from odoo import models
from odoo.exceptions import UserError


class WcmPartEvent(models.Model):
    """A correction is a new event that names the one it corrects, by its hash. The part itself stays as its actions left it."""

    _inherit = "wcm.part.event"

    def _correct(self, reason, did_not_occur=False, time=None, place=None):
        """What was told of a step was wrong, or it never happened."""
        self.ensure_one()
        self._check_can_correct(reason)
        values = self._common_values(self.biz_step, reason.strip(), self.is_public)
        data = {**(self.data or {}), "corrects": self.event_hash, "did_not_occur": did_not_occur}
        values |= {
            "part_id": self.part_id.id, "event_time": time or self.event_time, "place": place or self.place, "data": data,
            "previous_hash": self._last_hashes(self.part_id)[self.part_id.id],
        }
        return self._refusing_races(lambda: self.create(values))

    def _check_can_correct(self, reason):
        if not (reason or "").strip():
            raise UserError(self.env._("Say what was wrong: it is kept with the part."))
        if self not in self.part_id.event_ids._standing():
            raise UserError(self.env._("This step is corrected already. Correct the correction instead."))

    def _standing(self):
        """Without what was corrected, and without what only says that something never happened."""
        corrected = {(event.data or {}).get("corrects") for event in self}
        return self.filtered(lambda event: event.event_hash not in corrected and not (event.data or {}).get("did_not_occur"))
