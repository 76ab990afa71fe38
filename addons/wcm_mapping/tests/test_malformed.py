"""Files that no honest program writes: each gives rows with reasons, or one clear error, and nothing else."""

import io
import json
import random
import zipfile
from itertools import pairwise

from openpyxl import Workbook

from odoo.tests import BaseCase, tagged

from .. import readers

KINDS = ("okw", "gogocarto", "csv")
ODD_TEXTS = (
    "",
    " ",
    "\x00",
    "\ud800",
    "\u202e",
    "ﷺ" * 50,
    "=1+1",
    "nan",
    "inf",
    "1e999",
    "-0",
    "0x10",
    "51,4,5",
    "north",
    "'; DROP TABLE x",
    "<b>",
    "a" * 70_000,
)
ODD_VALUES = (
    None,
    True,
    -1,
    10**400,
    1e308,
    float("nan"),
    [],
    [[]],
    {},
    {"": {"": []}},
    [None, {"a": [1]}],
    *ODD_TEXTS,
)
FIELDS = ("id", "name", "title", "geo", "address", "latitude", "longitude", "status", "moderationState", "email")
FIELDS += ("openHours", "categories", "createdAt", "@id", "location", "facility", "gps_coordinates", "website", "data")
WHOLE = {
    "okw": b'[{"name": "Fab Lab", "id": "1", "location": {"gps_coordinates": "51.4, -2.5"}, "x": ["y", 1.5]}]',
    "gogocarto": b'{"licence": "ODbL", "mapping": ["name"], "data": [["1", ["Fab Lab"], 51.4, -2.5, [1], 1, 0]]}',
    "csv": b'name;latitude;longitude;note\r\n"Fab ""Lab""";51,4;-2,5;"two\nlines"\r\n',
}
BY_HAND = (
    b"",
    b"\x00",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xff\xfe\x00",
    b"\xfe\xff\xd8\x00",
    b"null",
    b"true",
    b"0",
    b'""',
    b"[]",
    b"{}",
    b"[[]]",
    b"[{}]",
    b"[null]",
    b"{",
    b"}",
    b'{"data": null}',
    b'{"data": 7}',
    b'{"data": {}}',
    b'{"data": [[[[]]]]}',
    b'{"@graph": "x"}',
    b'{"mapping": {}, "data": [["a", {}, [], {}]]}',
    b'{"mapping": [[], []], "data": [["a", ["b"], 1, 2]]}',
    b'[{"name": {"a": {"b": "c"}}}]',
    b'[{"name": ["a", {"b": 1}]}]',
    b'{"name": NaN, "lat": Infinity}',
    b"[" * 50_000,
    b'{"a":' * 50_000,
    b"9" * 10_000,
    b"- " * 5_000,
    b"a: &a [*a, *a]",
    b"!!python/object/apply:os.system ['true']",
    b"? {a: b}\n: c",
    b"name: 2020-99-99",
    b"name: 0o9",
    b"%YAML 9.9\n---\na",
    b"a: b: c",
    b"\tname: x",
    b"name",
    b"name\n\n\n",
    b"name,name\na,b",
    b",,,\n,,,",
    b'"name',
    b"name\n" + b"x" * 200_000,
    b"name" + b",x" * 5_000 + b"\nA",
    b"PK\x03\x04",
    b"PK\x03\x04" + b"\x00" * 100,
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"%PDF-1.7",
    b"GIF89a",
    b"<?xml version='1.0'?><a/>",
    b"\x1f\x8b\x08\x00",
)


@tagged("post_install", "-at_install")
class TestMalformed(BaseCase):
    """The dice are the same each time."""

    def assert_told(self, kind, content):
        """Rows, each usable or with a reason, or one error in words; what is kept can be stored as JSON."""
        try:
            rows = readers.read(kind, content)
        except readers.ReadError as error:
            self.assertTrue(str(error).strip())
            return
        for row in rows:
            self.assertTrue(row.name or row.error)
            kept = json.dumps(row.extra, allow_nan=False)
            self.assertNotIn("\\u0000", kept)
            self.assertFalse([c for c in row.name + row.city if "\ud800" <= c <= "\udfff" or c == "\x00"])

    def each(self, contents):
        for number, (kind, content) in enumerate(contents):
            with self.subTest(number=number, kind=kind, content=content[:80]):
                self.assert_told(kind, content)

    def test_files_made_by_hand(self):
        self.each((kind, content) for kind in KINDS for content in BY_HAND)

    def test_whole_files_cut_short(self):
        self.each((kind, whole[:end]) for kind, whole in WHOLE.items() for end in range(len(whole)))

    def test_whole_files_with_bytes_changed(self):
        dice = random.Random(1)
        self.each((kind, self.damaged(WHOLE[kind], dice)) for kind in KINDS for _time in range(150))

    def test_records_with_odd_values_in_every_field(self):
        for kind in ("okw", "gogocarto"):
            records = [{"name": "A", field: value} for field in FIELDS for value in ODD_VALUES]
            self.each((kind, json.dumps(record).encode("utf-8", "surrogatepass")) for record in records)

    def test_odd_cells_in_every_column(self):
        rows = [[f, *t] for f in ("name", "lat", "zip", "website") for t in pairwise(ODD_TEXTS)]
        self.each(("csv", "\n".join(row).encode("utf-8", "surrogatepass")) for row in rows)

    def test_workbooks_that_are_broken(self):
        whole = self.workbook()
        dice = random.Random(2)
        contents = [self.damaged(whole, dice) for _time in range(40)]
        contents += [whole[:end] for end in range(4, len(whole), len(whole) // 20)]
        contents += [self.without_part(whole, name) for name in zipfile.ZipFile(io.BytesIO(whole)).namelist()]
        self.each((kind, content) for kind in ("csv", "gogocarto") for content in contents)

    def damaged(self, content, dice):
        """A few bytes changed, lost or doubled."""
        data = bytearray(content)
        for _time in range(dice.randint(1, 6)):
            at = dice.randrange(len(data))
            data[at : at + dice.randint(0, 3)] = dice.randbytes(dice.randint(0, 3))
        return bytes(data)

    def workbook(self):
        book = Workbook()
        book.active.append(["name", "latitude", "longitude"])
        book.active.append(["Fab Lab", 51.4, -2.5])
        content = io.BytesIO()
        book.save(content)
        return content.getvalue()

    def without_part(self, content, name):
        """The workbook with nonsense where one of its parts was."""
        found = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(found, "w") as new:
            for part in old.namelist():
                new.writestr(part, b"<nonsense" if part == name else old.read(part))
        return found.getvalue()
