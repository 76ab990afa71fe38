"""`make demo`: the demonstration network, made step by step and served on this machine only."""

import os

from . import database, odoo_run
from .bootstrap import bootstrap
from .layout import ADDONS, LOGS, ROOT, locked
from .say import Stop, print_times, step
from .serve import serve

DATABASE = "wcm_demo"
LOADER = ROOT / "scripts" / "demo" / "load.py"
FIRST_LOOK = ROOT / "scripts" / "demo" / "first_look.txt"
LOGINS = ("admin", "manager", "coordinator", "quality", *(f"member{number}" for number in range(1, 9)), "site", "funder")


def demo(arguments: list[str]) -> int:
    """Make what is missing of the demonstration, then serve it until Ctrl-C."""
    interface, port = _loopback(), _port()
    prepare()
    _set_address(port)
    print_times()
    return serve(DATABASE, port, *arguments, interface=interface, log=LOGS / "demo.log", ready=_welcome)


def dev(arguments: list[str]) -> int:
    """The same, with its log on the terminal and the code read anew when it changes."""
    interface, port = _loopback(), _port()
    prepare()
    _set_address(port)
    return serve(DATABASE, port, "--dev=reload,qweb,xml,access", *arguments, interface=interface)


def prepare() -> None:
    """The demonstration database, whole and of this code. Its mark says how far it is."""
    bootstrap()
    addons = odoo_run.our_addons()
    if not addons:
        raise Stop(f"{ADDONS} holds none of our addons. Remedy: clone the project again.")
    wanted = database.addons_fingerprint(addons, ADDONS)
    with locked(DATABASE):
        found = database.mark(DATABASE) if database.exists(DATABASE) else ""
        if not found:
            _install(addons, wanted)
        elif found.split()[0] != wanted:
            _update(addons, wanted, found)
        if not database.mark(DATABASE).endswith(" loaded"):
            _load(wanted)


def _install(addons: tuple[str, ...], wanted: str) -> None:
    building = f"{DATABASE}_building"
    with step(f"Demonstration database with {', '.join(addons)}"):
        database.copy(database.TEMPLATE, building)
        odoo_run.install(building, addons)
        database.set_mark(building, wanted)
        database.rename(building, DATABASE)


def _update(addons: tuple[str, ...], wanted: str, found: str) -> None:
    """The code changed since the database was made: what is in it stays."""
    with step("Updating the demonstration database to the code of today"):
        odoo_run.install(DATABASE, addons, update=True)
        database.set_mark(DATABASE, " ".join([wanted, *found.split()[1:]]))


def _load(wanted: str) -> None:
    """The loader commits after each of its steps, so an interrupted one goes on where it was."""
    with step("Demonstration network"):
        odoo_run.call(DATABASE, LOADER, "load")
    with step("Web client bundles"):
        odoo_run.call(DATABASE, ROOT / "scripts" / "in_odoo" / "warm_assets.py", "warm")
    database.set_mark(DATABASE, f"{wanted} loaded")


def _set_address(port: int) -> None:
    """Links and QR codes point to where this server listens."""
    database.sql(
        DATABASE,
        "insert into ir_config_parameter (key, value) values ('web.base.url', :'address') "
        "on conflict (key) do update set value = excluded.value",
        address=f"http://{odoo_run.LOOPBACK}:{port}",
    )


def _loopback() -> str:
    """The demonstration's passwords are public, so it is served to this machine alone."""
    interface = os.environ.get("WCM_INTERFACE", odoo_run.LOOPBACK)
    if interface not in (odoo_run.LOOPBACK, "localhost", "::1"):
        raise Stop(
            f"WCM_INTERFACE is {interface}, but the demonstration's passwords equal its logins, so it is served "
            "on loopback only. Remedy: unset WCM_INTERFACE; for a real network see docker/."
        )
    return odoo_run.LOOPBACK if interface == "localhost" else interface


def _port() -> int:
    """Fail before minutes of work when the port could not be served anyway."""
    told = os.environ.get("WCM_PORT") or "8069"
    if not told.isdigit() or not 1024 <= int(told) <= 65535:
        raise Stop(f"WCM_PORT is {told!r}. Remedy: give a number from 1024 to 65535.")
    if not odoo_run.port_is_free(int(told)):
        raise Stop(f"Port {told} is taken. Remedy: set WCM_PORT to another one, or stop what listens there.")
    return int(told)


def _welcome(address: str) -> None:
    print(f"\n  The demonstration network is at  {address}\n")
    print(f"  Logins: {', '.join(LOGINS)}")
    print("  Password = login. For demonstration only: never let anybody else reach this server.\n")
    if FIRST_LOOK.exists():
        print(FIRST_LOOK.read_text())
    print("  Ctrl-C ends it; `make demo` starts it again as it was left.", flush=True)
