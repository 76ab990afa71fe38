"""A control plan as a table, one row a checkpoint; and what of it a comparison names.

Every field of a plan and of a checkpoint is in one of these lists; a test holds them complete.
"""

import io

import xlsxwriter

from odoo import api, models

# {field: header}, in the order of the columns.
PLAN_COLUMNS = {
    "name": "Control plan", "stage": "Stage", "product_ids": "Components", "design_revision": "Design revision", "process_ids": "Processes",
    "categ_id": "Category", "sampling": "How many are checked", "sampling_level": "Inspection level", "sampling_aql": "AQL",
    "sampling_every": "One of how many", "sampling_percent": "Share (%)", "reduced_allowed": "Reduced inspection",
    "witness_hours": "Notice to witnesses (hours)",
}
POINT_COLUMNS = {
    "sequence": "No.", "checkpoint": "What to check", "instruction": "Instruction", "kind": "Kind", "nominal": "Nominal", "tolerance_minus": "Minus",
    "tolerance_plus": "Plus", "unit": "Unit", "reading_count": "Readings", "options_pass": "Answers that pass", "options_fail": "Answers that fail",
    "point_type": "Point", "release_by": "Released by", "instrument_kind_id": "Measured with", "competence_kind_id": "Checked by who has learnt",
    "notice_hours": "Notice (hours)",
}
# What no table carries, and why.
NOT_IN_TABLES = {
    "version": "given by the system", "previous_id": "given by the system", "state": "given by approval", "approved_by_id": "given by approval",
    "approved_on": "given by approval", "retire_reason": "of an approved plan", "retired_by_id": "of an approved plan", "retired_on": "of an approved plan",
    "checkpoint_ids": "the rows", "has_hold_point": "follows from the rows", "has_witness_point": "follows from the rows",
    "witness_ids": "people; chosen in the system", "plan_id": "the plan's columns", "uom_id": "told by its name, in “unit”",
    "picture": "a file; kept where the checkpoint keeps its name", "picture_sha256": "of the picture",
}
MANY = "; "


class WcmControlPlan(models.Model):
    _inherit = "wcm.control.plan"

    def action_download_table(self):
        """These plans as a workbook that can be changed and imported again."""
        self.check_access("read")
        ids = ",".join(map(str, self.ids))
        return {"type": "ir.actions.act_url", "url": f"/quality/control-plans.xlsx?ids={ids}", "target": "self"}

    @api.model
    def _plan_columns(self):
        return PLAN_COLUMNS

    @api.model
    def _point_columns(self):
        """Those that are installed; a checkpoint's name has a header of its own."""
        return {name: header for name, header in POINT_COLUMNS.items() if _field(name) in self.env["wcm.checkpoint"]._fields}

    def _table_rows(self):
        """One list of texts and numbers for each checkpoint."""
        for plan in self:
            head = [_cell(plan, name) for name in self._plan_columns()]
            for point in plan.checkpoint_ids.sorted(lambda one: (one.sequence, one.id)):
                yield [*head, *(_cell(point, _field(name)) for name in self._point_columns())]

    def _table_workbook(self):
        """xlsx, cells as text or numbers, never as formulas."""
        content = io.BytesIO()
        book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
        sheet, bold = book.add_worksheet("Control plans"), book.add_format({"bold": True, "bottom": 1})
        sheet.freeze_panes(1, 1)
        for column, header in enumerate([*self._plan_columns().values(), *self._point_columns().values()]):
            sheet.write_string(0, column, header, bold)
            sheet.set_column(column, column, 18)
        for number, row in enumerate(self._table_rows(), 1):
            for column, value in enumerate(row):
                (sheet.write_string if isinstance(value, str) else sheet.write_number)(number, column, value)
        self._write_table_words(book, bold)
        book.close()
        return content.getvalue()

    def _write_table_words(self, book, bold):
        sheet, wrapped = book.add_worksheet("How to fill it in"), book.add_format({"text_wrap": True, "valign": "top"})
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, 1, 80, wrapped)
        sheet.write_string(0, 0, self.env._("Column"), bold)
        sheet.write_string(0, 1, self.env._("What belongs in it"), bold)
        for number, (header, words) in enumerate(self._table_words(), 1):
            sheet.write_string(number, 0, header)
            sheet.write_string(number, 1, words)

    def _table_words(self):
        point = self.env["wcm.checkpoint"]
        fields = [(self, name, header) for name, header in self._plan_columns().items()]
        fields += [(point, _field(name), header) for name, header in self._point_columns().items()]
        for model, name, header in fields:
            field = model._fields[name]
            choices = ", ".join(dict(field._description_selection(self.env)).values()) if field.type == "selection" else ""
            several = self.env._("Codes or names, separated by semicolons.") if field.type == "many2many" else ""
            yield header, " ".join(filter(None, (choices and self.env._("One of: %s.", choices), several, field._description_help(self.env) or "")))


def _field(column):
    """A checkpoint's name has a column of its own beside that of the plan."""
    return "name" if column == "checkpoint" else column


def _cell(record, name):
    """A field as a person writes it: numbers as numbers, everything else as text."""
    field, value = record._fields[name], record[name]
    if field.type == "boolean":
        return "yes" if value else "no"
    if field.type in ("float", "integer"):
        return value or 0
    if field.type == "selection":
        return dict(field._description_selection(record.env)).get(value, "")
    if field.relational:
        return MANY.join(_called(one) for one in value)
    return value or ""


def _called(record):
    """By its code, where it has one."""
    return ("default_code" in record._fields and record.default_code) or ("complete_name" in record._fields and record.complete_name) or record.display_name
