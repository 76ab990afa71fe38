import io
import json
import zipfile

from odoo import api, models

from ..writers import Column, Table, Workbook

COLUMNS = (
    Column("where", "Which list holds it.", width=36),
    Column("record", "Name of the record.", width=36),
    Column("value", "What it says.", width=60),
    Column("since", "When the record was made.", kind="date", width=14),
    Column("erasing", "What erasing does with it.", width=18),
    Column("ground", "Why it stays, where it stays.", width=60),
)
MEANING = {
    "delete": "the record is deleted",
    "empty": "emptied",
    "unlink": "taken off",
    "redact": "name and addresses are blotted out",
    "keep": "stays",
}


class WcmPersonData(models.AbstractModel):
    _inherit = "wcm.person.data"

    @api.model
    def _export_rows(self, person):
        """One row for each record and field that holds something, in the order of COLUMNS."""
        return [
            (
                holding.label,
                record.display_name or "",
                self._export_value(record, holding.field),
                self._export_since(record),
                MEANING[holding.action],
                holding.ground,
            )
            for holding in self._find(person)
            for record in holding.records
        ]

    def _export_since(self, record):
        made = "create_date" in record._fields and record.create_date
        return made.date() if made else None

    def _export_value(self, record, field):
        value = record[field.name]
        if field.relational:
            return ", ".join(value.mapped("display_name"))
        return json.dumps(value, ensure_ascii=False) if field.type == "json" else str(value or "")

    @api.model
    def _export_own(self, person):
        """The person's own records in full, but keys and passwords."""
        return {
            model: [self._own_values(record) for record in self.env[model].sudo().browse(person.ids_of(model))]
            for model in ("res.partner", "res.users")
        }

    def _own_values(self, record):
        plain = ("char", "text", "html", "date", "datetime", "boolean", "integer", "float", "selection", "many2one")
        names = sorted(name for name, field in record._fields.items() if field.type in plain and field.store and not field.inherited)
        secret = ("password", "token", "secret", "key")
        kept = [name for name in names if not any(word in name for word in secret)]
        return {name: self._export_value(record, record._fields[name]) for name in kept if record[name]}

    @api.model
    def _export_zip(self, person):
        """Everything as JSON for machines and xlsx for people, and the files."""
        rows = self._export_rows(person)
        document = {
            "own": self._export_own(person),
            "records": [dict(zip((column.name for column in COLUMNS), row, strict=True)) for row in rows],
        }
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as target:
            target.writestr("person.json", json.dumps(document, ensure_ascii=False, indent=1, default=str))
            target.writestr("person.xlsx", self._export_xlsx(person, rows))
            for attachment in self._attachments(person):
                target.writestr(f"files/{attachment.id}-{_file_name(attachment.name)}", attachment.raw or b"")
        return content.getvalue()

    @api.model
    def _export_xlsx(self, person, rows=None):
        title = self.env._("What we hold about you")
        described = self.env._("One row for each record that names you or that you made; the Erasing column says what happens when you ask us to erase it.")
        table = Table("Records", title, described, COLUMNS, rows if rows is not None else self._export_rows(person))
        own = [(model, name, value) for model, records in self._export_own(person).items() for one in records for name, value in one.items()]
        mine = Table(
            "You", self.env._("Your own record"), self.env._("Your contact and your login, field by field."),
            (Column("list", "Contact or login.", width=16), Column("field", "Which field.", width=30), Column("value", "What it says.", width=60)), own,
        )  # fmt: skip
        return Workbook(title, described, [mine, table]).to_bytes()


def _file_name(name):
    return "".join(letter if letter.isalnum() or letter in "._- " else "_" for letter in name or "file")[:80]
