"""Run Odoo: its configuration, installing modules, serving."""

import os
import re
import socket
import subprocess
import zlib
from collections.abc import Iterable
from pathlib import Path

from . import libreoffice, postgres
from .layout import ADDONS, CONF, DATA, LOGS, OUR_ADDONS, PYTHON, ROOT
from .say import Stop, say
from .shell import last_line, logged

LOOPBACK = "127.0.0.1"


def configuration(database: str, port: int | None = None, interface: str = LOOPBACK, schedulers: int = 0) -> Path:
    """Write the configuration for one database. No database manager, no other database in sight, no mail server.

    :param schedulers: threads for scheduled jobs; only a server that somebody looks at has one
    """
    options = {
        "addons_path": ",".join(map(str, _addons_path())),
        "data_dir": DATA,
        "db_name": database,
        "dbfilter": f"^{re.escape(database)}$",
        "list_db": False,
        "http_interface": interface,
        "http_port": port or free_port(database),
        "gevent_port": (port or 8069) + 3,
        "max_cron_threads": schedulers,
        # Odoo's default is this machine, and a mail server may well run there.
        "smtp_server": "",
        "server_wide_modules": "base,rpc,web",
        "geoip_city_db": "",
        "with_demo": False,
        **_database_options(),
    }
    path = CONF / f"{database}.conf"
    path.write_text("[options]\n" + "".join(f"{name} = {value}\n" for name, value in options.items()))
    path.chmod(0o600)
    return path


def _addons_path() -> list[Path]:
    """Odoo refuses a folder without addons, as ours is before the first one is written."""
    return [ADDONS] if any(ADDONS.glob("*/__manifest__.py")) else []


def _database_options() -> dict[str, str]:
    given = postgres.connection()
    named = {"db_host": "PGHOST", "db_port": "PGPORT", "db_user": "PGUSER", "db_password": "PGPASSWORD"}
    return {option: given[name] for option, name in named.items() if given.get(name)}


def command(
    database: str,
    *arguments: str,
    port: int | None = None,
    interface: str = LOOPBACK,
    sub: str = "server",
    schedulers: int = 0,
) -> list[str]:
    return [str(PYTHON), "-m", "odoo", sub, "-c", str(configuration(database, port, interface, schedulers)), *arguments]


def environment() -> dict[str, str]:
    """For any Python that runs Odoo. Compiled files are kept even where the machine says no: every start gains."""
    return {**postgres.connection(), **libreoffice.environment(), "PYTHONUNBUFFERED": "1", "PYTHONDONTWRITEBYTECODE": ""}


def install(database: str, modules: Iterable[str], update: bool = False) -> None:
    """Install or update modules without a server; an error in the log is a failure even if Odoo exits with 0."""
    flag = "-u" if update else "-i"
    log = f"{database}-install.log"
    remedy = f"Odoo could not {'update' if update else 'install'} {','.join(modules)} in {database}. Remedy: read the log"
    logged([*command(database, flag, ",".join(modules), "--stop-after-init", "--no-http")], log, remedy, env=environment())
    broken = re.search(r"^.* (?:ERROR|CRITICAL) .*$", (LOGS / log).read_text(errors="replace"), re.MULTILINE)
    if broken:
        raise Stop(f"{remedy}: {broken[0][:300]} (all of it: {LOGS / log})")


def call(database: str, script: Path, function: str, *arguments: str) -> None:
    """Call `function(env, *arguments)` of a script inside Odoo; what it prints becomes progress lines."""
    if not script.exists():
        raise Stop(f"{script} is missing. Remedy: clone the project again.")
    log = LOGS / f"{database}-{script.stem}.log"
    told = [str(PYTHON), str(ROOT / "scripts" / "in_odoo" / "call.py"), str(configuration(database)), str(script), function]
    with log.open("w") as handle, subprocess.Popen(
        [*told, *arguments],
        env={**os.environ, **environment()},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=handle,
        text=True,
    ) as running:
        for line in running.stdout or ():
            say(f"  {line.rstrip()}")
    if running.returncode:
        raise Stop(f"{script.stem}: {last_line(log.read_text(errors='replace'))} Remedy: read {log}, then run again.")


def our_addons() -> tuple[str, ...]:
    """Those of ours that are there."""
    return tuple(name for name in OUR_ADDONS if (ADDONS / name / "__manifest__.py").exists())


def free_port(database: str) -> int:
    """A port of its own for each database name, moved on while it is taken."""
    start = 20000 + zlib.crc32(f"{os.getuid()}{database}".encode()) % 20000
    return next(port for port in range(start, start + 1000) if port_is_free(port))


def port_is_free(port: int, interface: str = LOOPBACK) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in interface else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((interface, port))
        except OSError:
            return False
    return True
