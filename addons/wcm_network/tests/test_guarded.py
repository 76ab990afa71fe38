from odoo.tests import TransactionCase


class TestGuarded(TransactionCase):
    def test_a_form_never_sends_a_field_that_only_buttons_set(self):
        """A form sends the defaults of all fields that are not read only; a guarded one would refuse the new record."""
        sent = [
            f"{name}.{field}"
            for name, model in self.env.items()
            for field in getattr(model, "_guarded", ())
            if field in model._fields and not model._fields[field].readonly
        ]
        self.assertEqual(sent, [])
