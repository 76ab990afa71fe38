from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from evidence import FORMAT, pdf, write_pack


def sealed_history(*steps: str) -> list[dict[str, str]]:
    history: list[dict[str, str]] = []
    for step in steps:
        text = json.dumps({"biz_step": step, "previous_hash": history[-1]["hash"] if history else None}, sort_keys=True)
        history.append({"step": step, "sealed": text, "hash": hashlib.sha256(text.encode()).hexdigest()})
    return history


def part(number: int) -> dict[str, Any]:
    line = {"checkpoint": "Thickness <18>", "limits": "17.5 – 18.5 mm", "found": "18.1", "verdict": "Pass", "photo": "photos/check 1.jpg", "by": "Zofia Łoś", "instrument": "Caliper 1, S-1; C-1 of 2026-01-02, due 2027-01-02", "person": "", "competence": ""}
    check = {"stage": "Final", "name": "INS/00001", "verdict": "Passed", "closed_on": "2026-05-02 10:00:00", "inspector": "Zofia Łoś", "witness": "Witnessed by Ms Field", "lines": [line]}
    return {
        "serial": f"KW-{number:04d}", "component": "[W-1] Wall block", "quality": "Passed", "state": "Made", "not_inspected": "",
        "facts": {"Made by": "Alder Works"}, "checks": [check], "files": ["photos/check 1.jpg"], "history": sealed_history("commissioning", "assembling"),
    }


def content(parts: int = 3) -> dict[str, Any]:
    return {
        "format": FORMAT, "home": "Home 7", "site": "Knowle West", "network": "WeCanMake", "written_on": "2026-11-23 10:00:00 UTC",
        "figures": {"Parts": parts}, "signed": {"name": "Quinn", "role": "Quality lead", "on": "2026-11-23"},
        "not_inspected": [{"serial": "KW-0001", "reason": "no control plan covers it"}],
        "nonconformities": [{"name": "NC/0001", "title": "Too thick", "outcome": "Rework", "decided_by": "Quinn", "is_open": False}],
        "instruments": [{"name": "Caliper 1", "serial": "S-1", "number": "C-1", "laboratory": "Lab", "calibrated_on": "2026-01-02", "due_on": "2027-01-02"}],
        "competences": [], "without_instrument": [{"plan": "Wall block", "checkpoint": "Width", "parts": ["KW-0001"]}], "in_doubt": [],
        "samples": [], "sheet_lots": [], "files": ["photos/check 1.jpg"], "parts": [part(number) for number in range(1, parts + 1)],
    }


def packed(told: dict[str, Any]) -> bytes:
    target = io.BytesIO()
    write_pack(target, told, b"%PDF", b"PK", [("photos/check 1.jpg", b"picture")])
    return target.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    zipfile.ZipFile(io.BytesIO(packed(content()))).extractall(tmp_path)
    return tmp_path


def verified(folder: Path) -> tuple[int, str]:
    """By the program in the pack, with nothing but Python."""
    run = subprocess.run([sys.executable, "-I", str(folder / "verify.py")], capture_output=True, text=True, check=False)
    return run.returncode, run.stdout


def seal_again(folder: Path) -> None:
    """What somebody does who changes a file and knows about the sums."""
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file() and path.name != "SHA256SUMS")
    (folder / "SHA256SUMS").write_text("".join(f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names))


def test_a_pack_that_nobody_touched_is_as_it_was_written(folder: Path) -> None:
    assert verified(folder) == (0, "All of it is as it was written.\n")
    assert {path.name for path in folder.iterdir()} == {"README.txt", "SHA256SUMS", "evidence.json", "evidence.pdf", "evidence.xlsx", "files", "verify.py"}


def test_the_same_evidence_gives_the_same_bytes() -> None:
    assert packed(content()) == packed(content())
    assert pdf(content(), "ab") == pdf(content(), "ab")


def test_every_change_is_found(folder: Path) -> None:
    (folder / "files" / "photos" / "check 1.jpg").write_bytes(b"another picture")
    (folder / "added.txt").write_text("more")
    (folder / "evidence.pdf").unlink()
    code, told = verified(folder)
    assert code == 1
    assert told.splitlines() == ["evidence.pdf: is missing", "added.txt: was added afterwards", "files/photos/check 1.jpg: was changed", "3 problems"]


def test_a_history_that_was_rewritten_is_found_though_the_sums_fit(folder: Path) -> None:
    told = json.loads((folder / "evidence.json").read_text())
    told["parts"][1]["history"][0]["sealed"] = told["parts"][1]["history"][0]["sealed"].replace("commissioning", "assembling")
    (folder / "evidence.json").write_text(json.dumps(told))
    seal_again(folder)
    assert verified(folder) == (1, "KW-0002: step 1 of its history does not follow from the one before\n1 problems\n")


def test_a_step_that_was_taken_out_is_found(folder: Path) -> None:
    told = json.loads((folder / "evidence.json").read_text())
    del told["parts"][0]["history"][0]
    (folder / "evidence.json").write_text(json.dumps(told))
    seal_again(folder)
    assert "KW-0001: step 1" in verified(folder)[1]


def test_a_file_that_the_evidence_names_has_to_be_there(folder: Path) -> None:
    (folder / "files" / "photos" / "check 1.jpg").unlink()
    seal_again(folder)
    assert "evidence.json names it, and it is missing" in verified(folder)[1]


def test_what_is_no_pack_is_told_in_words(tmp_path: Path, folder: Path) -> None:
    (folder / "evidence.json").write_text("{")
    assert verified(folder)[1].startswith("This is no evidence pack, or it is damaged")


def test_the_pages_have_an_index_with_the_page_of_each_part() -> None:
    pages = pdf(content(60), "ab" * 32)
    assert pages.startswith(b"%PDF")
    assert pages.count(b"/Title (KW-00") == 60  # a bookmark for each
    assert pages.count(b"/Subtype /Link") >= 60  # the index leads there
