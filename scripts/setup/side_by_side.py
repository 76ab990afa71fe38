"""Run several pytest processes at once, and show what each said as if they had run one after the other."""

import os
import subprocess
import time
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from . import odoo_run
from .layout import LOGS
from .say import say

Running = subprocess.Popen[bytes]


def side_by_side(commands: Mapping[str, list[str]]) -> int:
    """Run commands by name; the first exit code that is not 0.

    The output of the first is shown as it comes, then that of the next; each is also kept in log/<name>.log.
    """
    LOGS.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        running = {name: stack.enter_context(_start(name, command)) for name, command in commands.items()}
        try:
            for name, process in running.items():
                say(f"{name}: what it says")
                _show(_log(name), process)
        except KeyboardInterrupt:
            for process in running.values():
                let_it_close(process)
            raise
    for name in running:
        _sum_up(name)
    return next(filter(None, (process.returncode for process in running.values())), 0)


def let_it_close(running: Running, seconds: float = 10) -> None:
    """Ctrl-C reached pytest too: give it time for its closing lines."""
    try:
        running.wait(seconds)
    except subprocess.TimeoutExpired:
        running.terminate()


def _start(name: str, command: list[str]) -> Running:
    environment = {**os.environ, **odoo_run.environment()}
    with _log(name).open("w") as said:
        return subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=said, stderr=said)


def _log(name: str) -> Path:
    return LOGS / f"{name}.log"


def _show(log: Path, running: Running) -> None:
    """All that a process has said, then what it goes on to say until it ends."""
    with log.open(errors="replace") as said:
        ended = False
        while not ended:
            ended = running.poll() is not None
            print(said.read(), end="", flush=True)
            if not ended:
                time.sleep(0.2)


def _sum_up(name: str) -> None:
    """What failed and the last line, again: the first one's scrolled away long ago."""
    lines = _log(name).read_text(errors="replace").splitlines() or ["it said nothing"]
    failed = [line for line in lines if line.startswith(("FAILED ", "ERROR "))]
    print("\n".join([f"{name}:", *failed, lines[-1]]), flush=True)
