"""`python -m planning problem.json plan.json`: solve a file, progress on standard error.

Exit code 0 with a plan, 2 with one line when the file is wrong. Ctrl-C stops the
search and writes the best plan so far.
"""

from __future__ import annotations

import json
import signal
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

from .planner import Progress, solve
from .problem import Problem, ProblemError
from .result import Result


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; its exit code."""
    asked = _parser().parse_args(arguments)
    try:
        result = _solve(asked)
        Path(asked.plan).write_text(json.dumps(result.to_json(), indent=1) + "\n", encoding="utf-8")
    except (ProblemError, OSError) as error:
        print(f"planning: {error}", file=sys.stderr)
        return 2
    print(_summary(result), file=sys.stderr)
    return 0


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m planning", description=__doc__)
    parser.add_argument("problem", help="problem.json, format 1")
    parser.add_argument("plan", help="where to write plan.json")
    parser.add_argument("--seconds", type=float, default=30.0, help="time for the search (30)")
    parser.add_argument("--gap", type=float, default=0.01, help="accepted relative gap (0.01)")
    parser.add_argument("--threads", type=int, default=1, help="threads of the solver (1)")
    parser.add_argument("--seed", type=int, default=0, help="random seed (0)")
    return parser


def read_json(path: str) -> object:
    """Parsed JSON of a file.

    :raise ProblemError: not JSON, with line and column
    """
    try:
        return json.loads(Path(path).read_text(encoding="utf-8"))
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ProblemError(f"{path}: not JSON: {error}") from None


def _solve(asked: Namespace) -> Result:
    problem = Problem.from_json(read_json(asked.problem))
    return solve(
        problem,
        seconds=asked.seconds,
        gap=asked.gap,
        threads=asked.threads,
        seed=asked.seed,
        progress=_Teller(),
    )


class _Teller:
    """Prints news once a second; Ctrl-C makes it ask for a stop."""

    def __init__(self) -> None:
        self.stop = False
        self.last = -1.0
        signal.signal(signal.SIGINT, self._interrupted)

    def _interrupted(self, *_: object) -> None:
        self.stop = True

    def __call__(self, news: Progress) -> bool:
        if news.seconds - self.last >= 1.0:
            self.last = news.seconds
            print(f"{news.seconds:6.1f} s  best {news.cost:,.2f}  bound {news.bound:,.2f}", file=sys.stderr)
        return self.stop


def _summary(result: Result) -> str:
    left = sum(row.quantity for row in result.unplaced)
    return (
        f"{result.status}: cost {result.cost:,.2f}, bound {result.bound:,.2f}, gap {result.gap:.2%}, "
        f"{len(result.lines)} lines, {left} units not placed, {result.seconds:.1f} s"
    )


if __name__ == "__main__":
    sys.exit(main())
