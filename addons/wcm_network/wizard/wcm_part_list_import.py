import base64

from odoo import Command, fields, models
from odoo.exceptions import UserError

from ..readers import as_csv, block_code, read_block_figures, read_part_list


class WcmPartListImport(models.TransientModel):
    _name = "wcm.part.list.import"
    _description = "Import of block part lists"

    file_ids = fields.Many2many("ir.attachment", string="Part lists", help="One CSV or xlsx file per block, named after it: W-O-L-1_production.csv with the columns Label and Quantity.")
    figures = fields.Binary("Block figures", required=True, help="One CSV or xlsx file: block, sheets, cnc_minutes, assembly_minutes, setup_minutes, mass_kg, tolerance_mm, envelope_x_mm, envelope_y_mm, envelope_z_mm.")
    figures_filename = fields.Char()
    sheet_id = fields.Many2one("product.product", "Sheet material", required=True)
    categ_id = fields.Many2one("product.category", "Category of the blocks", required=True)
    line_ids = fields.One2many("wcm.part.list.import.line", "import_id", readonly=True)

    def action_import(self):
        """Import every file; one bad file costs one file."""
        self.ensure_one()
        if not self.file_ids:
            raise UserError(self.env._("Choose the part lists first."))
        figures = self._read_figures()
        self.line_ids = [
            Command.clear(),
            *(Command.create(self._import_one(file.name, file.raw, figures)) for file in self.file_ids),
        ]
        return {"type": "ir.actions.act_window", "res_model": self._name, "res_id": self.id, "view_mode": "form", "target": "new"}

    def _read_figures(self):
        try:
            return read_block_figures(as_csv(base64.b64decode(self.figures)))
        except ValueError as error:
            raise UserError(self.env._("Block figures: %(error)s", error=error)) from error

    def _import_one(self, filename, content, figures):
        code = block_code(filename)
        try:
            rows = read_part_list(as_csv(content))
            if code not in figures:
                raise ValueError(self.env._("The block figures have no line for %(code)s.", code=code))
        except ValueError as error:
            return {"name": code, "outcome": "error", "reason": str(error)}
        _bom, created = self.env["mrp.bom"]._import_block(code, rows, figures[code], self.sheet_id, self.categ_id)
        return {"name": code, "outcome": "create" if created else "update", "reason": self.env._("%(count)s parts", count=len(rows))}
