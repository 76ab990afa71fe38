import io

import xlsxwriter

from odoo import api, models

from ..readers import PIPELINE_COLUMNS


class WcmPipelineImport(models.TransientModel):
    """The empty table, with a second sheet that says what belongs in it."""

    _inherit = "wcm.pipeline.import"

    @api.model
    def _template(self):
        """xlsx: the headers that are read; nothing to take out before it is used."""
        content = io.BytesIO()
        book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False})
        self._write_empty_table(book)
        self._write_explanation(book)
        book.close()
        return content.getvalue()

    def _write_empty_table(self, book):
        bold, day = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "dd/mm/yyyy"})
        sheet = book.add_worksheet("Homes")
        sheet.freeze_panes(1, 0)
        for number, (name, (header, *_)) in enumerate(PIPELINE_COLUMNS.items()):
            sheet.write_string(0, number, header, bold)
            sheet.set_column(number, number, 20, day if name.startswith("date_") else None)

    def _write_explanation(self, book):
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet("How to fill it in")
        sheet.set_column(0, 0, 20)
        sheet.set_column(1, 1, 70, wrapped)
        sheet.set_column(2, 2, 20)
        titles = (self.env._("Column"), self.env._("What belongs in it"), self.env._("Example"))
        rows = [(header, meaning, str(example)) for header, _words, meaning, example in PIPELINE_COLUMNS.values()]
        for number, row in enumerate([titles, *rows]):
            for position, text in enumerate(row):
                sheet.write_string(number, position, text, bold if not number else None)
