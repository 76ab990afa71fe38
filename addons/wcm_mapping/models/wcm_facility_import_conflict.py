from odoo import api, fields, models

# A person decides the choice and nothing else.
TOLD = {"line_id", "import_id", "space", "field", "ours", "theirs"}


class WcmFacilityImportConflict(models.Model):
    """A field that a person has changed here and its source has changed too: one of the two stays."""

    _name = "wcm.facility.import.conflict"
    _description = "Field Changed on Both Sides"
    _order = "line_id, id"

    line_id = fields.Many2one("wcm.facility.import.line", required=True, readonly=True, index=True, ondelete="cascade")
    import_id = fields.Many2one(related="line_id.import_id", store=True, index=True)
    space = fields.Char("Space", related="line_id.name")
    field = fields.Char("Technical Name", required=True, readonly=True)
    label = fields.Char("Field", compute="_compute_label")
    ours = fields.Char("Here", readonly=True)
    theirs = fields.Char("At the Source", readonly=True)
    choice = fields.Selection(
        [("ours", "Keep ours"), ("theirs", "Take theirs")],
        default="ours",
        required=True,
        help="What you keep is not asked again until the source changes it once more.",
    )

    def _has_field_access(self, field, operation):
        told = operation == "write" and field.name in TOLD and not self.env.su
        return not told and super()._has_field_access(field, operation)

    @api.depends("field")
    def _compute_label(self):
        facilities = self.env["wcm.facility"]
        for conflict in self:
            conflict.label = facilities._import_label(conflict.field)

    @api.constrains("choice")
    def _check_not_done(self):
        for run in self.import_id:
            run._check_not_done()
