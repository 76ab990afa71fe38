from odoo import models
from odoo.exceptions import UserError

from .wcm_part_undo import BACK_TO


class WcmPartEvent(models.Model):
    """A correction is a new event that names the one it corrects, by its hash.

    Of a step that never happened the part goes back with it, where that step is what says where it is.
    """

    _inherit = "wcm.part.event"

    def _correct(self, reason, did_not_occur=False, time=None, place=None):
        """What was told of a step was wrong, or it never happened."""
        self.ensure_one()
        self._check_can_correct(reason)
        if did_not_occur:
            self.part_id._check_can_undo(self)
        undone = did_not_occur and self.biz_step in BACK_TO and self.part_id._rests_on(self)
        values = self._common_values(self.biz_step, reason.strip(), self.is_public)
        data = {**(self.data or {}), "corrects": self.event_hash, "did_not_occur": did_not_occur, **({"taken_back": True} if undone else {})}
        values |= {
            "part_id": self.part_id.id, "event_time": time or self.event_time, "place": place or self.place, "data": data,
            "previous_hash": self._last_hashes(self.part_id)[self.part_id.id],
        }
        correction = self._refusing_races(lambda: self.create(values))
        if undone:
            self.part_id._undo(self.biz_step)
        return correction

    def _check_can_correct(self, reason):
        if not (reason or "").strip():
            raise UserError(self.env._("Say what was wrong: it is kept with the part."))
        if self not in self.part_id.event_ids._standing():
            raise UserError(self.env._("This step is corrected already. Correct the correction instead."))

    def _standing(self):
        """Without what was corrected, and without what only says that something never happened."""
        corrected = {(event.data or {}).get("corrects") for event in self}
        return self.filtered(lambda event: event.event_hash not in corrected and not (event.data or {}).get("did_not_occur"))
