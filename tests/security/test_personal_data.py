"""What holds personal data is written down: personal_data.csv of each addon.

One line per field: what erasing a person does with it (delete, empty, unlink, redact, keep, or none: it is no personal
data), and on which ground it stays. Fields are found by what they are: they point to a contact or a login, hold JSON,
or are named like an address, a telephone or a signature.
"""

from odoo.tests import TransactionCase, tagged

ACTIONS = {"delete", "empty", "unlink", "redact", "keep", "none"}


@tagged("post_install", "-at_install")
class TestPersonalData(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.data = cls.env["wcm.person.data"]
        cls.registry_lines = cls.data._registry()

    def ours(self):
        """Fields of ours that keep something: wizards are emptied within hours."""
        for model, records in self.env.items():
            if not records._abstract and not records._transient and records._auto:
                for field in records._fields.values():
                    if model.startswith("wcm.") or any(addon.startswith("wcm_") for addon in field._modules):
                        yield model, field

    def test_every_field_of_ours_that_looks_personal_is_written_down(self):
        missing = {f"{model},{f.name}" for model, f in self.ours() if self.data._looks_personal(f) and (model, f.name) not in self.registry_lines}
        self.assertFalse(missing, "Say in your addon's personal_data.csv what erasing a person does with it.")

    def test_every_line_names_a_field_that_is_there_and_what_is_done(self):
        for (model, name), entry in self.registry_lines.items():
            with self.subTest(model=model, field=name):
                self.assertIn(name, self.env[model]._fields)
                self.assertIn(entry.action, ACTIONS)
                self.assertEqual(entry.action in ("keep", "none"), bool(entry.ground), "What stays says why.")

    def test_only_what_points_to_a_person_is_unlinked_and_nothing_required_is(self):
        for (model, name), entry in self.registry_lines.items():
            field = self.env[model]._fields[name]
            if entry.action == "unlink":
                self.assertTrue(field.comodel_name in ("res.partner", "res.users") and not field.required, f"{model}.{name}")
