from odoo import fields, models


class WcmPartEvent(models.Model):
    """One step in the life of a part; append-only, each carrying the hash of the one before."""

    _name = "wcm.part.event"
    _description = "Part event"
    _inherit = ["wcm.facade"]
    _order = "part_id, id"

    _member_readable = frozenset({"part_id", "biz_step", "event_time", "place", "note", "event_hash"})

    part_id = fields.Many2one("wcm.part", required=True, index=True, ondelete="restrict", readonly=True)
    biz_step = fields.Selection(
        [
            ("commissioning", "Label issued"),
            ("assembling", "Made"),
            ("inspecting", "Checked"),
            ("holding", "Held"),
            ("repairing", "Reworked"),
            ("releasing", "Released"),
            ("packing", "Packed"),
            ("shipping", "Dispatched"),
            ("receiving", "Received on site"),
            ("installing", "Installed"),
            ("destroying", "Scrapped"),
        ],
        required=True, readonly=True, help="Business step, by the names of EPCIS 2.0 where it has one.",
    )
    event_time = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    user_id = fields.Many2one("res.users", readonly=True, default=lambda self: self.env.uid)
    place = fields.Char(readonly=True)
    note = fields.Char(readonly=True)
    data = fields.Json(readonly=True)
    is_public = fields.Boolean(readonly=True, default=True)
    previous_hash = fields.Char(readonly=True)
    event_hash = fields.Char(readonly=True, required=True)
