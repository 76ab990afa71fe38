from odoo import models


class WcmInspection(models.Model):
    """Closed only by who may, with instruments that were in date when they were used."""

    _inherit = "wcm.inspection"

    def _check_complete(self):
        super()._check_complete()
        doing = self.env["wcm.part.event"]._doing()
        person = self.env["wcm.member.person"].browse(doing.person_id or ())
        for line in self.line_ids:
            line._check_equipped(closing=True)
        for line in self.line_ids.filtered("competence_kind_id"):
            line._check_competent(self.env.user, person, doing.time)

    def _close(self, state):
        super()._close(state)
        doubtful = self.line_ids.filtered(lambda line: line.instrument_id and line.instrument_id._wrong_since(line._checked_when()))
        if doubtful:
            self._tell_doubt(doubtful)

    def _tell_doubt(self, lines):
        """Right at the time, and found wrong before it was told: its parts belong to those that are looked at again."""
        self.message_post(body=self.env._(
            "%(checkpoints)s: the instrument was found wrong after this was measured. What it measured is listed on its calibration.",
            checkpoints=", ".join(lines.mapped("name")),
        ))
        self.env["wcm.recall"]._hold_new(self.part_id)
