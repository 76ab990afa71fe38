"""Run a program and, when it fails, keep what it said and tell where to read it."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from .layout import LOGS
from .say import Stop

_FULL = 50 * 1024**2
Command = Sequence[str | Path]


def output(command: Command, env: Mapping[str, str] | None = None, cwd: Path | None = None) -> str:
    """Standard output of a command that must succeed."""
    done = subprocess.run(
        [*map(str, command)],
        env={**os.environ, **(env or {})},
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Stop(f"{Path(str(command[0])).name} failed: {last_line(done.stderr or done.stdout)}")
    return done.stdout


def logged(command: Command, log: str, remedy: str, env: Mapping[str, str] | None = None, cwd: Path | None = None) -> None:
    """Run a long command with its output in a log file; say the remedy when it fails."""
    LOGS.mkdir(parents=True, exist_ok=True)
    path = LOGS / log
    with path.open("w") as handle:
        code = subprocess.run(
            [*map(str, command)],
            env={**os.environ, **(env or {})},
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=handle,
            stderr=subprocess.STDOUT,
            check=False,
        ).returncode
    if code:
        refuse_full_disk()
        told = last_line(path.read_text(errors="replace"))
        raise Stop(f"{remedy} (exit {code}: {told}; all of it: {path})")


def refuse_full_disk() -> None:
    """A full disk makes programs fail in many words; this says it in one line."""
    disk = os.statvfs(LOGS)
    if disk.f_bavail * disk.f_frsize < _FULL:
        raise Stop(f"The disk of {LOGS.parent} is full. Remedy: free some, or set WCM_RUNTIME to a folder on another disk.")


def last_line(text: str) -> str:
    """The line that most likely says why: an error if there is one, else the last."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith(("E:", "error", "Error", "×"))]
    return (errors or lines or ["it said nothing"])[-1][:300]
