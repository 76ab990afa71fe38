from odoo import api, fields, models


class WcmFacility(models.Model):
    """What the public suggests of a space."""

    _inherit = "wcm.facility"

    source = fields.Selection(selection_add=[("suggestion", "Suggested by the public")], ondelete={"suggestion": "set default"})
    suggestion_ids = fields.One2many("wcm.facility.suggestion", "facility_id", "Suggestions")
    suggestion_count = fields.Integer("Suggestions to Review", compute="_compute_suggestion_count")

    @api.depends_context("uid")
    def _compute_suggestion_count(self):
        domain = [("facility_id", "in", self.ids), ("state", "=", "review")]
        counts = dict(self.env["wcm.facility.suggestion"]._read_group(domain, ["facility_id"], ["__count"]))
        for facility in self:
            facility.suggestion_count = counts.get(facility, 0)

    def action_open_suggestions(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("wcm_mapping.action_facility_suggestion")
        action["domain"] = [("facility_id", "=", self.id)]
        return action
