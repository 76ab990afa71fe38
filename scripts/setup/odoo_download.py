"""Odoo 19 from Debian's unstable suite, unpacked into the runtime folder and nowhere else."""

import shutil
from pathlib import Path

from .debian import PrivateApt, unpack, verify
from .layout import DEBS, RUNTIME
from .say import Stop, say, step

TESTED = "19.0.0+dfsg-1"
TESTED_SHA256 = "9d2f598b0555db17e291d48ed24df184c70823c053c4c5ed53c467ca7f629bbf"
# Odoo's package links to these. Unstable's Font Awesome no longer has the files, so the stable one is taken.
FROM_UNSTABLE = ("libjs-jquery", "libjs-jquery-form", "libjs-underscore", "fonts-montserrat")
# Two thirds of the package are translations; writing them only to drop them later costs a slow disk a minute.
OTHER_LANGUAGES = ("*/i18n/[!e]*.po", "*/i18n/e[!n]*.po")
FROM_STABLE = (
    "fonts-font-awesome",
    "fonts-inconsolata",
    "fonts-ocr-b",
    "fonts-roboto-unhinted",
    "fonts-glyphicons-halflings",
)


def unpacked_odoo() -> Path:
    """The folder that holds the unpacked `odoo` package; downloads what is not there yet."""
    _download()
    tree = RUNTIME / "unpacked"
    with step("Unpacking Odoo"):
        shutil.rmtree(tree, ignore_errors=True)
        tree.mkdir()
        for deb in sorted(DEBS.glob("*.deb")):
            unpack(deb, tree, OTHER_LANGUAGES)
    return tree / "usr/lib/python3/dist-packages"


def _download() -> None:
    """Fetch into a folder beside, check, then rename: `debs` exists only when it is whole."""
    if DEBS.exists():
        return
    part = RUNTIME / "debs.part"
    part.mkdir(exist_ok=True)
    with step("Odoo 19 from the Debian archive (132 MB)"):
        apt = PrivateApt("apt", ("unstable", "stable"))
        apt.update()
        version = _newest_19(apt)
        names = [f"odoo-19={version}", *(f"{name}/unstable" for name in FROM_UNSTABLE)]
        names += [f"{name}/stable" for name in FROM_STABLE]
        apt.download(names, part)
        known = apt.checksums(names)
        verify(part, known & {TESTED_SHA256} if version == TESTED else known, "odoo-19_*.deb")
        verify(part, known, "*.deb")
        part.rename(DEBS)


def _newest_19(apt: PrivateApt) -> str:
    """The archive keeps only its newest revision: take the 19.0 that it offers, and say when it is another."""
    offered = [version for version in apt.versions("odoo-19") if version.startswith("19.0")]
    if not offered:
        raise Stop(
            "The Debian archive has no Odoo 19.0 now. Remedy: set WCM_ODOO to a checkout of Odoo's 19.0 branch, "
            "or use the container image in docker/."
        )
    if offered[0] != TESTED:
        say(f"note: the archive offers odoo-19 {offered[0]}; this project was tested with {TESTED}")
    return offered[0]
