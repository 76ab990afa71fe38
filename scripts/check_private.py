"""Nothing committed may know where it was made: no download addresses in the lock file, no build machine's paths."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# In pieces, so that this file does not accuse itself.
FORBIDDEN = {"/" + "work/": "a path of the machine it was made on", '"resolved"' + ":": "a registry's address"}


def main() -> int:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    problems = [
        f"{name}: holds {what} ({text})"
        for name in listed.stdout.decode().split("\0")
        if name and (ROOT / name).is_file()
        for text, what in FORBIDDEN.items()
        if text.encode() in (ROOT / name).read_bytes()
    ]
    print("\n".join(problems), end="\n" if problems else "")
    return 1 if problems else 0


sys.exit(main())
