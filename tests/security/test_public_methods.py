"""Who may call what over RPC, written down: public_methods.csv beside this file.

One line per model and public method that our addons add or override; one column per role that has no business with
the record: it is Birch's, in Cumbria, and the caller is a stranger, another operator, another member, a funder, an
employee, or a coordinator of Bristol. "who" names, for the reader, those for whom the method is meant.

- nothing: refused by the rights
- u: the method says no for another reason (a state, an argument), so look whether it asks for the rights first
- r: answers, and writes nothing
- w: writes; the note says what and why that is no harm

Methods are called by the way that /web/dataset/call_kw and /json/2 take. After a change that is meant, write the table
again, fill in who, and let a reviewer read the difference:

    WCM_WRITE_ACCESS_TABLE=1 scripts/devtest NAME wcm_mapping,wcm_network,wcm_qc tests/security/test_public_methods.py
"""

import csv
import inspect
import os
from pathlib import Path

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.service.model import call_kw, get_public_method
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import INSIDE, OUTSIDE, PRIVATE, ForeignCase
from .test_members_apart import ARGUMENTS

TABLE = Path(__file__).with_name("public_methods.csv")
ROLES = (*OUTSIDE, *INSIDE)
OURS = "odoo.addons.wcm_"
BASE = "base"
ADVICE = """
%s
Ask of each line: may this caller really? Where it may not, check the rights before anything else, or name the method
with a leading underscore. When it is all meant, write the table again (see the top of this file) and commit it.
"""


@tagged("post_install", "-at_install")
class TestPublicMethods(ForeignCase):
    def test_strangers_get_nowhere_but_where_the_table_says(self):
        found = {key: self.answers(*key) for key in self.methods()}
        known = self.read()
        if os.environ.get("WCM_WRITE_ACCESS_TABLE"):
            self.write_table(found, known)
            known = self.read()
        problems = [
            *(f"No line: {'.'.join(key)}" for key in sorted(found.keys() - known.keys())),
            *(f"Gone: {'.'.join(key)}" for key in sorted(known.keys() - found.keys())),
            *(f"Nobody is named: {'.'.join(key)}" for key in sorted(known) if not known[key]["who"]),
            *(self.change(key, known[key], found[key]) for key in sorted(found.keys() & known.keys()) if self.differs(known[key], found[key])),
        ]
        self.assertFalse(problems, ADVICE % "\n".join(problems))

    def test_what_strangers_write_is_explained(self):
        self.assertFalse([key for key, line in self.read().items() if "w" in "".join(line[role] for role in ROLES) and not line["note"]])

    def test_a_dialog_belongs_to_whoever_opened_it(self):
        opened = [record for record in self.elsewhere.values() if record._transient]
        self.assertTrue(opened)
        others = [(record._name, role) for record in opened for role in ROLES if record.with_user(self.callers[role]).sudo(False).has_access("read")]
        self.assertEqual(others, [])

    def methods(self):
        """(model, method) of every method of ours that RPC would call; of those of every model, one line."""
        for model in sorted(self.env.registry):
            records = self.env[model]
            if model == BASE or (not records._abstract and not model.startswith("ir.qweb")):
                yield from ((model, name) for name in sorted(dir(type(records))) if self.is_public(records, name))

    def is_public(self, records, name):
        if name.startswith("_") or not self.is_added_by_us(records, name):
            return False
        try:
            return bool(get_public_method(records, name))
        except (AccessError, AttributeError):
            return False

    def is_added_by_us(self, records, name):
        """What every model has is told once, at `base`."""
        shared = () if records._name == BASE else type(self.env[BASE]).mro()
        return any(name in cls.__dict__ and cls.__module__.startswith(OURS) for cls in type(records).mro() if cls not in shared)

    def answers(self, model, name):
        """{role: letter}; a method of every model is tried on all of ours."""
        models = self.with_map() if model == BASE else [model]
        return {role: max((self.answer(each, name, role) for each in models), key=" urw".find) for role in ROLES}

    def with_map(self):
        return sorted({*self.env["ir.ui.view"].search([("type", "=", "wcm_map")]).mapped("model"), "wcm.part"} & set(self.elsewhere))

    @mute_logger("odoo.sql_db", "odoo.addons.base.models.ir_rule", "odoo.models")
    def answer(self, model, name, role):
        records = self.records(model, role)
        before = self.writes()
        self.env.invalidate_all()
        try:
            with self.env.cr.savepoint() as savepoint:
                result = call_kw(records.browse(), name, self.positional(records, name), self.arguments(records, name))
                self.assertFalse(role in OUTSIDE and self.tells(result), f"{role} learns from {model}.{name}: {result!r:.300}")
                letter = "r" if self.writes() == before else "w"
                savepoint.rollback()
        except (AccessError, MissingError):
            return ""
        except (UserError, IntegrityError):
            return "u"
        return letter

    def records(self, model, role):
        """Birch's; of a wizard one that the caller opened about Birch's."""
        user, record = self.callers[role], self.elsewhere.get(model)
        if record is None:
            record = self.env[model].sudo().search([], limit=1) if self.env[model]._auto else self.env[model]
        elif record._transient:
            record = record.with_user(user).sudo().create(self._values(model))
        return record.with_user(user).sudo(False)

    def positional(self, records, name):
        if name == "create":  # Odoo looks at what is created to say what it made
            return [[self.new(records._name)]]
        return [] if getattr(getattr(type(records), name), "_api_model", False) else [records.ids]

    def arguments(self, records, name):
        """Plausible ones, so that nothing but the rights stops the call."""
        parameters = list(inspect.signature(getattr(type(records), name)).parameters.values())[1:]
        given = {**ARGUMENTS, **self.more_arguments(records)}
        missing = [each.name for each in parameters if each.default is each.empty and each.name not in given and each.kind is each.POSITIONAL_OR_KEYWORD]
        self.assertFalse(missing, f"Say in more_arguments what to give {records._name}.{name} as {missing}.")
        context = {"context": self.context()} if name == "default_get" else {}
        return {each.name: given[each.name] for each in parameters if each.name in given and name != "create"} | context

    def context(self):
        """As a wizard is opened from Birch's records."""
        return {f"default_{model.split('.')[-1]}_id": record.id for model, record in self.elsewhere.items()}

    def more_arguments(self, records):
        text = next((name for name in ("name", "title", "note", "comment") if name in records._fields), None)
        capability = self.elsewhere["wcm.capability"]
        return {
            "aggregates": ["__count"], "asked": {"region": self.cumbria.id}, "box": [-180, -85, 180, 85], "changes": [{"capability_id": capability.id, "week": str(self.monday), "hours": 1, "seen": None}],
            "debug": False, "default": {}, "domain": [], "facility_id": self.elsewhere["wcm.facility"].id, "fields": ["id"], "figures": {}, "groupby": [],
            "member_id": self.birch.id, "month": "2026-01-01", "name": "regions", "names": list(records._fields), "product": self.env["product.product"], "quantity": 1, "vals": {text: "x"} if text else {}, "vals_list": [self.new(records._name)],
            "zoom": 5,
        }  # fmt: skip

    def new(self, model):
        return {"facility_id": self.vacant.id} if model == "wcm.membership" else self._values(model) if self.is_ours(model) else {}

    def tells(self, result):
        return any(word in repr(result) for word in PRIVATE)

    def differs(self, known, found):
        return any(known[role] != found[role] for role in ROLES)

    def change(self, key, known, found):
        changes = (f"{role} {known[role] or 'refused'} -> {found[role] or 'refused'}" for role in ROLES if known[role] != found[role])
        return f"Changed: {'.'.join(key)}: {', '.join(changes)}"

    def write_table(self, found, known):
        with TABLE.open("w", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["model", "method", "who", *ROLES, "note"])
            for key, letters in sorted(found.items()):
                was = known.get(key, {})
                writer.writerow([*key, was.get("who", ""), *letters.values(), was.get("note", "")])

    def read(self):
        if not TABLE.exists():
            return {}
        with TABLE.open(newline="") as file:
            return {(line.pop("model"), line.pop("method")): line for line in csv.DictReader(file)}
