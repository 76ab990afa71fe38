"""LibreOffice's spreadsheet without a screen, for the test that opens our workbooks in it; nothing of it is installed.

Its packages and those that it depends on and this machine has not, as apt works them out for this machine's own Debian
(89 MB on a bare Debian 12), are unpacked into the runtime folder. One that is there already, in the path or named in
WCM_SOFFICE, is used instead.
"""

import os
import shutil
from pathlib import Path

from .debian import PrivateApt, unpack, verify
from .layout import RUNTIME
from .say import Stop, step

PACKAGE = "libreoffice-calc-nogui"
TREE = RUNTIME / "libreoffice"
OFFICE = TREE / "usr/lib/libreoffice"
# Where Debian's package looks for what is now below the runtime folder; Debian 12 names both, 13 the first.
MOVED = {"file:///usr/lib/libreoffice": "${ORIGIN}/..", "file:///etc/libreoffice/registry": "${BRAND_BASE_DIR}/share/registry"}
LIBRARIES = ("lapack", "blas", "")
UNUSED = ("./usr/share/doc/*", "./usr/share/man/*", "./usr/lib/libreoffice/share/gallery/*", "./usr/lib/libreoffice/share/template/*")


def environment() -> dict[str, str]:
    """Where the test finds it: empty where it was not fetched."""
    if installed := os.environ.get("WCM_SOFFICE") or shutil.which("soffice"):
        return {"WCM_SOFFICE": installed}
    if not OFFICE.exists():
        return {}
    folders = [OFFICE / "program", *(folder / name for folder in TREE.glob("usr/lib/*-linux-gnu*") for name in LIBRARIES)]
    return {"WCM_SOFFICE": str(OFFICE / "program/soffice.bin"), "WCM_SOFFICE_LIBRARIES": ":".join(map(str, folders))}


def fetch() -> None:
    """Download, check and unpack beside, then rename: the folder exists only when it is whole."""
    if environment():
        return
    if not shutil.which("apt-get"):
        raise Stop("LibreOffice is missing, and no apt here. Remedy: install it, or name its program soffice in WCM_SOFFICE.")
    part, debs = RUNTIME / "libreoffice.part", RUNTIME / "libreoffice.debs"
    for folder in (part, debs):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
    with step("LibreOffice's spreadsheet from the Debian archive, unpacked for a test (some 90 MB)"):
        _download(debs)
        for deb in sorted(debs.glob("*.deb")):
            unpack(deb, part, UNUSED)
        _move(part)
        shutil.rmtree(debs)
        part.rename(TREE)


def _download(into: Path) -> None:
    apt = PrivateApt("apt-own", (own_suite(),), Path("/var/lib/dpkg/status"))
    apt.update()
    names = apt.missing_for(PACKAGE)
    if not names:
        raise Stop(f"{PACKAGE} is installed, but its program is not in the path. Remedy: name it in WCM_SOFFICE.")
    apt.download(names, into)
    verify(into, apt.checksums(names))


def own_suite() -> str:
    """The name of this machine's Debian: its libraries are what LibreOffice runs on."""
    release = dict(line.split("=", 1) for line in Path("/etc/os-release").read_text().splitlines() if "=" in line)
    return release.get("VERSION_CODENAME", "stable").strip('"')


def _move(tree: Path) -> None:
    """Addresses and links that begin at the root begin at the tree."""
    program = tree / "usr/lib/libreoffice/program"
    for file in program.glob("*rc"):
        text = file.read_text()
        for here, there in MOVED.items():
            text = text.replace(here, there)
        file.write_text(text)
    for link in [path for path in tree.rglob("*") if path.is_symlink()]:
        target = tree / str(link.readlink()).lstrip("/")
        if link.readlink().is_absolute() and target.exists():
            link.unlink()
            link.symlink_to(os.path.relpath(target, link.parent))
    _install_settings(tree / "usr/lib/libreoffice/share")


def _install_settings(share: Path) -> None:
    """As the package's own script does when it is installed; Debian 13 has links where they go."""
    for file in (share / ".registry").rglob("*.xcd"):
        place = share / "registry" / file.relative_to(share / ".registry")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.unlink(missing_ok=True)
        shutil.copy(file, place)
