from odoo import api, fields, models


class WcmCapabilityMatch(models.Model):
    """One answer to a question, as it was when it was asked. Only the finder writes it."""

    _name = "wcm.capability.match"
    _description = "Capability Answer"
    _inherit = ["wcm.map.area"]
    _order = "search_id, rank, id"
    _rec_name = "facility_id"

    search_id = fields.Many2one("wcm.capability.search", "Question", required=True, index=True, ondelete="cascade")
    rank = fields.Integer("#", aggregator=None, help="Spaces that fit first, then the nearest.")
    facility_id = fields.Many2one("wcm.facility", "Production Space", required=True, index=True, ondelete="cascade")
    capability_id = fields.Many2one(
        "wcm.capability", index="btree_not_null", ondelete="cascade", help="Empty when only the kit is known to you."
    )
    outcome = fields.Selection(
        [("fits", "Fits"), ("ask", "Ask them"), ("near_miss", "Near miss")],
        "Answer",
        required=True,
        help="Ask them: nothing speaks against it, but not everything is known to you.",
    )
    distance_km = fields.Float("Distance (km)", digits=(8, 1), aggregator="min", help="Estimated by road.")
    hours_free = fields.Float("Free Hours", digits=(12, 1), help="Clock hours from today to the day of the question.")
    hours_known = fields.Boolean()
    evidence_level = fields.Selection(related="capability_id.evidence_level", string="Evidence")
    remark = fields.Char("Missing or Unknown")
    latitude = fields.Float(related="facility_id.latitude")
    longitude = fields.Float(related="facility_id.longitude")
    location_precision = fields.Selection(related="facility_id.location_precision")

    @api.depends("rank", "facility_id.name")
    def _compute_display_name(self):
        """The best first, also where a list goes by name: beside the map."""
        for match in self:
            rank = f"{match.rank}. " if match.rank else ""
            match.display_name = f"{rank}{match.facility_id.name or ''}"

    def action_open_facility(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "wcm.facility",
            "res_id": self.facility_id.id,
            "view_mode": "form",
        }
