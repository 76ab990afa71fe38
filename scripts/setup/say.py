"""What the person at the terminal reads: progress, times and the one line that says what went wrong."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

_BEGAN = time.monotonic()
_STEPS: list[tuple[str, float]] = []


class Stop(Exception):
    """Something that the person can put right; its text is one line with the remedy."""


def say(text: str) -> None:
    elapsed = int(time.monotonic() - _BEGAN)
    print(f"[{elapsed // 60}:{elapsed % 60:02}] {text}", file=sys.stderr, flush=True)


@contextmanager
def step(title: str) -> Iterator[None]:
    """Say that a step begins, and keep how long it took for the table at the end."""
    say(f"{title} ...")
    began = time.monotonic()
    yield
    _STEPS.append((title, time.monotonic() - began))


def print_times() -> None:
    """The time that each step took; silent when nothing had to be done."""
    if not _STEPS:
        return
    width = max(len(title) for title, _ in _STEPS)
    for title, seconds in _STEPS:
        print(f"      {title:<{width}} {seconds:7.1f} s", file=sys.stderr)
    total = time.monotonic() - _BEGAN
    print(f"      {'in all':<{width}} {total:7.1f} s", file=sys.stderr, flush=True)
