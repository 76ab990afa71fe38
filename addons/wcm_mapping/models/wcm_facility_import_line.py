from odoo import fields, models


class WcmFacilityImportLine(models.Model):
    """What becomes of one row of a file, and why."""

    _name = "wcm.facility.import.line"
    _description = "Row of an Import"
    _order = "row_number, id"
    _rec_name = "name"

    import_id = fields.Many2one(
        "wcm.facility.import", required=True, index=True, ondelete="cascade"
    )
    row_number = fields.Integer("Row", readonly=True)
    name = fields.Char(readonly=True)
    outcome = fields.Selection(
        [
            ("create", "New"),
            ("update", "Changed"),
            ("same", "Same"),
            ("duplicate", "Possible duplicate"),
            ("error", "Error"),
        ],
        required=True,
        readonly=True,
    )
    reason = fields.Char(readonly=True)
    warning = fields.Char("To Fix", readonly=True)
    choice = fields.Selection(
        [("skip", "Leave out"), ("update", "It is the same: update"), ("create", "Add anyway")],
        help="What to do with a possible duplicate.",
    )
    facility_id = fields.Many2one("wcm.facility", string="Production Space", readonly=True, ondelete="set null")
    values = fields.Json(readonly=True)
