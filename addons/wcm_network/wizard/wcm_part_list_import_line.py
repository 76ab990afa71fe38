from odoo import fields, models


class WcmPartListImportLine(models.TransientModel):
    _name = "wcm.part.list.import.line"
    _description = "Imported part list"

    import_id = fields.Many2one("wcm.part.list.import", required=True, ondelete="cascade")
    name = fields.Char("Block", required=True)
    outcome = fields.Selection([("create", "Created"), ("update", "Updated"), ("error", "Not imported")], required=True)
    reason = fields.Char()
