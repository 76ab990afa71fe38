import base64
import json
import math

from werkzeug.datastructures import MultiDict

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command, Date
from odoo.tools import email_normalize
from odoo.tools.mimetypes import guess_mimetype

from ..picture import plain_jpeg

LENGTHS = {"char": 250, "text": 5000}
PHOTOS = ("image/jpeg", "image/png", "image/gif")
PHOTO_BYTES = 12_000_000
# Longest side of a photo as it is kept, in pixels.
PHOTO_SIZE = 1920
LARGEST = 1_000_000
# How a page asks for a field: by its name, or else by its type.
KINDS = {
    "email": "email",
    "phone": "tel",
    "text": "area",
    "selection": "select",
    "boolean": "select",
    "many2one": "select",
    "many2many": "boxes",
    "integer": "number",
    "float": "number",
    "date": "date",
}


class WcmOperatorForm(models.AbstractModel):
    """What was typed on a page, as values of a record: of the fields that the page is for, and of no other."""

    _name = "wcm.operator.form"
    _description = "Form of the operator's pages"

    @api.model
    def _read_form(self, model, names, sent):
        """:param names: fields that may be written
        :param sent: what the page sent, several values to a name (a MultiDict)
        :raise UserError: in words for the person who typed
        """
        fields = self.env[model]._fields
        return {name: self._read_value(fields[name], sent.getlist(name)) for name in names if name in sent}

    @api.model
    def _read_value(self, field, texts):
        read = getattr(self, f"_read_{field.type}")
        return read(field, texts if field.type == "many2many" else texts[-1].strip())

    def _label(self, field):
        return field._description_string(self.env)

    def _read_char(self, field, text):
        return text[: LENGTHS["char"]] or False

    def _read_text(self, field, text):
        return text.replace("\r\n", "\n")[: LENGTHS["text"]] or False

    def _read_boolean(self, field, text):
        return text == "1"

    def _read_selection(self, field, text):
        if (text and text not in dict(field._description_selection(self.env))) or (field.required and not text):
            raise UserError(self.env._("Choose one of the answers for “%s”.", self._label(field)))
        return text or False

    def _read_integer(self, field, text):
        return int(self._read_float(field, text))

    def _read_float(self, field, text):
        try:
            number = float(text or 0)
        except ValueError:
            number = math.nan
        if not 0 <= number <= LARGEST:
            raise UserError(self.env._("“%s” is a number, such as 1220 or 0.5.", self._label(field)))
        return number

    def _read_date(self, field, text):
        try:
            return Date.from_string(text) if text else False
        except ValueError:
            raise UserError(self.env._("“%s” is a day, such as 2027-03-31.", self._label(field))) from None

    def _read_many2one(self, field, text):
        return self._chosen(field, [text]).id

    def _read_many2many(self, field, texts):
        return [Command.set(self._chosen(field, texts).ids)]

    def _chosen(self, field, texts):
        ids = [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 10]
        return self.env[field.comodel_name].sudo().search([("id", "in", ids)])

    @api.model
    def _read_email(self, text):
        if text and not email_normalize(text):
            raise UserError(self.env._("“%s” is no complete e-mail address.", text))
        return text

    @api.model
    def _read_photo(self, upload):
        """Saved anew: what the camera wrote beside the picture, such as where it stood, is not kept.

        :param upload: the file that was sent, or nothing
        :return: base64, or None when there was none
        """
        content = upload.read(PHOTO_BYTES + 1) if upload else b""
        if not content:
            return None
        if len(content) > PHOTO_BYTES or guess_mimetype(content) not in PHOTOS:
            raise UserError(self.env._("A photo is a JPEG, PNG or GIF file of at most 12 MB."))
        try:
            return base64.b64encode(plain_jpeg(content, PHOTO_SIZE))
        except ValueError:
            raise UserError(self.env._("This photo is broken or unusually large. Save it anew, smaller, and send that.")) from None

    @api.model
    def _seen(self, record, names):
        """What a page shows of the record, sent back with it: so a later change by somebody else is noticed."""
        return json.dumps({name: self._stored(record, name) for name in names})

    @api.model
    def _own_words(self, record, names, sent):
        """What was sent, without the fields that only somebody else has changed since the page was shown: theirs stay."""
        seen = self._read_seen(sent)
        others = {name for name in names if name in seen and seen[name] != self._stored(record, name)}
        untouched = {name for name in others if name in sent and _plain(sent.getlist(name)) == seen[name]}
        return MultiDict([(name, text) for name, text in sent.items(multi=True) if name not in untouched])

    @api.model
    def _check_nobody_else(self, record, names, sent):
        """:raise UserError: somebody else wrote the same field otherwise, after this page was shown"""
        own, seen = self._own_words(record, names, sent), self._read_seen(sent)
        clashes = [
            name
            for name in names
            if name in seen and name in own and self._stored(record, name) not in (seen[name], _plain(own.getlist(name)))
        ]
        if clashes:
            now = "; ".join(f"{self._label(record._fields[name])}: {record._text_of(name) or self.env._('nothing')}" for name in clashes)
            raise UserError(self.env._(
                "Somebody else changed this while you were typing. It now says: %(now)s. What you typed is still below: "
                "save again to replace theirs, or type theirs.", now=now,
            ))

    def _stored(self, record, name):
        return _plain(self._input(record, record._fields[name], None)["values"])

    def _read_seen(self, sent):
        try:
            seen = json.loads(sent.get("seen") or "{}")
        except ValueError:
            return {}
        return seen if isinstance(seen, dict) else {}

    @api.model
    def _inputs(self, record, names, sent=None):
        """What a page shows for each field: its label, kind, choices and value; what was sent wins."""
        return [self._input(record, record._fields[name], sent) for name in names]

    def _input(self, record, field, sent):
        value = record[field.name]
        values = [str(one) for one in value.ids] if field.relational else [self._input_text(field, value)]
        if sent is not None:
            values = sent.getlist(field.name) or values
        return {
            "name": field.name,
            "label": self._label(field),
            "help": field.help and field._description_help(self.env),
            "kind": KINDS.get(field.name) or KINDS.get(field.type, "text"),
            "choices": self._choices(field),
            "required": field.required or field.name == "process_id",
            "values": values,
            "value": values[0] if values else "",
        }

    def _input_text(self, field, value):
        if field.type == "boolean":
            return "1" if value else "0"
        return f"{value:g}" if field.type in ("integer", "float") and value else str(value or "")

    def _choices(self, field):
        """[(value, words)]"""
        if field.type == "selection":
            return field._description_selection(self.env)
        if field.type == "boolean":
            return [("0", self.env._("No")), ("1", self.env._("Yes"))]
        if field.relational:
            return [(str(one.id), one.display_name) for one in self.env[field.comodel_name].search([])]
        return []


def _plain(texts):
    """What a field says, whatever the browser does with line ends and empty answers."""
    return sorted(text.replace("\r\n", "\n").strip() for text in texts if text.strip())
