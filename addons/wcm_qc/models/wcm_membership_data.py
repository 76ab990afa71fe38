from odoo import models
from odoo.fields import Domain

from odoo.addons.wcm_network.models.wcm_membership_data import DataTable


class WcmMembership(models.Model):
    """What of quality a member takes along."""

    _inherit = "wcm.membership"

    def _data_tables(self):
        own = Domain("membership_id", "=", self.id)
        return [
            *super()._data_tables(),
            DataTable("checks", self.env._("Every check of a block or of material."), "wcm.inspection", own, ("name", "part_name", "component_name", "plan_name", "stage", "state", "inspector_name", "closed_at", "replace_reason")),
            DataTable("checkpoints", self.env._("What was measured or looked at in each check."), "wcm.inspection.line", Domain("inspection_id.membership_id", "=", self.id), (
                "inspection_id", "name", "kind", "limits", "unit", "reading", "verdict", "note", "checked_by_name", "checked_at")),
            DataTable("nonconformities", self.env._("What was wrong, and what was decided."), "wcm.nonconformity", own, (
                "name", "title", "state", "part_names", "description", "disposition", "disposition_reason", "cause", "opened_on", "closed_on")),
            DataTable("corrective_actions", self.env._("What was changed, so that it does not happen again."), "wcm.corrective.action", own, ("name", "nonconformity_id", "owner_name", "due_on", "state", "done_on", "done_note", "outcome")),
            DataTable("instruments", self.env._("Its own instruments."), "wcm.instrument", own, ("name", "kind_id", "serial", "range_words", "resolution", "calibrated_on", "due_on", "result")),
            DataTable("calibrations", self.env._("Calibrations of its instruments."), "wcm.calibration", own, ("instrument_id", "date", "due_on", "result", "laboratory", "number", "note")),
            DataTable("competences", self.env._("Who was trained and authorised for what."), "wcm.competence", own, ("holder_name", "kind_id", "trained_by", "valid_from", "valid_until", "authorised_on", "withdrawn_on")),
            DataTable("ratings", self.env._("The quality rating, month by month, with objections."), "wcm.quality.rating", own, ("month", "score", "score_low", "score_high", "checked", "right", "points", "objection", "answer")),
        ]
