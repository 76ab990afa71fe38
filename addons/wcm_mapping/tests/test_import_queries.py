import json

from odoo.tests import tagged

from .common import MappingCase


@tagged("post_install", "-at_install")
class TestImportQueries(MappingCase):
    """What a preview asks the database, it asks for all rows at once."""

    def imported(self, count, apply=False, **values):
        """So many spaces near each other, each with kit and words."""
        machine = {"name": "Router", "process": "cnc_routing", "materials": ["osb3", "Spruce plywood", "unobtainium"]}
        records = [
            {
                "name": f"Space {n}",
                "id": f"{n}",
                "latitude": 51.4 + n / 1000,
                "longitude": -2.6,
                "country": "GB",
                "zip": "BS1 6AA",
                "equipment": [machine, {**machine, "name": f"Router {n}"}],
                "categories": ["Joinery", "Menuiserie"],
                **values,
            }
            for n in range(count)
        ]
        imports = self.env["wcm.facility.import"].with_user(self.coordinator)
        content = json.dumps(records).encode()
        return imports._import_bytes(content, "okw", "list.example", "ODbL", "List", apply=apply)

    def preview(self, count, **values):
        self.env.invalidate_all()
        return self.imported(count, **values)

    def cost(self, count, **values):
        before = self.cr.sql_log_count
        self.preview(count, **values)
        self.env.flush_all()
        return self.cr.sql_log_count - before

    def assert_no_query_per_row(self, outcome, **values):
        run = self.preview(20, **values)
        self.assertEqual(set(run.line_ids.mapped("outcome")), {outcome})
        ten = self.cost(10, **values)
        with self.assertQueryCount(ten):
            self.preview(20, **values)

    def test_new_rows(self):
        self.assert_no_query_per_row("create")

    def test_rows_that_are_the_same(self):
        self.imported(20, apply=True)
        self.assert_no_query_per_row("same")

    def test_rows_changed_on_both_sides(self):
        self.imported(20, apply=True)
        for space in self.env["wcm.facility"].search([("source_host", "=", "list.example")]):
            space.city = f"Town of {space.name}"
        self.assert_no_query_per_row("conflict", city="Bristol")
