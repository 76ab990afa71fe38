"""`make lint`: every check runs, then the failed ones are named. The tools are pinned and need no Odoo."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from .layout import ADDONS, OUR_ADDONS, ROOT, RUNTIME, locked, make_runtime
from .python_env import make_tool_environment
from .say import Stop, say
from .shell import logged

TOOLS = RUNTIME / "lint"
BIN = TOOLS / "bin"
NODE_BIN = ROOT / "node_modules" / ".bin"
CORES = {"wcm_network": ("planning", "sequencing", "routing", "epcis", "clauses", "pricing"), "wcm_qc": ("charts", "evidence", "sampling", "scales")}
# Odoo's own rules but these: our READMEs are Markdown, our authors are not OCA, a concept that extends a model
# stands in a file of its own, and a state change named for its meaning may write past the model's own guard.
PYLINT_ODOO = [
    "--disable=all",
    "--enable=odoolint",
    "--disable=missing-readme,manifest-required-author,consider-merging-classes-inherited",
    "--disable=inheritable-method-lambda,missing-return,no-raise-unlink,super-method-mismatch",
]


def lint(_arguments: list[str]) -> int:
    _make_tools()
    failed = [name for name, command, folder in _checks() if not _passes(name, command, folder)]
    say(f"lint: {', '.join(failed)} failed" if failed else "lint: all passed")
    return 1 if failed else 0


def format_code(_arguments: list[str]) -> int:
    """Put right what a tool can put right: imports and other ruff fixes, XML, JavaScript, styles, YAML."""
    _make_tools()
    subprocess.run([BIN / "ruff", "check", "--fix", "--quiet", "."], cwd=ROOT, check=False)
    return subprocess.run([NODE_BIN / "prettier", "--write", "--log-level=warn", "."], cwd=ROOT, check=False).returncode


def _make_tools() -> None:
    make_runtime()
    with locked():
        make_tool_environment(TOOLS, ROOT / "scripts" / "lint-constraints.txt", "Python lint tools")
        _make_node_tools()


def _make_node_tools() -> None:
    """npm's packages by the lock file; a stamp tells when they are whole."""
    stamp, lock = ROOT / "node_modules" / ".whole", (ROOT / "package-lock.json").read_text()
    if stamp.exists() and stamp.read_text() == lock:
        return
    if not shutil.which("npm"):
        _install_npm()
    say("JavaScript lint tools ...")
    remedy = "npm could not install the lint tools. Remedy: look at the network, then run again"
    logged(["npm", "ci", "--no-audit", "--no-fund"], "npm.log", remedy, cwd=ROOT)
    stamp.write_text(lock)


def _install_npm() -> None:
    command = "apt-get update && apt-get install -y --no-install-recommends npm"
    if os.geteuid():
        raise Stop(f"npm is missing. Remedy, as root: {command}")
    logged(["sh", "-c", command], "apt.log", "apt could not install npm. Remedy: look at the network, then run again")


def _checks() -> Iterator[tuple[str, list[str | Path], Path]]:
    """Name, command and folder of each check."""
    addons = [str(ADDONS / name) for name in OUR_ADDONS if (ADDONS / name / "__manifest__.py").exists()]
    yield "ruff", [BIN / "ruff", "check", "--quiet", "."], ROOT
    for addon, cores in _cores():
        yield f"mypy {addon.name}", [BIN / "mypy", "--strict", "--explicit-package-bases", f"--config-file={ROOT}/pyproject.toml", *cores], addon
    if addons:
        yield "pylint-odoo", [BIN / "pylint", f"--rcfile={ROOT}/.pylintrc", *PYLINT_ODOO, *addons], ROOT
        yield "oca-checks-odoo-module", [BIN / "oca-checks-odoo-module", f"--config={ROOT}/.oca_hooks.cfg", *addons], ROOT
    yield "prettier", [NODE_BIN / "prettier", "--check", "--log-level=warn", "."], ROOT
    yield "eslint", [NODE_BIN / "eslint", "--no-warn-ignored", "--no-error-on-unmatched-pattern", "."], ROOT
    yield "docker", [BIN / "python", ROOT / "scripts" / "check_docker.py"], ROOT
    yield "private names", [sys.executable, ROOT / "scripts" / "check_private.py"], ROOT


def _cores() -> Iterator[tuple[Path, list[str]]]:
    """Each addon with its folders that know no Odoo."""
    for addon, cores in CORES.items():
        found = [name for name in cores if (ADDONS / addon / name).exists()]
        if found:
            yield ADDONS / addon, found


def _passes(name: str, command: list[str | Path], folder: Path) -> bool:
    say(name)
    return subprocess.run([*map(str, command)], cwd=folder, stdin=subprocess.DEVNULL, check=False).returncode == 0
