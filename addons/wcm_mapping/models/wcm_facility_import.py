from odoo import api, fields, models


class WcmFacilityImport(models.Model):
    """One file of production spaces: looked at row by row first, then written."""

    _name = "wcm.facility.import"
    _description = "Import of Production Spaces"
    _order = "id desc"

    name = fields.Char(compute="_compute_name", store=True, readonly=False)
    kind = fields.Selection(
        [("okw", "Open Know-Where"), ("csv", "CSV")], required=True, default="okw"
    )
    file = fields.Binary(attachment=True)
    filename = fields.Char()
    source_host = fields.Char(
        help="Who publishes the file, for example internetofproduction.org. With the "
        "record's id it tells a record that is already here."
    )
    licence = fields.Char(help="Licence of the data, for example CC BY 4.0.")
    attribution = fields.Char(help="How the licence asks the source to be named.")
    state = fields.Selection(
        [("draft", "Draft"), ("previewed", "Previewed"), ("done", "Done")],
        default="draft",
        required=True,
        readonly=True,
    )
    line_ids = fields.One2many("wcm.facility.import.line", "import_id", readonly=True)
    create_count = fields.Integer("New", compute="_compute_counts")
    update_count = fields.Integer("Changed", compute="_compute_counts")
    same_count = fields.Integer("Same", compute="_compute_counts")
    duplicate_count = fields.Integer("Duplicates", compute="_compute_counts")
    error_count = fields.Integer("Errors", compute="_compute_counts")
    to_fix_count = fields.Integer("To Fix", compute="_compute_counts")

    @api.depends("filename", "kind")
    def _compute_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for run in self:
            run.name = run.filename or kinds.get(run.kind)

    @api.depends("line_ids.outcome", "line_ids.warning")
    def _compute_counts(self):
        for run in self:
            for outcome in ("create", "update", "same", "duplicate", "error"):
                lines = run.line_ids.filtered(lambda line, o=outcome: line.outcome == o)
                run[f"{outcome}_count"] = len(lines)
            run.to_fix_count = len(run.line_ids.filtered("warning"))

    def action_preview(self):
        """Read the file and say what would happen; writes no production space."""

    def action_apply(self):
        """Write what the preview said."""
