"""Serve a database in the foreground until Ctrl-C."""

import os
import signal
import subprocess

from . import odoo_run
from .say import Stop


def serve(database: str, port: int, *arguments: str, interface: str = odoo_run.LOOPBACK) -> int:
    """Run the server until it ends; Ctrl-C is the ordinary way to end it."""
    if not odoo_run.port_is_free(port, interface):
        raise Stop(f"Port {port} is taken. Remedy: set WCM_PORT to another one, or stop what listens there.")
    command = odoo_run.command(database, *arguments, port=port, interface=interface)
    server = subprocess.Popen(command, env={**os.environ, **odoo_run.environment()})
    signal.signal(signal.SIGTERM, lambda *_: server.terminate())
    while True:
        try:
            return server.wait()
        except KeyboardInterrupt:
            server.send_signal(signal.SIGINT)
