import csv
import re
from collections import namedtuple
from dataclasses import dataclass
from functools import cached_property

from odoo import api, models
from odoo.fields import Domain, Field
from odoo.tools import SQL, file_open, ormcache
from odoo.tools.sql import escape_psql

from ..telephone import BETWEEN, core_digits, number_pattern

REGISTRY = "personal_data.csv"
# What the registry may say of a field; "none" is for what looks personal and is not.
ACTIONS = ("delete", "empty", "unlink", "redact", "keep", "none")
PEOPLE = ("res.partner", "res.users")
PERSONAL_WORD = re.compile(
    r"(^|_)(e?mail|phone|mobile|contact|person|login|signature|signed|author|addressee|ip|nickname|accepted_by_name)(_|$)"
)
TEXTS = ("char", "text", "html", "json")
Entry = namedtuple("Entry", "action ground")
REDACTED = "[erased]"


@dataclass(frozen=True)
class Person:
    """Whom it is about: records, and what texts call them.

    :ivar words: e-mail addresses and full names, as they may stand in a text
    :ivar phones: what every way to write a telephone number shares (`core_digits`)
    """

    partners: tuple = ()
    users: tuple = ()
    emails: tuple = ()
    words: tuple = ()
    phones: tuple = ()

    @cached_property
    def pattern(self):
        """Any of the words, whole. None of nobody."""
        parts = [*map(_whole, self.words), *map(number_pattern, self.phones)]
        return re.compile("|".join(parts), re.IGNORECASE) if parts else None

    def is_told_by(self, value):
        """Whether a text, or any text within JSON, holds one of the words."""
        if isinstance(value, str):
            return bool(self.pattern and self.pattern.search(value))
        parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        return any(map(self.is_told_by, parts))

    def redacted(self, value):
        """The same without the words."""
        if isinstance(value, str):
            return self.pattern.sub(REDACTED, value) if self.pattern else value
        if isinstance(value, dict):
            return {key: self.redacted(item) for key, item in value.items()}
        return [self.redacted(item) for item in value] if isinstance(value, list) else value

    def ids_of(self, model):
        return self.partners if model == "res.partner" else self.users


@dataclass
class Holding:
    """What one field of one model holds about the person."""

    field: Field
    records: models.BaseModel
    action: str
    ground: str
    label: str = ""


class WcmPersonData(models.AbstractModel):
    """What is held about a person, wherever it is.

    Every field that looks personal has a line in its addon's `personal_data.csv`: what erasing does with it
    and on which ground it stays. A many2one to a partner or user that has no line is found all the same, and kept: it
    points to a person whose details are gone.
    """

    _name = "wcm.person.data"
    _description = "What Is Held about a Person"

    @api.model
    @ormcache()
    def _registry(self):
        """{(model, field): Entry}, of all addons that say something."""
        lines = {}
        for addon in sorted(self.env.registry._init_modules):
            try:
                with file_open(f"{addon}/{REGISTRY}") as content:
                    rows = list(csv.DictReader(content))
            except FileNotFoundError:
                continue
            lines.update({(row["model"], row["field"]): Entry(row["action"], row["ground"]) for row in rows})
        return lines

    @api.model
    def _looks_personal(self, field):
        """Whether a field may say something about a person: it points to one, is named so, or holds anything at all."""
        if not field.store or field.name in ("create_uid", "write_uid"):
            return False
        if field.comodel_name in PEOPLE and field.type in ("many2one", "many2many"):
            return True
        return field.type == "json" or (field.type in TEXTS and bool(PERSONAL_WORD.search(field.name)))

    @api.model
    def _person(self, partner, email):
        """Everybody who has the e-mail address, and the partner."""
        emails = {text.strip().lower() for text in (email, partner.email) if text and text.strip()}
        everyone = self.env["res.partner"].sudo().with_context(active_test=False)
        partners = partner.sudo() | everyone.search(Domain.OR(Domain("email", "=ilike", escape_psql(text)) for text in emails))
        partners = partners.filtered(lambda one: not one.is_company)
        users = self.env["res.users"].sudo().with_context(active_test=False)
        users = users.search(Domain("partner_id", "in", partners.ids) | Domain("login", "in", list(emails)))
        partners |= users.partner_id
        emails |= {one.email.strip().lower() for one in partners if one.email}
        names = {one.name.strip() for one in partners if one.name and " " in one.name.strip()}
        names |= self._names_given(emails)
        longest_first = sorted(emails | names, key=lambda word: (-len(word), word))
        partners |= self._addresses(partners, emails)
        phones = {core for one in partners if (core := core_digits(one.phone))}
        return Person(tuple(partners.ids), tuple(users.ids), tuple(sorted(emails)), tuple(longest_first), tuple(sorted(phones)))

    def _names_given(self, emails):
        """What people without a contact here called themselves, who wrote from these addresses."""
        suggestions = self.env["wcm.facility.suggestion"].sudo()
        given = suggestions.search(Domain.OR(Domain("suggester_email", "=ilike", escape_psql(text)) for text in emails))
        return {name.strip() for name in given.mapped("suggester_name") if name and " " in name.strip()}

    def _addresses(self, partners, emails):
        """Contacts below the person that are another address of theirs, not somebody else: delivery, invoice, a nameless one."""
        everyone = partners.with_context(active_test=False)
        below = Domain("id", "child_of", partners.ids) & Domain("id", "not in", partners.ids)
        return everyone.search(below if partners else Domain.FALSE).filtered(
            lambda child: not child.is_company
            and not child.user_ids
            and (child.type != "contact" or not child.name)
            and (not child.email or child.email.strip().lower() in emails)
        )

    @api.model
    def _find(self, person):
        """A Holding for each field that holds something, in the order of models and fields."""
        found = []
        for model in sorted(self.env.registry):
            records = self.env[model].sudo().with_context(active_test=False)
            if not records._abstract and not records._transient and records._auto:
                found += [holding for name in sorted(records._fields) if (holding := self._holding(records, name, person))]
        return found

    def _holding(self, records, name, person):
        field = records._fields[name]
        entry = self._registry().get((records._name, name))
        if entry and entry.action == "none":
            return None
        found = records.browse()
        if field.store and field.type in ("many2one", "many2many") and field.comodel_name in PEOPLE:
            found = self._pointing(records, field, person)
        elif entry and field.store and field.type in TEXTS:
            found = self._own_numbers(self._containing(records, field, person), field, person)
        if not found:
            return None
        entry = entry or Entry("keep", self.env._("Points to the person, whose details are erased."))
        return Holding(field, found, *entry, f"{records._description}: {field._description_string(self.env)}")

    def _pointing(self, records, field, person):
        """Records that point to the person; that somebody made or changed a record is told of our own models only."""
        ids = person.ids_of(field.comodel_name)
        traces = field.name in ("create_uid", "write_uid") and (records._name, field.name) not in self._registry()
        if not ids or (traces and not records._name.startswith("wcm.")):
            return records.browse()
        return records.search([(field.name, "in", ids)])

    def _own_numbers(self, found, field, person):
        """People share a telephone: of contacts, the number is taken off the person's own only."""
        shared = found._name == "res.partner" and "phone" in field.name
        return found & found.browse(person.partners) if shared else found

    def _containing(self, records, field, person):
        """Records whose text holds one of the person's words: the database finds candidates, in whatever case."""
        if not person.pattern:
            return records.browse()
        records.flush_model([field.name])
        words = [f"%{escape_psql(word).replace(' ', '_')}%" for word in person.words]
        numbers = [f"%{core}%" for core in person.phones]
        column = SQL.identifier(field.name)
        query = SQL(
            "SELECT id FROM %s WHERE %s::text ILIKE ANY(%s::text[]) OR translate(%s::text, %s, '') LIKE ANY(%s::text[]) ORDER BY id",
            SQL.identifier(records._table), column, words, column, BETWEEN, numbers,
        )  # fmt: skip
        found = records.browse([row[0] for row in self.env.execute_query(query)])
        return found.filtered(lambda record: person.is_told_by(record[field.name]))

    @api.model
    def _attachments(self, person):
        """Files on the person's own records and those that they sent."""
        files = self.env["ir.attachment"].sudo()
        own = Domain("res_model", "=", "res.partner") & Domain("res_id", "in", person.partners)
        own |= Domain("res_model", "=", "res.users") & Domain("res_id", "in", person.users)
        sent = self.env["mail.message"].sudo().search([("author_id", "in", person.partners)]).attachment_ids
        # Fields' files too (photos): a condition on res_field takes Odoo's own filter away.
        return files.search(own & (Domain("res_field", "=", False) | Domain("res_field", "!=", False))) | sent


def _whole(word):
    """`ann@x.org` is neither in `joann@x.org` nor in `ann@x.org.uk`; a name is also in `Ann_Erskine.pdf`, but in nobody's address."""
    if "@" in word:
        return rf"(?<![\w.%+-]){re.escape(word)}(?![\w-]|\.\w)"
    name = r"[\s_.-]".join(map(re.escape, word.split(" ")))
    return rf"(?<![^\W_])(?<!\w-){name}(?![^\W_]|-\w|[\w.%+-]*@)"
