"""`scripts/run COMMAND`: what the Makefile's lines call."""

import signal
import sys

from .commands import COMMANDS
from .say import Stop


def main() -> int:
    name, *arguments = sys.argv[1:] or [""]
    if name not in COMMANDS:
        print(f"scripts/run knows: {' '.join(sorted(COMMANDS))}", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a polite kill is an interrupt like Ctrl-C
    try:
        return COMMANDS[name](arguments) or 0
    except Stop as problem:
        print(f"STOP: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Interrupted; the same command goes on from here.", file=sys.stderr)
        return 130
    except OSError as problem:
        print(f"STOP: {problem}. Remedy: look at disk space and permissions, then run again.", file=sys.stderr)
        return 1


sys.exit(main())
