"""`python -m planning problem.json plan.json`: solve a file, progress on standard error.

Exit code 0 with a plan, 2 with one line when the file is wrong. Ctrl-C stops the
search and writes the best plan so far.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from typing import NoReturn, TypeVar

from .highs import is_left_behind
from .planner import solve
from .problem import Problem
from .refusals import ProblemError
from .result import Result
from .run import Progress
from .size import check_memory, memory_needed, possible_lines

Number = TypeVar("Number", int, float)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; its exit code."""
    asked = _parser().parse_args(arguments)
    try:
        result = _solve(asked)
        Path(asked.plan).write_text(json.dumps(result.to_json(), indent=1) + "\n", encoding="utf-8")
    except (ProblemError, OSError) as error:
        return refused("planning", error)
    except MemoryError:
        return refused("planning", "not enough memory; plan fewer homes at once")
    print(_summary(result), file=sys.stderr)
    return 0


def refused(command: str, error: object) -> int:
    """One line, whatever the names in it hold; the exit code."""
    print(f"{command}: {' '.join(str(error).split())}", file=sys.stderr)
    return 2


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m planning", description=__doc__)
    parser.add_argument("problem", help="problem.json, format 1")
    parser.add_argument("plan", help="where to write plan.json")
    parser.add_argument("--seconds", type=_within(float, 0, 1e6), default=30.0, help="time for the search (30)")
    parser.add_argument("--gap", type=_within(float, 0, 1), default=0.01, help="accepted relative gap (0.01)")
    parser.add_argument("--threads", type=_within(int, 1, 256), default=1, help="threads of the solver (1)")
    parser.add_argument("--seed", type=_within(int, 0, 2**31 - 1), default=0, help="random seed (0)")
    parser.add_argument("--memory", type=_within(float, 1, 1e6), default=4096, help="MB; the search stops there (4096)")
    return parser


def _within(kind: Callable[[str], Number], least: float, most: float) -> Callable[[str], Number]:
    """An argument that is a number in a range."""

    def read(text: str) -> Number:
        number = kind(text)
        if not least <= number <= most:
            raise ValueError(text)
        return number

    read.__name__ = f"{'whole number' if kind is int else 'number'} from {least:.0f} to {most:.0f}"
    return read


MOST_MEGABYTES = 256
"""Of a file; reading takes about ten times as much memory."""


def read_json(path: str) -> object:
    """Parsed JSON of a file.

    :raise ProblemError: too large, or not JSON, with line and column
    """
    megabytes = Path(path).stat().st_size / 1e6
    if megabytes > MOST_MEGABYTES:
        raise ProblemError(f"{path}: too large: {megabytes:,.0f} MB, at most {MOST_MEGABYTES} are read")
    try:
        return json.loads(Path(path).read_text(encoding="utf-8"), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise ProblemError(f"{path}: not JSON: {error}") from None


def _no_number(word: str) -> None:
    """NaN and Infinity are no JSON, and would pass for numbers."""
    raise ValueError(f"{word} is no number")


def _solve(asked: Namespace) -> Result:
    problem = Problem.from_json(read_json(asked.problem))
    check_memory(problem, asked.memory)
    takes = f"the search takes about {memory_needed(problem):.0f} MB; {_resident():.0f} MB in use"
    print(f"{possible_lines(problem)} possible lines; memory: {takes}, stops at {asked.memory:.0f} MB", file=sys.stderr)
    return solve(
        problem,
        seconds=asked.seconds,
        gap=asked.gap,
        threads=asked.threads,
        seed=asked.seed,
        progress=_Teller(asked.memory),
        memory=asked.memory,
    )


class _Teller:
    """Prints news once a second; Ctrl-C or too much memory makes it ask for a stop."""

    def __init__(self, memory: float) -> None:
        self.stop, self.memory = False, memory
        self.last = -1.0
        signal.signal(signal.SIGINT, self._interrupted)

    def _interrupted(self, *_: object) -> None:
        self.stop = True

    def __call__(self, news: Progress) -> bool:
        if news.seconds - self.last >= 1.0:
            self.last = news.seconds
            print(f"{news.seconds:6.1f} s  best {news.cost:,.2f}  bound {news.bound:,.2f}", file=sys.stderr)
        if not self.stop and _resident() > self.memory:
            print(f"planning: stops, {_resident():.0f} MB are in use", file=sys.stderr)
            self.stop = True
        return self.stop


def _resident() -> float:
    """Most memory so far, MB."""
    return getrusage(RUSAGE_SELF).ru_maxrss / 1024


def _summary(result: Result) -> str:
    left = sum(row.quantity for row in result.unplaced)
    return (
        f"{result.status}: cost {result.cost:,.2f}, bound {result.bound:,.2f}, gap {result.gap:.2%}, "
        f"{len(result.lines)} lines, {left} units not placed, {result.seconds:.1f} s"
    )


def leave(code: int) -> NoReturn:
    """At once, even while HiGHS is still at a search that nobody waits for."""
    if is_left_behind():
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


if __name__ == "__main__":
    leave(main())
