"""A field that a member may not read is not learnt from how records are found, sorted, grouped or counted either."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_members_apart import MembersCase

REFUSED = (AccessError, UserError, ValueError)


@tagged("post_install", "-at_install")
class TestHiddenFields(MembersCase):
    maxDiff = None

    """Alder asks about its own records, of which it may read some fields."""

    def hidden(self, model):
        """Names of fields that the caller may not read, and that something could be learnt from."""
        records = self.as_alder(model)
        return [name for name, field in records._fields.items() if not records._has_field_access(field, "read") and field.type != "binary"]

    def refused(self, call):
        try:
            with self.env.cr.savepoint():
                call()
        except REFUSED:
            return True
        return False

    def having(self, records, path):
        """A condition that is true for a record of one's own, or false for all of them: an answer would tell which."""
        value = records.sudo().mapped(path)[:1] if "." in path else records.sudo()[:1][path]
        value = value.ids[:1] if hasattr(value, "ids") else value if isinstance(value, list) else [value]
        return [(path, "in", [one for one in value if not isinstance(one, dict)] or [0])]

    def told(self, ask):
        """[model.field] of hidden fields that an answer was given about."""
        found = []
        for model in self.own:
            for name in self.hidden(model):
                if not self.refused(lambda model=model, name=name: ask(self.as_alder(model), name)):
                    found.append(f"{model}.{name}")
        return found

    def test_there_are_hidden_fields(self):
        self.assertIn("made_by_id", self.hidden("wcm.part"))
        self.assertIn("customer_contact", self.hidden("wcm.nonconformity"))

    @mute_logger("odoo.domains", "odoo.models")
    def test_nothing_is_found_by_them(self):
        self.assertEqual(self.told(lambda records, name: records.search(self.having(records.search([]), name))), [])

    @mute_logger("odoo.domains", "odoo.models")
    def test_nothing_is_counted_by_them(self):
        self.assertEqual(self.told(lambda records, name: records.search_count(self.having(records.search([]), name))), [])

    @mute_logger("odoo.domains", "odoo.models")
    def test_nothing_is_sorted_by_them(self):
        for model in self.own:
            records = self.as_alder(model)
            for name in self.hidden(model):
                if records._fields[name].store and records._fields[name].column_type:
                    self.assertTrue(self.refused(lambda name=name, records=records: records.search([], order=name)), f"{model}.{name}")

    @mute_logger("odoo.domains", "odoo.models")
    def test_nothing_is_grouped_or_added_up_by_them(self):
        self.assertEqual(self.told(lambda records, name: records.formatted_read_group([], [name], ["__count"])), [])
        self.assertEqual(self.told(lambda records, name: records.formatted_read_group([], [], [f"{name}:count_distinct"])), [])

    @mute_logger("odoo.domains", "odoo.models")
    def test_nothing_is_read_or_exported_by_them(self):
        self.assertEqual(self.told(lambda records, name: records.search([], limit=1).read([name])), [])
        self.assertEqual(self.told(lambda records, name: records.search([], limit=1).web_read({name: {}})), [])

    @mute_logger("odoo.domains", "odoo.models")
    def test_nothing_is_found_through_a_field_that_may_be_read(self):
        """A path from what may be read to what may not, two steps deep."""
        found = []
        for model in self.own:
            records = self.as_alder(model)
            for name, field in records._fields.items():
                if not field.relational or not records._has_field_access(field, "read") or not field._description_searchable:
                    continue
                for further in self.further(field.comodel_name):
                    if not self.refused(lambda path=f"{name}.{further}", records=records: records.search(self.having(records.search([]), path))):
                        found.append(f"{model}.{name}.{further}")
        self.assertEqual(found, [])

    def further(self, model):
        """What of the next model the caller may not read; of Odoo's, which members do not reach, a sample."""
        records = self.as_alder(model)
        names = self.hidden(model) if records.has_access("read") else sorted(records._fields)
        return [name for name in names if records._fields[name]._description_searchable]
