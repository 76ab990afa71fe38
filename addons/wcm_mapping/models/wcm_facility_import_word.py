from odoo import fields, models


class WcmFacilityImportWord(models.Model):
    """How often a file says a word. What it means is the same for all imports of the source."""

    _name = "wcm.facility.import.word"
    _description = "Word in an Import"
    _order = "row_count desc, id"

    import_id = fields.Many2one("wcm.facility.import", required=True, readonly=True, index=True, ondelete="cascade")
    meaning_id = fields.Many2one("wcm.import.word", required=True, readonly=True, ondelete="cascade")
    row_count = fields.Integer("Records", readonly=True)
    word = fields.Char(related="meaning_id.word")
    process_id = fields.Many2one(related="meaning_id.process_id", readonly=False)
    material_id = fields.Many2one(related="meaning_id.material_id", readonly=False)
    organisation_type = fields.Selection(related="meaning_id.organisation_type", readonly=False)
    is_ignored = fields.Boolean(related="meaning_id.is_ignored", readonly=False)
    is_open = fields.Boolean(related="meaning_id.is_open")

    def _has_field_access(self, field, operation):
        told = operation == "write" and field.name in ("import_id", "meaning_id", "row_count") and not self.env.su
        return not told and super()._has_field_access(field, operation)
