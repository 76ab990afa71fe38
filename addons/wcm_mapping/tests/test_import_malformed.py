"""Files that no honest program writes, through the whole import into the database.

Each of them: no traceback, only words for the user; nothing half-written; a second time changes nothing.
The generated ones are the same in every run.
"""

import io
import json
import zipfile
from datetime import date, datetime, time, timedelta

import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import MappingCase
from .test_malformed import BY_HAND, WHOLE

HOST = "malformed.example"
WRITTEN = ("wcm.facility", "maintenance.equipment", "wcm.capability", "wcm.facility.import", "wcm.facility.import.line")
# What a person who has no use for a program's insides must never read.
INSIDES = ("Traceback", "psycopg", "Error:", "object at 0x", "btree", "NoneType", "SELECT ", "0x7f")
FIELDS = (
    "id",
    "@id",
    "name",
    "title",
    "geo",
    "address",
    "location",
    "latitude",
    "longitude",
    "gps_coordinates",
    "country",
    "zip",
    "status",
    "moderationState",
    "access_type",
    "organisation_type",
    "opening_hours",
    "openHours",
    "website",
    "email",
    "description",
    "kit",
    "equipment",
    "categories",
    "categoriesFull",
    "manufacturing_processes",
    "materials",
    "licence",
    "location_precision",
    "x",
)
TEXTS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        (
            "Fab Lab",
            "51.45",
            "-2.6",
            "51,45",
            "999",
            "nan",
            "-inf",
            "1e999",
            "GB",
            "BS1 6AA",
            "<script>alert(1)</script>",
            "=HYPERLINK(1)",
            "\u202eدكان",
            "🏭" * 40,
            "x" * 3_000,
            "\x00\x07",
            "'; DROP TABLE wcm_facility; --",
            "%(name)s {0} %s",
            "joinery",
            "Small or medium company",
        )
    ),
)
NUMBERS = st.one_of(st.integers(-(10**30), 10**30), st.floats(), st.booleans(), st.none())
VALUES = st.recursive(
    st.one_of(TEXTS, NUMBERS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.one_of(st.sampled_from(FIELDS), TEXTS), inner, max_size=3)
    ),
    max_leaves=6,
)
RECORDS = st.lists(
    st.one_of(st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=8), VALUES), min_size=1, max_size=4
)
# Records that are almost right: one field of a good one is anything.
GOOD = {"name": "Fab Lab", "id": "1", "latitude": 51.45, "longitude": -2.6, "country": "GB", "zip": "BS1 6AA"}
ALMOST = st.builds(lambda field, value: [{**GOOD, field: value}], st.sampled_from(FIELDS), VALUES)
CELLS = st.lists(st.lists(TEXTS, min_size=1, max_size=6), min_size=1, max_size=5)


def workbook(*rows, merge=None):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if merge:
        book.active.merge_cells(merge)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def zip_bomb():
    """A workbook of half a megabyte whose sheet unfolds into more than 300."""
    found, block = io.BytesIO(), b"\x00" * 10_000_000
    with (
        zipfile.ZipFile(io.BytesIO(workbook(["name"], ["A"]))) as old,
        zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for part in old.namelist():
            with new.open(part, "w", force_zip64=True) as file:
                for _time in range(31 if "sheet1" in part else 0):
                    file.write(block)
    return found.getvalue()


def nested(depth):
    return b'[{"name":"A","x":' + b'{"a":' * depth + b"1" + b"}" * depth + b"}]"


def good(**values):
    return json.dumps([{**GOOD, **values}]).encode("utf-8", "surrogatepass")


def table(*lines):
    return "\n".join(lines).encode("utf-8", "surrogatepass")


HEADER = "name,id,latitude,longitude,zip,country"
BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{b}: &{b} [*{a},*{a},*{a},*{a},*{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
FILES = [
    *(("okw", content) for content in (nested(50), nested(1_000), nested(20_000), BOMB.encode(), b"- name: A\n  name: B\n")),
    *(("okw", content) for content in (b'[{"name": "A", "name": "B", "id": "1"}]', b"name: &x A\nid: *x\n", b"<<: {name: A}\n")),
    *(("okw", content) for content in (b'[{"name": "A", "latitude": NaN, "longitude": Infinity}]', b"name: .nan\nid: .inf\n")),
    *(("okw", good(id="1" * size)) for size in (200, 3_000, 100_000)),
    *(("okw", good(name="n" * size)) for size in (300, 3_000, 1_000_000)),
    *(("okw", good(zip="B" * 5_000, city="c" * 5_000, website=f"https://a.example/{'w' * 9_000}", email="@" * 900)),),
    *(("okw", good(description="<script>alert(1)</script>" * 5_000)), ("okw", good(name="<b>x</b>{{ 7*7 }}${7*7}"))),
    *(("okw", good(name=name)) for name in ("‮ecaps", "مصنع", "🏭🏭", "\u200b", "\u0000", "A\ud800B", " ", "%s %(x)s {x}")),
    *(("okw", good(**{field: value})) for field in ("latitude", "longitude") for value in (1e308, 91, "51°27'N", [51], {"a": 1}, True)),
    *(("okw", good(id=value)) for value in (0, 1.5, True, [1], {"a": 1}, "\x00", 10**300)),
    *(("okw", good(country=value)) for value in ("Atlantis", 44, ["GB"], {"code": "GB"}, "gb " * 100)),
    *(("okw", good(equipment=value)) for value in ("laser", [1], [{}], [{"name": {"a": []}}], [{"name": "M", "quantity": -1}])),
    ("okw", good(equipment=[{"name": "M", "quantity": 10**30, "x_travel": -5, "power_rating": 1e300, "condition": "broken"}])),
    ("okw", good(categories=["x" * 500, None, {"a": 1}, [], 7, ""] * 50)),
    ("okw", json.dumps([GOOD, GOOD, {**GOOD, "name": "B"}, None, 7, []]).encode()),
    ("okw", json.dumps([GOOD]).encode("utf-16")),
    ("okw", json.dumps([GOOD]).encode("utf-32")),
    ("okw", b"\xef\xbb\xbf" + json.dumps([{**GOOD, "city": "Zürich"}], ensure_ascii=False).encode()),
    ("okw", json.dumps([{**GOOD, "city": "Zürich"}], ensure_ascii=False).encode("cp1252")),
    ("okw", json.dumps([GOOD]).encode()[:-9]),
    ("okw", b"\x00".join(bytes([byte]) for byte in json.dumps([GOOD]).encode())),
    ("okw", json.dumps({"type": "FeatureCollection", "features": [{"type": "Feature", "properties": GOOD, "geometry": {"type": "Point", "coordinates": ["x", None]}}]}).encode()),
    ("okw", json.dumps({"ManufacturingFacility": [GOOD, 7, {"resource_id": []}], "Address": [None, {"address_id": {}}]}).encode()),
    ("okw", json.dumps({"ManufacturingFacility": [], "Contact": []}).encode()),
    ("gogocarto", json.dumps({"data": [{**GOOD, "status": 10**30, "moderationState": "x", "categories": {"a": 1}}]}).encode()),
    ("gogocarto", json.dumps({"mapping": ["name", "name"], "data": [["1", ["A", "B", "C"], 51, -2, {"x": 1}, [], {}]]}).encode()),
    ("gogocarto", json.dumps({"licence": {"a": [1]}, "data": [{**GOOD, "createdAt": "99/99/9999", "openHours": {"Mo": [1]}}]}).encode()),
    ("gogocarto", json.dumps({"data": [{"@id": {"a": 1}, "name": {"@value": {"b": 1}}, "geo": [51, -2]}]}).encode()),
    ("csv", table(",".join(["name", *(f"c{n}" for n in range(10_000))]), ",".join(["A", *("x" for _n in range(10_000))]))),
    ("csv", table(HEADER, f"{'m' * 1_000_000},1,51.45,-2.6,BS1 6AA,GB")),
    ("csv", table(HEADER, *["A,1,51.45,-2.6,BS1 6AA,GB"] * 30)),
    ("csv", table(HEADER, 'A,1,"51.45,-2.6,BS1 6AA,GB')),
    ("csv", table(HEADER, "A,1,51.45,-2.6,BS1 6AA,GB,too,many", ",,,,,", "B")),
    ("csv", table(HEADER, "=cmd|' /C calc'!A0,+1,@51,-2.6,\tBS1,GB")),
    ("csv", table(HEADER.replace("id", "name"), "A,B,51.45,-2.6,BS1 6AA,GB")),
    ("csv", table(HEADER, "A,1,51.45,-2.6,BS1 6AA,GB").replace(b"\n", b"\r")),
    ("csv", table(HEADER, "\u202eA,1,٥١,-2.6,BS1 6AA,GB", "🏭,2,51.45,-2.6,𝔅𝔖𝟙 𝟞𝔸𝔸,GB")),
    ("csv", workbook(["name", "id", "latitude", "longitude"], ['=CONCAT("a","b")', "=1+1", "=51", "#N/A"])),
    ("csv", workbook(["name", "id"], ["A", 1], [None, None], ["B", 2.0], merge="A2:A4")),
    ("csv", workbook(["name", "id", "when", "at", "for"], [datetime(2020, 2, 29, 12), date(2020, 1, 1), date(1900, 1, 1), time(3, 4), timedelta(days=3)])),
    ("csv", workbook(["name", "id"], [True, False], ["_x0000_", "_x001f_"], ["x" * 32_000, 1e300])),
    ("csv", workbook(["name"] + [None] * 600 + ["far"], ["A"] + [None] * 600 + ["x"])),
    ("csv", workbook([None], [None, "name"], ["A"])),
    ("csv", workbook()),
    ("csv", zip_bomb()),
]  # fmt: skip


def same_each_time(examples):
    """So many files, the same in every run."""
    return settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
        phases=[Phase.generate],
    )


@tagged("post_install", "-at_install")
class TestImportMalformed(MappingCase):
    def load(self, kind, content):
        imports = self.env["wcm.facility.import"].with_user(self.manager)
        run = imports._import_bytes(content, kind, HOST, "CC0", "Nobody", apply=True)
        self.env.flush_all()
        return run

    def counts(self):
        return [self.env[model].with_context(active_test=False).search_count([]) for model in WRITTEN]

    def assert_whole(self, kind, content):
        """Written or refused in words; what is written is whole, and written once."""
        before = self.counts()
        with self.env.cr.savepoint() as point:
            run = self.loaded_or_refused(kind, content, before)
            if run:
                self.assert_rows(run)
                self.assert_again_changes_nothing(kind, content, self.counts())
            point.rollback()
            self.env.invalidate_all(flush=False)

    def each(self, files):
        for kind, content in files:
            with self.subTest(kind=kind, content=content[:200]):
                self.assert_whole(kind, content)

    def loaded_or_refused(self, kind, content, before):
        try:
            with self.env.cr.savepoint():
                return self.load(kind, content)
        except UserError as error:
            self.assert_words(str(error))
        self.env.invalidate_all(flush=False)
        self.assertEqual(self.counts(), before, "refused, and yet something is written")
        return None

    def assert_rows(self, run):
        self.assertTrue(run.line_ids)
        self.assertEqual(run.state, "done")
        for line in run.line_ids:
            if line.outcome in ("error", "skip", "duplicate"):
                self.assert_words(line.reason)
            if line.outcome == "create":
                self.assertTrue(line.facility_id.name.strip(), "a space without a name")

    def assert_again_changes_nothing(self, kind, content, once):
        again = self.load(kind, content)
        self.assertEqual(self.counts()[:3], once[:3])
        self.assertEqual(
            (again.create_count, again.update_count, again.conflict_count), (0, 0, 0), again.line_ids.mapped("reason")
        )

    def assert_words(self, text):
        self.assertTrue(text and text.strip())
        self.assertFalse([inside for inside in INSIDES if inside in text], text[:300])
        self.assertLess(len(text), 700)

    def test_files_made_by_hand(self):
        self.each(FILES)

    def test_files_that_are_hardly_files(self):
        self.each((kind, content) for content in BY_HAND for kind in ("okw", "csv"))

    def test_whole_files_cut_short(self):
        self.each((kind, whole[:end]) for kind, whole in WHOLE.items() for end in range(1, len(whole), 9))

    @same_each_time(60)
    @given(records=ALMOST)
    def test_one_field_that_is_anything(self, records):
        self.assert_whole("okw", json.dumps(records).encode("utf-8", "surrogatepass"))

    @same_each_time(40)
    @given(records=RECORDS)
    def test_records_that_are_anything(self, records):
        self.assert_whole("okw", json.dumps(records).encode("utf-8", "surrogatepass"))

    @same_each_time(40)
    @given(records=st.one_of(ALMOST, RECORDS))
    def test_maps_that_are_anything(self, records):
        self.assert_whole("gogocarto", json.dumps({"data": records}).encode("utf-8", "surrogatepass"))

    @same_each_time(40)
    @given(records=RECORDS)
    def test_yaml_that_is_anything(self, records):
        self.assert_whole("okw", yaml.safe_dump(records, allow_unicode=True).encode("utf-8", "surrogatepass"))

    @same_each_time(50)
    @given(cells=CELLS, separator=st.sampled_from(",;\t|"))
    def test_tables_that_are_anything(self, cells, separator):
        lines = [separator.join(row) for row in cells]
        self.assert_whole("csv", table(separator.join(("name", "id", "latitude", "longitude", "zip")), *lines))

    @same_each_time(40)
    @given(content=st.binary(max_size=60), kind=st.sampled_from(("okw", "gogocarto", "csv")))
    def test_bytes_that_are_anything(self, content, kind):
        self.assert_whole(kind, content)
