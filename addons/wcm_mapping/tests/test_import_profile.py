import base64
import io

from openpyxl import Workbook
from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import BaseCase, Form, tagged
from odoo.tools import mute_logger

from .. import readers
from .common import MappingCase

TABLE = b"Betrieb,PLZ,Lat,Lng,Notiz\nFab Lab,BS1 6AA,51.45,-2.6,kind people\n"


def workbook(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@tagged("post_install", "-at_install")
class TestTables(BaseCase):
    def test_a_workbook_is_read_like_a_table_in_text(self):
        content = workbook(["Name", "Postcode", "Lat", "Id"], ["Fab Lab", "BS1 6AA", 51.4, 7.0], [], ["Other"])
        first, second = readers.read("csv", content)
        self.assertEqual((first.name, first.zip, first.latitude), ("Fab Lab", "BS1 6AA", 51.4))
        self.assertEqual((first.external_id, first.row_number, second.row_number), ("7", 2, 4))

    def test_an_empty_sheet_before_the_table_is_passed_over(self):
        book = Workbook()
        book.create_sheet().append(["name"])
        book.worksheets[1].append(["Fab Lab"])
        content = io.BytesIO()
        book.save(content)
        self.assertEqual(readers.read("csv", content.getvalue())[0].name, "Fab Lab")

    def test_columns_mean_what_a_person_says(self):
        (row,) = readers.read("csv", TABLE, {"Betrieb": "name", "PLZ": "zip", "Notiz": ""})
        self.assertEqual((row.name, row.zip, row.latitude), ("Fab Lab", "BS1 6AA", 51.45))
        self.assertEqual(row.extra, {"Notiz": "kind people"})

    def test_a_column_may_lose_the_meaning_of_its_name(self):
        (row,) = readers.read("csv", b"name,city\nA,Bath\n", {"city": ""})
        self.assertEqual((row.city, row.extra), ("", {"city": "Bath"}))

    def test_columns_that_say_no_name_can_be_matched(self):
        with self.assertRaisesRegex(readers.ReadError, "match the columns"):
            readers.read("csv", TABLE)


@tagged("post_install", "-at_install")
class TestImportProfile(MappingCase):
    def start(self, content=TABLE, user=None):
        imports = self.env["wcm.facility.import"].with_user(user or self.coordinator)
        form = Form(imports, view="wcm_mapping.wcm_facility_import_view_form")
        form.kind = "csv"
        form.file = base64.b64encode(content)
        form.source_host = "example.org"
        return form.save()

    def matched(self):
        run = self.start()
        run.action_match_columns()
        lines = {line.header: line for line in run.profile_id.line_ids}
        lines["Betrieb"].column = "name"
        lines["PLZ"].column = "zip"
        return run

    def test_matching_starts_from_what_the_headers_tell(self):
        run = self.start()
        with self.assertRaisesRegex(UserError, "match the columns"):
            run.action_preview()
        run.action_match_columns()
        self.assertEqual(run.profile_id.line_ids.mapped("column"), [False, False, "latitude", "longitude", False])

    def test_a_matched_table_is_imported(self):
        run = self.matched()
        run.action_preview()
        run.action_apply()
        space = run.line_ids.facility_id
        self.assertEqual((space.name, space.zip), ("Fab Lab", "BS1 6AA"))
        self.assertEqual(space.source_extra, {"Notiz": "kind people"})

    def test_the_same_headers_are_offered_what_was_said_before(self):
        profile = self.matched().profile_id
        self.assertEqual(self.start(TABLE.replace(b"Fab Lab", b"Other")).profile_id, profile)
        self.assertEqual(self.start(workbook(["PLZ", "betrieb", "Notiz", "Lng", "Lat"], ["BS1"])).profile_id, profile)
        self.assertFalse(self.start(b"Betrieb,Ort\nA,B\n").profile_id)

    def test_other_columns_make_the_preview_untrue(self):
        run = self.matched()
        run.action_preview()
        run.action_match_columns()
        self.assertEqual((run.state, len(run.line_ids)), ("draft", 0))

    def test_two_columns_cannot_mean_the_same(self):
        lines = self.matched().profile_id.line_ids
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            lines[1].column = "name"

    def test_a_profile_is_used_by_all_and_changed_by_its_author(self):
        profile = self.matched().profile_id
        other = self.user("mapping_other", "wcm_mapping.group_mapping_user")
        self.assertEqual(self.start(user=other).profile_id, profile)
        self.assertFalse(profile.with_user(other).has_access("write"))
        self.assertFalse(profile.line_ids.with_user(other).has_access("write"))
