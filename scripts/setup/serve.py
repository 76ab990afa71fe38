"""Serve a database in the foreground until Ctrl-C."""

import os
import subprocess
import time
import urllib.request
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

from . import jobs, odoo_run
from .say import Stop, say


def serve(
    database: str,
    port: int,
    *arguments: str,
    interface: str = odoo_run.LOOPBACK,
    log: Path | None = None,
    ready: Callable[[str], None] | None = None,
) -> int:
    """Run the server until it ends, with one thread for scheduled jobs. Ctrl-C is the ordinary way to end it, and no error."""
    if not odoo_run.port_is_free(port, interface):
        raise Stop(f"Port {port} is taken. Remedy: set WCM_PORT to another one, or stop what listens there.")
    jobs.leave_out(database)
    command = odoo_run.command(database, *arguments, port=port, interface=interface, schedulers=1)
    # In a process group of its own: Odoo takes a second interrupt as "do not wait", so it gets exactly one.
    with log.open("w") if log else nullcontext() as said:
        environment = {**os.environ, **odoo_run.environment()}
        server = subprocess.Popen(command, env=environment, stdout=said, stderr=said, process_group=0)
    address = f"http://{f'[{interface}]' if ':' in interface else interface}:{port}"
    try:
        if ready and _answers(server, address):
            ready(address)
        code = server.wait()
    except KeyboardInterrupt:
        say("stopping")
        server.terminate()
        server.wait()
        return 0
    if code:
        raise Stop(f"The server ended with code {code}. Remedy: read {log or 'what it said above'}")
    return 0


def _answers(server: subprocess.Popen[bytes], address: str) -> bool:
    """Wait until the server answers; false when it ended instead."""
    while server.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/web/health", timeout=5).close()
            return True
        except OSError:
            time.sleep(0.3)
    return False
