"""Pack the unpacked Odoo into a wheel, so that pip and OCA's packages see an ordinary `odoo`."""

import base64
import hashlib
import os
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

from .layout import RUNTIME, WHEELS
from .odoo_download import unpacked_odoo
from .say import step

VERSION = "19.0.0+dfsg1"  # a local version: it satisfies `odoo==19.0.*`
WHEEL = WHEELS / f"odoo-{VERSION}-py3-none-any.whl"
INFO = f"odoo-{VERSION}.dist-info"
KEPT_LANGUAGE = "en_GB.po"  # translations are 835 MB of 1.2 GB; ours is an English-language network
# The one file that Debian removes although a manifest names it.
EMPTY_FILES = ("odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js",)


def build_wheel() -> None:
    """Make the wheel once; the checksum beside it is written last and proves that it is whole."""
    proof = WHEEL.with_suffix(".sha256")
    if WHEEL.exists() and proof.exists() and proof.read_text() == _sha256(WHEEL):
        return
    packages = unpacked_odoo()
    with step("Packing the Odoo wheel"):
        part = WHEEL.with_suffix(".part")
        _pack(packages, part)
        part.rename(WHEEL)
        proof.write_text(_sha256(WHEEL))
    shutil.rmtree(RUNTIME / "unpacked", ignore_errors=True)


def _sha256(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _pack(packages: Path, wheel: Path) -> None:
    record: list[str] = []
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for path in _files(packages / "odoo"):
            _add(archive, record, str(path.relative_to(packages)), path.read_bytes())
        for name in EMPTY_FILES:
            _add(archive, record, name, b"")
        _add(archive, record, f"{INFO}/METADATA", _metadata(packages).encode())
        _add(archive, record, f"{INFO}/WHEEL", b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        _add(archive, record, f"{INFO}/entry_points.txt", b"[console_scripts]\nodoo = odoo.cli:main\n")
        archive.writestr(f"{INFO}/RECORD", "\n".join([*record, f"{INFO}/RECORD,,", ""]))


def _add(archive: zipfile.ZipFile, record: list[str], name: str, content: bytes) -> None:
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
    archive.writestr(name, content)
    record.append(f"{name},sha256={digest},{len(content)}")


def _files(folder: Path) -> Iterator[Path]:
    """Every file worth keeping; links are followed, into what was unpacked beside it."""
    for place, _folders, names in os.walk(folder, followlinks=True):
        for name in sorted(names):
            path = Path(place) / name
            translation = path.parent.name == "i18n" and name.endswith(".po") and name != KEPT_LANGUAGE
            if not translation and path.exists() and str(path.relative_to(folder.parent)) not in EMPTY_FILES:
                yield path


def _metadata(packages: Path) -> str:
    """The package's own requirements; the binary psycopg2 needs no compiler."""
    told = next(packages.glob("odoo-*.egg-info")) / "PKG-INFO"
    needs = re.findall(r"^Requires-Dist: (?!.*extra ==).*$", told.read_text(), re.MULTILINE)
    lines = [re.sub(r"psycopg2\b(?!-)", "psycopg2-binary", need) for need in needs]
    return "\n".join(["Metadata-Version: 2.1", "Name: odoo", f"Version: {VERSION}", *lines, ""])
