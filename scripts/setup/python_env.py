"""The private Python environment: pinned packages, and Odoo either as our wheel or as WCM_ODOO names it."""

import hashlib
import os
import shutil
import sys
import sysconfig
from pathlib import Path

from .layout import ADDONS, PYTHON, ROOT, RUNTIME, VENV, WHEELS
from .odoo_wheel import VERSION, WHEEL, build_wheel
from .say import Stop, step
from .shell import logged

CONSTRAINTS = ROOT / "scripts" / "constraints.txt"
UV_VERSION = "0.13.9"
# Trust what the machine trusts, as apt and pip here do: a network may sign with an authority of its own.
UV = {"UV_SYSTEM_CERTS": "1", "UV_NO_PROGRESS": "1"}


def make_environment() -> None:
    """Build the environment anew when it is not whole or no longer what the pins say."""
    existing = existing_odoo()
    stamp = VENV / f".whole-{_fingerprint(existing)[:16]}"
    if stamp.exists():
        return
    if not existing:
        build_wheel()
    uv = _uv()
    with step("Python packages"):
        remedy = "The Python packages were not installed. Remedy: look at network and disk, then run again"
        logged([uv, "venv", "--clear", "--python", sys.executable, VENV], "uv.log", remedy)
        odoo = [] if existing else [WHEEL]
        logged([uv, "pip", "install", "--python", PYTHON, "--find-links", WHEELS, "-r", CONSTRAINTS, *odoo],
               "uv.log", remedy, env=UV)
        _link_existing(existing)
    with step("Planner, compiled"):
        remedy = "The planner was not compiled. Remedy: look at the log, then run again"
        logged([PYTHON, "-m", "planning.warm"], "planner.log", remedy, env={"PYTHONPATH": str(ADDONS / "wcm_network")})
    stamp.touch()


def make_tool_environment(home: Path, constraints: Path, title: str) -> None:
    """A small environment with pinned tools, apart from Odoo's: their needs would quarrel."""
    stamp = home / ".whole"
    wanted = f"{sys.version}\n{constraints.read_text()}"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    uv = _uv()
    with step(title):
        remedy = f"{title} were not installed. Remedy: look at the network, then run again"
        logged([uv, "venv", "--clear", "--python", sys.executable, home], "uv.log", remedy)
        logged([uv, "pip", "install", "--python", home / "bin" / "python", "-r", constraints],
               "uv.log", remedy, env=UV)
        stamp.write_text(wanted)


def existing_odoo() -> Path | None:
    """The Odoo 19 that WCM_ODOO names: a checkout, or any folder that holds the package `odoo`."""
    named = os.environ.get("WCM_ODOO")
    if not named:
        return None
    folder = Path(named).expanduser().resolve()
    release = folder / "odoo" / "release.py"
    if not release.is_file() or "version_info = (19," not in release.read_text():
        raise Stop(f"WCM_ODOO is {folder}, which holds no odoo/release.py of Odoo 19. Remedy: name its checkout, or unset it.")
    return folder


def _fingerprint(existing: Path | None) -> str:
    source = f"{existing or VERSION} {sys.version} {CONSTRAINTS.read_text()}"
    return hashlib.sha256(source.encode()).hexdigest()


def _link_existing(existing: Path | None) -> None:
    if existing:
        site = sysconfig.get_path("purelib", "venv", vars={"base": str(VENV), "platbase": str(VENV)})
        Path(site, "wcm_odoo.pth").write_text(f"{existing}\n")


def _uv() -> Path:
    """uv of our own, made by pip in a small environment beside the real one."""
    home = RUNTIME / "uv"
    uv = home / "bin" / "uv"
    stamp = home / ".whole"
    if stamp.exists() and stamp.read_text() == UV_VERSION:
        return uv
    shutil.rmtree(home, ignore_errors=True)
    with step("uv"):
        remedy = "uv was not installed. Remedy: look at the network, then run again"
        logged([sys.executable, "-m", "venv", home], "uv.log", remedy)
        logged([home / "bin" / "pip", "install", "-q", f"uv=={UV_VERSION}"], "uv.log", remedy)
        stamp.write_text(UV_VERSION)
    return uv
