from odoo import fields, models

from ..readers import columns

LABELS = {
    "number": "House number",
    "position": "Latitude and longitude together",
    "external_id": "Id at the source",
    "zip": "Postcode",
    "street2": "Second address line",
    "access_type": "Access",
    "city": "Town",
}


class WcmImportProfileLine(models.Model):
    """One column of a table and what it means."""

    _name = "wcm.import.profile.line"
    _description = "Matched Column"
    _order = "id"

    profile_id = fields.Many2one("wcm.import.profile", required=True, index=True, ondelete="cascade")
    header = fields.Char("Column", required=True, help="The text in the table's first row.")
    column = fields.Selection(
        [
            (name, LABELS.get(name) or name.replace("_", " ").capitalize())
            for name in (*columns.FACILITY_WORDS, *columns.PLACE_WORDS)
        ],
        "Means",
        help="Left empty, the column is kept among the other fields of the space.",
    )

    _header_uniq = models.UniqueIndex("(profile_id, header)", "Each column stands here once.")
    _column_uniq = models.UniqueIndex(
        '(profile_id, "column") WHERE "column" IS NOT NULL',
        "Two columns cannot mean the same. Leave one of them empty: it is kept among the other fields.",
    )
