"""Where everything lives. One runtime folder holds all that is made; two of them know nothing of each other."""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .say import Stop, say

ROOT = Path(__file__).resolve().parents[2]
ADDONS = ROOT / "addons"
OUR_ADDONS = ("wcm_mapping", "wcm_network", "wcm_qc")
RUNTIME = Path(os.environ.get("WCM_RUNTIME") or ROOT / ".runtime").expanduser().resolve()
DEBS = RUNTIME / "debs"
WHEELS = RUNTIME / "wheels"
VENV = RUNTIME / "venv"
PYTHON = VENV / "bin" / "python"
CONF = RUNTIME / "conf"
LOGS = RUNTIME / "log"
DATA = RUNTIME / "data"
FILESTORE = DATA / "filestore"
NEEDED_BYTES = 4 * 1024**3


def runtime_key() -> str:
    """Short and the same for the same folder: tells two runtimes on one machine apart."""
    return hashlib.sha256(str(RUNTIME).encode()).hexdigest()[:10]


def make_runtime() -> None:
    """Make the runtime folder; stop early when the disk could not hold what follows."""
    for folder in (RUNTIME, WHEELS, CONF, LOGS, DATA, FILESTORE):
        folder.mkdir(parents=True, exist_ok=True)
    disk = os.statvfs(RUNTIME)
    free = disk.f_bavail * disk.f_frsize
    if not PYTHON.exists() and free < NEEDED_BYTES:
        raise Stop(
            f"The disk of {RUNTIME} has {free / 1024**3:.1f} GiB free; 4 GiB are needed. "
            "Remedy: free some, or set WCM_RUNTIME to a folder on another disk."
        )


@contextmanager
def locked(name: str = "setup") -> Iterator[None]:
    """One at a time: a second `make` in the same runtime waits for the first."""
    RUNTIME.mkdir(parents=True, exist_ok=True)
    with (RUNTIME / f"{name}.lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("another run is setting up this runtime; waiting for it")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
