"""PostgreSQL: the one that PGHOST names, or a private cluster that belongs to this runtime alone.

The private cluster listens on a socket in its own folder and on no port, so two of them cannot meet. It gives
up safety against power loss for speed (fsync off): it is for demonstration and tests, never for real records.
"""

import os
import pwd
import shutil
import subprocess
from pathlib import Path

from .layout import FILESTORE, LOGS, RUNTIME, runtime_key
from .say import Stop, step
from .shell import output

ROLE = "wcm"
_LONGEST_SOCKET_FOLDER = 85  # the kernel allows 107 characters with the socket's own name
_SETTINGS = """
# A cluster for demonstration and tests: it may lose data at a power cut. Never keep real records in it.
listen_addresses = ''
unix_socket_directories = '{socket}'
unix_socket_permissions = 0700
fsync = off
synchronous_commit = off
full_page_writes = off
shared_buffers = 256MB
work_mem = 16MB
maintenance_work_mem = 256MB
max_wal_size = 2GB
max_connections = 200
max_locks_per_transaction = 256
jit = off
"""


def private() -> bool:
    return not os.environ.get("PGHOST")


def _home() -> Path:
    """The cluster's folder: in the runtime, unless the user that must run PostgreSQL for root cannot go there."""
    aside = Path("/var/tmp") / f"wcm-{runtime_key()}"
    if os.geteuid() or (not aside.exists() and all(_others_may_enter(folder) for folder in (RUNTIME, *RUNTIME.parents))):
        return RUNTIME / "postgres"
    return aside


def _others_may_enter(folder: Path) -> bool:
    return bool(folder.stat().st_mode & 0o001)


def _socket() -> Path:
    inside = _home() / "run"
    if len(str(inside)) <= _LONGEST_SOCKET_FOLDER:
        return inside
    return Path("/var/tmp") / f"wcm-{os.geteuid()}-{runtime_key()}"


def connection() -> dict[str, str]:
    """What libpq must have in the environment. Not PGDATABASE: Odoo would take it over its own option."""
    if not private():
        return {name: value for name, value in os.environ.items() if name.startswith("PG") and name != "PGDATABASE"}
    return {"PGHOST": str(_socket()), "PGPORT": "5432", "PGUSER": ROLE}


def start() -> None:
    """Have a server that answers, and our role in it."""
    if not private():
        output([program("psql"), "-d", "postgres", "-Atc", "select 1"])
        return
    if _running():
        return
    fresh = not (_home() / "whole").exists()
    with step("PostgreSQL cluster" if fresh else "PostgreSQL"):
        if fresh:
            _make()
        _start()
        if fresh:
            _make_role()


def stop() -> None:
    if private() and _running():
        _as_owner([program("pg_ctl"), "-D", str(_home() / "data"), "-w", "-m", "fast", "stop"])


def remove() -> None:
    """Remove the cluster and all that is in it."""
    if private():
        stop()
        shutil.rmtree(_home(), ignore_errors=True)
        shutil.rmtree(_socket(), ignore_errors=True)


def program(name: str) -> str:
    """A PostgreSQL program; Debian keeps the server's own outside the PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    program = str(found[-1]) if found else shutil.which(name)
    if not program:
        raise Stop(f"PostgreSQL's {name} is missing. Remedy, as root: apt-get install -y postgresql")
    return program


def _owner() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root; Debian's package brings a user for it."""
    return pwd.getpwnam("postgres") if os.geteuid() == 0 else None


def _as_owner(command: list[str], must: bool = True) -> None:
    prefix = ["runuser", "-u", "postgres", "--"] if _owner() else []
    log = LOGS / "postgres-setup.log"
    with log.open("a") as handle:
        done = subprocess.run([*prefix, *command], cwd="/", stdin=subprocess.DEVNULL, stdout=handle,
                              stderr=subprocess.STDOUT, check=False)
    if done.returncode and must:
        raise Stop(f"PostgreSQL did not obey {Path(command[0]).name}. Remedy: read {log} and {_home() / 'log'}")


def _running() -> bool:
    if not (_home() / "whole").exists():
        return False
    ready = subprocess.run([program("pg_isready"), "-q"], env={**os.environ, **connection()}, check=False)
    return ready.returncode == 0


def _make() -> None:
    """Make the cluster from nothing; a half-made one of an interrupted run goes away first."""
    home = _home()
    _refuse_foreign(home)
    if (home / "data" / "postmaster.pid").exists():
        _as_owner([program("pg_ctl"), "-D", str(home / "data"), "-w", "-m", "immediate", "stop"], must=False)
    shutil.rmtree(home, ignore_errors=True)
    shutil.rmtree(FILESTORE, ignore_errors=True)  # files of databases that no longer are
    FILESTORE.mkdir(parents=True, exist_ok=True)
    _make_folder(home)
    _make_folder(_socket())
    initdb = [program("initdb"), "-D", str(home / "data"), "-U", "postgres", "-A", "trust", "-E", "UTF8",
              "--locale=C.UTF-8", "--no-sync"]
    _as_owner(initdb)
    with (home / "data" / "postgresql.conf").open("a") as conf:
        conf.write(_SETTINGS.format(socket=_socket()))


def _make_folder(folder: Path) -> None:
    """A folder that only the server's owner may enter: who reaches the socket is trusted."""
    _refuse_foreign(folder)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    if owner := _owner():
        os.chown(folder, owner.pw_uid, owner.pw_gid)


def _refuse_foreign(folder: Path) -> None:
    ours = {os.geteuid(), owner.pw_uid if (owner := _owner()) else os.geteuid()}
    if folder.exists() and folder.stat().st_uid not in ours:
        raise Stop(f"{folder} belongs to somebody else. Remedy: set WCM_RUNTIME to another folder.")


def _start() -> None:
    _make_folder(_socket())
    _as_owner([program("pg_ctl"), "-D", str(_home() / "data"), "-w", "-t", "60", "-l", str(_home() / "log"), "start"])


def _make_role() -> None:
    """A role that may create databases and nothing more: Odoo refuses to run as a superuser."""
    admin = {**connection(), "PGUSER": "postgres"}
    output([program("psql"), "-v", "ON_ERROR_STOP=1", "-c", f"create role {ROLE} login createdb"], env=admin)
    (_home() / "whole").touch()
