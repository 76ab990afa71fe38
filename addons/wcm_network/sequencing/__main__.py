"""`python -m sequencing question.json answer.json`: the order of work of one factory.

Each better order of work is told on standard error. Exit code 0 with an answer, 2 with one line when the file is wrong.
"""

from __future__ import annotations

import json
import signal
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from .answer import Answer
from .question import QuestionError
from .reading import question_from
from .solver import Search

MOST_MEGABYTES = 16


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; its exit code."""
    asked = _parser().parse_args(arguments)
    try:
        question = question_from(_read(Path(asked.question)))
        answer = _searched(Search(question, asked.seconds, asked.seed, asked.threads, _tell))
        Path(asked.answer).write_text(json.dumps(answer.to_json(question), indent=1) + "\n", encoding="utf-8")
    except (QuestionError, OSError) as error:
        print(f"sequencing: {' '.join(str(error).split())}", file=sys.stderr)
        return 2
    told = f"late {answer.late}, ends at {answer.makespan}, gap {answer.gap:.2%}, {answer.seconds:.1f} s"
    print(f"{answer.status}: {answer.reason or told}", file=sys.stderr)
    return 0


def _tell(seconds: float, late: int, end: int) -> None:
    print(f"{seconds:6.1f} s  late {late}, ends at {end}", file=sys.stderr, flush=True)


def _searched(search: Search) -> Answer:
    """Ctrl-C keeps the best so far. The search works beside: while CP-SAT works, Python hears no signal."""
    with ThreadPoolExecutor(1) as worker:
        signal.signal(signal.SIGINT, lambda *_: search.stop())
        return worker.submit(search.run).result()


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m sequencing", description=__doc__)
    parser.add_argument("question", help="question.json, format 1")
    parser.add_argument("answer", help="where to write answer.json")
    parser.add_argument("--seconds", type=_from_to(float, 0, 86_400), default=10.0, help="time for the search (10)")
    parser.add_argument("--seed", type=_from_to(int, 0, 2**31 - 1), default=0, help="random seed (0)")
    parser.add_argument("--threads", type=_from_to(int, 1, 64), default=1, help="threads of the solver (1)")
    return parser


def _from_to(kind: type[float], least: float, most: float) -> Callable[[str], float]:
    def read(text: str) -> float:
        if not least <= (number := kind(text)) <= most:
            raise ArgumentTypeError(f"expected a number from {least:g} to {most:g}, got {text}")
        return number

    read.__name__ = "number"
    return read


def _read(path: Path) -> object:
    if path.stat().st_size > MOST_MEGABYTES * 1_000_000:
        raise QuestionError(f"{path}: too large: more than {MOST_MEGABYTES} MB")
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise QuestionError(f"{path}: not JSON: {error}") from None


if __name__ == "__main__":
    sys.exit(main())
