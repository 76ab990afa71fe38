"""A workbook as LibreOffice has it: opened without a screen, every formula worked out anew, written in other formats."""

import csv
import io
import os
import subprocess
import tempfile
import zipfile
from pathlib import Path
from unittest import SkipTest

import openpyxl
from lxml import etree

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
# What LibreOffice ends with when it has made a new profile and wants to be started again.
AGAIN = 81
SECONDS = 120
# Comma, double quote, UTF-8, from the first row on; every sheet, numbers as they are and not as they look.
AS_CSV = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1'
WORKS_OUT_ANEW = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def cells(content):
    """{sheet: rows} of values as they are kept in a workbook."""
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}


def tables(content):
    """{name: range} of the tables of a workbook, as LibreOffice writes ranges."""
    found = [(sheet.title, table) for sheet in openpyxl.load_workbook(io.BytesIO(content)) for table in sheet.tables.values()]
    return {table.name: ":".join(f"{sheet}.{corner}" for corner in table.ref.split(":")) for sheet, table in found}


class Office:
    """LibreOffice with a profile of its own, which `make test` fetches (scripts/setup/libreoffice.py)."""

    def __init__(self):
        if not os.environ.get("WCM_SOFFICE"):
            raise SkipTest("LibreOffice is not here. Run make test once, which fetches it, or name its program in WCM_SOFFICE.")
        self._folder = tempfile.TemporaryDirectory(prefix="wcm-office-")
        self.path = Path(self._folder.name)
        (self.path / "profile/user").mkdir(parents=True)
        (self.path / "profile/user/registrymodifications.xcu").write_text(WORKS_OUT_ANEW)

    def close(self):
        self._folder.cleanup()

    def cells(self, content):
        """{sheet: rows} of a workbook, formulas as the values that LibreOffice finds."""
        [written] = self._converted(content, "xlsx")
        return cells(written.read_bytes())

    def as_csv(self, content):
        """{sheet: rows of text}, from LibreOffice's own writer of CSV."""
        sheets = openpyxl.load_workbook(io.BytesIO(content), read_only=True).sheetnames
        files = {path.stem.removeprefix("book-"): path for path in self._converted(content, AS_CSV)}
        return {name: list(csv.reader(io.StringIO(files[name].read_text(), newline=""))) for name in sheets}

    def tables(self, content):
        """{name: range} of the tables that LibreOffice found, such as Spend_table: Spend.A3:Spend.I104."""
        [written] = self._converted(content, "ods")
        with zipfile.ZipFile(written) as archive:
            found = etree.fromstring(archive.read("content.xml")).iter(f"{TABLE}database-range")
        return {table.get(f"{TABLE}name"): table.get(f"{TABLE}target-range-address").replace("$", "").replace("'", "") for table in found}

    def _converted(self, content, to):
        """Files that LibreOffice wrote, in a folder of their own."""
        folder = Path(tempfile.mkdtemp(dir=self.path))
        source, out = folder / "book.xlsx", folder / "out"
        source.write_bytes(content)
        done = self._run("--convert-to", to, "--outdir", str(out), str(source))
        if done.returncode == AGAIN:
            done = self._run("--convert-to", to, "--outdir", str(out), str(source))
        files = sorted(out.glob("*")) if out.exists() else []
        if done.returncode or not files:
            raise AssertionError(f"LibreOffice wrote nothing: {done.stdout}{done.stderr}")
        return files

    def _run(self, *arguments):
        libraries = [path for path in (os.environ.get("WCM_SOFFICE_LIBRARIES"), os.environ.get("LD_LIBRARY_PATH")) if path]
        environment = {**os.environ, "HOME": str(self.path), **({"LD_LIBRARY_PATH": ":".join(libraries)} if libraries else {})}
        command = [os.environ["WCM_SOFFICE"], "--headless", "--norestore", "--nologo", f"-env:UserInstallation={(self.path / 'profile').as_uri()}"]
        return subprocess.run([*command, *arguments], env=environment, capture_output=True, text=True, timeout=SECONDS, check=False)


class OpensInOffice:
    """For a test case: what LibreOffice makes of a workbook, by three ways out of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.office = Office()
        cls.addClassCleanup(cls.office.close)

    def assert_opens_in_office(self, content):
        """Every cell is the one in the file, every formula comes out as the value beside it, and the tables are its tables.

        :return: how many cells were compared
        """
        ours, theirs = cells(content), self.office.cells(content)
        self.assertEqual(list(theirs), list(ours))
        pairs = [
            (f"{name}, row {number}", value, found)
            for name, rows in ours.items()
            for number, (row, seen) in enumerate(zip(rows, theirs[name], strict=True), 1)
            for value, found in zip(row, seen, strict=True)
        ]
        for place, value, found in pairs:
            self._assert_same_cell(place, value, found)
        self.assertEqual(self.office.tables(content), tables(content))
        return len(pairs)

    def _assert_same_cell(self, place, value, found):
        if isinstance(value, (int, float)):
            self.assertIsInstance(found, (int, float), place)
            self.assertAlmostEqual(found, value, 6, place)
        else:
            self.assertEqual(found, value, place)
