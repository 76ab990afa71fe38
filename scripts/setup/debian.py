"""Debian packages: what must be there, and the private apt area that Odoo and LibreOffice are fetched through."""

import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path

from .layout import RUNTIME
from .say import Stop, say, step
from .shell import logged, output, refuse_full_disk

# Package -> a file that proves it is there, whatever its version.
PACKAGES = {
    "postgresql": "/usr/lib/postgresql/*/bin/initdb",
    "chromium": "/usr/bin/chromium",
    "wkhtmltopdf": "/usr/bin/wkhtmltopdf",
    "python3-venv": "/usr/lib/python3*/ensurepip/__init__.py",
    "fonts-dejavu-core": "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "ca-certificates": "/etc/ssl/certs/ca-certificates.crt",
    "debian-archive-keyring": "/usr/share/keyrings/debian-archive-keyring.gpg",
}


def missing_packages() -> list[str]:
    """Names of the packages that are not there; an existing PostgreSQL needs no server of ours, only clients."""
    wanted = dict(PACKAGES)
    if os.environ.get("PGHOST"):
        del wanted["postgresql"]
        wanted["postgresql-client"] = "/usr/bin/psql"
    return [name for name, proof in wanted.items() if not any(Path("/").glob(proof.lstrip("/")))]


def install_packages() -> None:
    missing = missing_packages()
    if not missing:
        return
    if not shutil.which("apt-get"):
        raise Stop(f"Missing: {', '.join(missing)}, and no apt here. Remedy: install them, or use docker/.")
    command = f"apt-get update && apt-get install -y --no-install-recommends {' '.join(missing)}"
    if os.geteuid():
        raise Stop(f"Debian packages are missing. Remedy, as root: {command}")
    with step(f"Debian packages: {', '.join(missing)}"):
        logged(["sh", "-c", command], "apt.log", "apt could not install them. Remedy: look at the network, then run again",
               env={"DEBIAN_FRONTEND": "noninteractive"})


def mirror() -> str:
    """The Debian archive that this machine's own apt uses; no address is ours to choose."""
    told = output(["apt-get", "indextargets", "--format", "$(LABEL)|$(REPO_URI)", "Created-By: Packages"])
    if not told.strip() and not os.geteuid():
        say("apt has no package lists yet; fetching them")
        logged(["apt-get", "update"], "apt.log", "apt-get update failed. Remedy: look at the network, then run again")
        told = output(["apt-get", "indextargets", "--format", "$(LABEL)|$(REPO_URI)", "Created-By: Packages"])
    for line in told.splitlines():
        label, _, address = line.partition("|")
        if label == "Debian":
            return address
    raise Stop("apt knows no Debian archive. Remedy, as root: apt-get update; or name what is there (WCM_ODOO, WCM_SOFFICE).")


class PrivateApt:
    """An apt of our own with suites of its own; the system's sources stay as they are.

    :param status: of the packages that are there already, as dpkg keeps it; none: as if nothing were
    """

    def __init__(self, name: str, suites: tuple[str, ...], status: Path | None = None) -> None:
        self.folder = RUNTIME / name
        for part in ("lists/partial", "cache/archives/partial", "etc"):
            (self.folder / part).mkdir(parents=True, exist_ok=True)
        (self.folder / "status").touch()
        keyring = "/usr/share/keyrings/debian-archive-keyring.gpg"
        address = mirror()
        sources = "".join(f"deb [signed-by={keyring}] {address} {suite} main\n" for suite in suites)
        (self.folder / "etc/sources.list").write_text(sources)
        (self.folder / "apt.conf").write_text(_APT_CONF.format(folder=self.folder, status=status or self.folder / "status"))
        self.env = {"APT_CONFIG": str(self.folder / "apt.conf")}

    def update(self) -> None:
        logged(["apt-get", "update", "--error-on=any"], "apt-private.log",
               "The Debian archive was not reached. Remedy: look at the network, or name what is there (WCM_ODOO, WCM_SOFFICE)",
               env=self.env)

    def versions(self, package: str) -> list[str]:
        told = output(["apt-cache", "madison", package], env=self.env)
        return [line.split("|")[1].strip() for line in told.splitlines() if line.count("|") >= 2]

    def missing_for(self, package: str) -> list[str]:
        """`name=version` of a package and of all that it depends on and is not there, as apt would install it."""
        told = output(["apt-get", "install", "--simulate", "--no-install-recommends", package], env=self.env)
        found = re.findall(r"^Inst (\S+) (?:\[\S+\] )?\((\S+)", told, re.MULTILINE)
        return [f"{name}={version}" for name, version in found]

    def download(self, names: list[str], into: Path) -> None:
        """Fetch packages (`name/suite`); apt checks each against the archive's signature."""
        logged(["apt-get", "download", *names], "apt-private.log",
               "Debian's packages were not downloaded. Remedy: look at network and disk, then run again",
               env=self.env, cwd=into)

    def checksums(self, names: list[str]) -> set[str]:
        """The sha256 of each package (`name/suite` or `name=version`) by the archive's signed index."""
        told = output(["apt-cache", "show", "--no-all-versions", *names], env=self.env)
        return {line.split()[1] for line in told.splitlines() if line.startswith("SHA256:")}


_APT_CONF = """\
Dir::State "{folder}";
Dir::State::status "{status}";
Dir::State::lists "{folder}/lists";
Dir::Cache "{folder}/cache";
Dir::Etc::sourcelist "{folder}/etc/sources.list";
Dir::Etc::sourceparts "-";
Acquire::Check-Valid-Until "false";
Acquire::Languages "none";
Acquire::Retries "2";
APT::Sandbox::User "root";
"""


def unpack(deb: Path, into: Path, without: tuple[str, ...] = ()) -> None:
    """Unpack a package's files but those that match; nothing of the package is run."""
    excluded = [f"--exclude={pattern}" for pattern in without]
    with subprocess.Popen(["dpkg-deb", "--fsys-tarfile", str(deb)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as opened:
        tar = ["tar", "-x", "-f", "-", "-C", str(into), "--no-same-owner", "--wildcards", *excluded]
        unpacked = subprocess.run(tar, stdin=opened.stdout, check=False, capture_output=True)
    if unpacked.returncode or opened.returncode:
        refuse_full_disk()
        raise Stop(f"{deb.name} is damaged. Remedy: delete {deb} and run again.")


def verify(folder: Path, known: set[str], pattern: str = "*.deb") -> None:
    """apt takes a file of the right size that is already there as it is; we do not."""
    for deb in folder.glob(pattern):
        with deb.open("rb") as handle:
            found = hashlib.file_digest(handle, "sha256").hexdigest()
        if found not in known:
            deb.unlink()
            raise Stop(f"The checksum of {deb.name} is wrong; it was deleted. Remedy: run again.")
