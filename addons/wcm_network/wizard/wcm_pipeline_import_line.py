from odoo import fields, models


class WcmPipelineImportLine(models.TransientModel):
    """What becomes of one home of the file."""

    _name = "wcm.pipeline.import.line"
    _description = "Home of an imported pipeline"
    _order = "import_id, row_number, id"

    import_id = fields.Many2one("wcm.pipeline.import", required=True, ondelete="cascade")
    row_number = fields.Integer("Row", help="Of the file, the headers being row 1.")
    name = fields.Char("Home")
    site = fields.Char()
    kit = fields.Char()
    date_required = fields.Date("Required on site")
    outcome = fields.Selection(
        [("create", "New"), ("update", "Change"), ("same", "Unchanged"), ("error", "Not usable")], required=True,
    )
    reason = fields.Text("What happens")
    build_id = fields.Many2one("wcm.build", readonly=True, ondelete="set null")
