"""The zip: the evidence as JSON, PDF and spreadsheet, the files that it names, and what checks them all."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

FORMAT = 1
SUMS = "SHA256SUMS"
CHECKER = Path(__file__).with_name("verify.py")
TIME = (1980, 1, 1, 0, 0, 0)  # the same content gives the same bytes
READ_ME = """\
evidence.pdf    to read and to print
evidence.xlsx   the same as tables
evidence.json   the same for machines, with the whole history of each part
files/          drawings, photos and certificates that it names
SHA256SUMS      the SHA-256 of every file: `sha256sum -c SHA256SUMS`
verify.py       checks all of it with Python 3 alone: `python3 verify.py`
"""


def write_pack(target: BinaryIO, content: Mapping[str, Any], pages: bytes, tables: bytes, files: Iterable[tuple[str, bytes]]) -> None:
    """Write the zip.

    :param content: as README.md describes it; JSON can hold all of it
    :param pages: the PDF
    :param tables: the spreadsheet
    :param files: names below files/, and what is in them
    """
    told = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    fixed = {"README.txt": READ_ME.encode(), "evidence.json": told.encode(), "evidence.pdf": pages, "evidence.xlsx": tables, "verify.py": CHECKER.read_bytes()}
    sums: list[str] = []
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (*fixed.items(), *((f"files/{name}", data) for name, data in files)):
            archive.writestr(zipfile.ZipInfo(name, TIME), data, zipfile.ZIP_DEFLATED)
            sums.append(f"{hashlib.sha256(data).hexdigest()}  {name}\n")
        archive.writestr(zipfile.ZipInfo(SUMS, TIME), "".join(sums))
