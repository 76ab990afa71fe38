"""`python -m routing question.json answer.json`: runs of vehicles over factories and sites.

Exit code 0 with an answer, 2 with one line when the file is wrong.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from .question import QuestionError
from .reading import question_from
from .solver import Search

MOST_MEGABYTES = 4


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; its exit code."""
    asked = _parser().parse_args(arguments)
    try:
        answer = Search(question_from(_read(Path(asked.question))), asked.seconds, asked.seed).run()
        Path(asked.answer).write_text(json.dumps(answer.to_json(), indent=1) + "\n", encoding="utf-8")
    except (QuestionError, OSError) as error:
        print(f"routing: {' '.join(str(error).split())}", file=sys.stderr)
        return 2
    print(f"{len(answer.runs)} runs, {answer.km:.0f} km, cost {answer.cost:.0f}, {len(answer.refused)} refused, {answer.seconds:.1f} s", file=sys.stderr)
    return 0


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m routing", description=__doc__)
    parser.add_argument("question", help="question.json, format 1")
    parser.add_argument("answer", help="where to write answer.json")
    parser.add_argument("--seconds", type=float, default=1.5, help="time for the search (1.5)")
    parser.add_argument("--seed", type=int, default=0, help="random seed (0)")
    return parser


def _read(path: Path) -> object:
    if path.stat().st_size > MOST_MEGABYTES * 1_000_000:
        raise QuestionError(f"{path}: too large: more than {MOST_MEGABYTES} MB")
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise QuestionError(f"{path}: not JSON: {error}") from None


if __name__ == "__main__":
    sys.exit(main())
