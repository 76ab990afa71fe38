"""Check an evidence pack: `python3 verify.py [FOLDER]`, by default the folder of this file. Needs Python 3 and nothing else.

Every file has the SHA-256 that SHA256SUMS says, none is missing and none was added; every file that evidence.json names
is there; and the history of each part follows from itself: each step carries the SHA-256 of the one before.
Exit code 0 when all of it holds, 1 with a line for each thing that does not.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SUMS = "SHA256SUMS"


def problems(folder: Path) -> Iterator[str]:
    """One sentence for each thing that is wrong."""
    sums = _sums(folder)
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {SUMS}
    yield from (f"{name}: is missing" for name in sorted(sums.keys() - found))
    yield from (f"{name}: was added afterwards" for name in sorted(found - sums.keys()))
    yield from (f"{name}: was changed" for name in sorted(found & sums.keys()) if _sha256(folder / name) != sums[name])
    yield from _problems_of(json.loads((folder / "evidence.json").read_text(encoding="utf-8")), found)


def _sums(folder: Path) -> dict[str, str]:
    lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    return {name: number for number, _space, name in (line.partition("  ") for line in lines)}


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _problems_of(content: dict[str, Any], found: set[str]) -> Iterator[str]:
    named = {name for part in content["parts"] for name in part["files"]} | set(content["files"])
    yield from (f"files/{name}: evidence.json names it, and it is missing" for name in sorted(named) if f"files/{name}" not in found)
    for part in content["parts"]:
        yield from _broken(part)


def _broken(part: dict[str, Any]) -> Iterator[str]:
    previous = None
    for number, step in enumerate(part["history"], 1):
        sealed = json.loads(step["sealed"])
        if hashlib.sha256(step["sealed"].encode()).hexdigest() != step["hash"] or sealed["previous_hash"] != previous:
            yield f"{part['serial']}: step {number} of its history does not follow from the one before"
            return
        previous = step["hash"]


def main(arguments: list[str]) -> int:
    """Print what is wrong; the exit code."""
    folder = Path(arguments[0]) if arguments else Path(__file__).resolve().parent
    try:
        wrong = list(problems(folder))
    except (OSError, ValueError, KeyError) as error:
        wrong = [f"This is no evidence pack, or it is damaged: {error!r}"]
    last = f"{len(wrong)} problems" if wrong else "All of it is as it was written."
    sys.stdout.write("\n".join([*wrong, last]) + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
