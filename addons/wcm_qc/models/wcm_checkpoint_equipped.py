from odoo import fields, models


class WcmCheckpoint(models.Model):
    """With what it is checked, and who may."""

    _inherit = "wcm.checkpoint"

    instrument_kind_id = fields.Many2one("wcm.instrument.kind", "Measured with", ondelete="restrict", help="The check takes one of this kind that is in date and with whoever checks.")
    competence_kind_id = fields.Many2one("wcm.competence.kind", "Checked by who has learnt", ondelete="restrict", help="Nobody else enters it, or closes the check.")

    def _frozen_values(self):
        return {**super()._frozen_values(), "instrument_kind_id": self.instrument_kind_id.id, "competence_kind_id": self.competence_kind_id.id}
