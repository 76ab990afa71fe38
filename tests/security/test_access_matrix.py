"""Who may do what, written down: access_matrix.csv beside this file.

One line per model ("(records)") and one per field; one column per role.

- A "(records)" line holds letters: r read, w write, c create, d delete. A capital letter is every record; a small one
  is only those that the record rules choose (own company, own region, own factory). Nothing: no record at all.
- A field line holds r and w. Fields of Odoo's own mixins are listed only where somebody from outside reaches them.

Models: all of ours, all that our groups have an access line for, and all that somebody from outside (member factory,
funder, portal, public) reaches at all.

After a change that is meant, write the table again and let a reviewer read the difference:

    WCM_WRITE_ACCESS_TABLE=1 scripts/devtest NAME wcm_mapping,wcm_network,wcm_qc tests/security/test_access_matrix.py
"""

import csv
import os
from pathlib import Path

from odoo.tests import TransactionCase, new_test_user, tagged

TABLE = Path(__file__).with_name("access_matrix.csv")
RECORDS = "(records)"
OPERATIONS = {"read": "r", "write": "w", "create": "c", "unlink": "d"}
ROLES = {
    "manager": "wcm_network.group_manager",
    "coordinator": "wcm_network.group_coordinator",
    "quality_lead": "wcm_qc.group_quality_lead",
    "mapping_manager": "wcm_mapping.group_mapping_manager",
    "mapping_user": "wcm_mapping.group_mapping_user",
    "employee": "base.group_user",
    "member_factory": "wcm_network.group_member_owner",
    "funder": "wcm_network.group_funder",
    "portal": "base.group_portal",
    "public": "base.group_public",
}
# Of a member's people the matrix asks the owner; member_roles.csv says what the others do not have.
MEMBER_TABLE = TABLE.with_name("member_roles.csv")
MEMBER_ROLES = {
    "owner": "wcm_network.group_member_owner",
    "supervisor": "wcm_network.group_member_office",
    "maker": "wcm_network.group_member_factory",
}
OUTSIDE = ("member_factory", "funder", "portal", "public")
ADVICE = """
%(problem)s
Ask of each line: may this role really? Where it may not, add a record rule, leave the field out of
_member_readable, or take away the access line. When it is all meant, write the table again and commit it:
    WCM_WRITE_ACCESS_TABLE=1 scripts/devtest NAME wcm_mapping,wcm_network,wcm_qc tests/security/test_access_matrix.py
"""


@tagged("post_install", "-at_install")
class TestAccessMatrix(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {role: new_test_user(cls.env, f"matrix_{role}", group) for role, group in (ROLES | MEMBER_ROLES).items()}

    def test_every_model_and_field_is_in_the_table_as_it_is(self):
        found = self._matrix()
        if os.environ.get("WCM_WRITE_ACCESS_TABLE"):
            self._write(found)
        known = self._read()
        problem = "\n".join([
            *(f"No entry: {self._line(key, found[key])}" for key in sorted(found.keys() - known.keys())),
            *(f"Gone: {','.join(key)}" for key in sorted(known.keys() - found.keys()) if self._should_be_here(key[0])),
            *(self._change(key, known[key], found[key]) for key in sorted(found.keys() & known.keys()) if found[key] != known[key]),
        ])
        self.assertFalse(problem, ADVICE % {"problem": problem})

    def test_what_not_all_of_a_members_people_may_is_in_its_table(self):
        found = [",".join(row) for row in self._member_rows()]
        if os.environ.get("WCM_WRITE_ACCESS_TABLE"):
            MEMBER_TABLE.write_text("\n".join([",".join(["model", "field", *MEMBER_ROLES]), *found, ""]))
        self.assertEqual(found, MEMBER_TABLE.read_text().splitlines()[1:], ADVICE % {"problem": MEMBER_TABLE.name})

    def _member_rows(self):
        """[model, field, rights of each role], where these differ; of records only whether there are any."""
        for model in filter(self._concerns_us, sorted(self.env.registry)):
            letters = {role: self._letters(model, role) for role in MEMBER_ROLES}
            fields = sorted(self.env[model]._fields.items()) if self._is_ours(model) else ()
            rows = {name: {role: self._rights(model, field, role, letters[role]) for role in MEMBER_ROLES} for name, field in fields}
            for name, rights in ({RECORDS: letters} | rows).items():
                if len(set(rights.values())) > 1:
                    yield [model, name, *rights.values()]

    def test_our_models_have_no_access_line_for_everybody(self):
        lines = self.env["ir.model.access"].search([("group_id", "=", False)])
        self.assertFalse(lines.filtered(lambda line: self._is_ours(line.model_id.model)).mapped("name"))

    def test_no_record_of_ours_is_open_without_a_rule(self):
        """An access line without a rule means everything; a rule that says so was at least thought about."""
        open_models = {
            line.model_id.model
            for line in self.env["ir.model.access"].search([])
            if self._is_ours(line.model_id.model) and not self._has_rule(line)
        }
        self.assertFalse(open_models)

    def test_people_from_outside_delete_nothing_and_create_nothing_of_ours(self):
        for role in OUTSIDE:
            for model in filter(self._is_ours, self.env.registry):
                with self.subTest(role=role, model=model):
                    self.assertFalse(set("cCdD") & set(self._letters(model, role)))

    def _matrix(self):
        """{(model, field): {role: letters}}"""
        rows = {}
        for model in filter(self._concerns_us, sorted(self.env.registry)):
            letters = {role: self._letters(model, role) for role in ROLES}
            rows[model, RECORDS] = letters
            rows.update({(model, name): rights for name, rights in self._field_rows(model, letters)})
        return rows

    def _field_rows(self, model, letters):
        for name, field in sorted(self.env[model]._fields.items()):
            rights = {role: self._rights(model, field, role, letters[role]) for role in ROLES}
            if self._defined_by_us(field) or (self._is_ours(model) and any(rights[role] for role in OUTSIDE)):
                yield name, rights

    def _letters(self, model, role):
        records = self.env[model].with_user(self.users[role])
        if records._abstract:
            return ""
        return "".join(self._letter(records, operation) for operation in OPERATIONS if records.has_access(operation))

    def _letter(self, records, operation):
        domain = records.env["ir.rule"]._compute_domain(records._name, operation)
        if domain.is_false():
            return ""
        letter = OPERATIONS[operation]
        return letter.upper() if domain.is_true() and not records._transient else letter

    def _rights(self, model, field, role, letters):
        records = self.env[model].with_user(self.users[role])
        reads = "r" if "r" in letters.lower() and records._has_field_access(field, "read") else ""
        may_write = set("wc") & set(letters.lower()) and field.name not in getattr(records, "_guarded_names", tuple)()
        return reads + ("w" if may_write and records._has_field_access(field, "write") else "")

    def _concerns_us(self, model):
        if self.env[model]._abstract:
            return False
        return self._is_ours(model) or self._our_groups_have_a_line(model) or any(self._letters(model, role) for role in OUTSIDE)

    def _is_ours(self, model):
        return self.env.registry[model]._original_module.startswith("wcm_")

    def _our_groups_have_a_line(self, model):
        groups = self.env["res.groups"].union(*(self.env.ref(group) for group in ROLES.values() if group.startswith("wcm_")))
        return bool(self.env["ir.model.access"].search_count([("model_id.model", "=", model), ("group_id", "in", groups.ids)]))

    def _has_rule(self, line):
        domain = [("model_id", "=", line.model_id.id), "|", ("groups", "=", False), ("groups", "in", line.group_id.all_implied_ids.ids)]
        return bool(self.env["ir.rule"].search_count(domain))

    def _should_be_here(self, model):
        """A model of an Odoo module that is not installed is no loss."""
        return model.startswith("wcm.") or model in self.env.registry

    def _defined_by_us(self, field):
        return any(module.startswith("wcm_") for module in field._modules)

    def _write(self, rows):
        with TABLE.open("w", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["model", "field", *ROLES])
            writer.writerows([*key, *rights.values()] for key, rights in sorted(rows.items()))

    def _read(self):
        with TABLE.open(newline="") as file:
            return {(row.pop("model"), row.pop("field")): row for row in csv.DictReader(file)}

    def _line(self, key, rights):
        return ",".join([*key, *rights.values()])

    def _change(self, key, was, now):
        changes = (f"{role} {was.get(role) or 'nothing'} -> {now[role] or 'nothing'}" for role in ROLES if was.get(role) != now[role])
        return f"Changed: {'.'.join(key)}: {', '.join(changes)}"
