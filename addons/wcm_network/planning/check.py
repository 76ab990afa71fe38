"""`python -m planning.check problem.json plan.json`: verify a plan without solving.

Exit code 0 for a right plan, 1 with one line per fault, 2 when a file is wrong.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from .__main__ import read_json, refused
from .problem import Problem
from .refusals import ProblemError
from .result import Result
from .verify import PlanError, check


def main(arguments: Sequence[str]) -> int:
    """Run the command; its exit code."""
    if len(arguments) != 2:
        print("usage: python -m planning.check problem.json plan.json", file=sys.stderr)
        return 2
    try:
        check(Problem.from_json(read_json(arguments[0])), Result.from_json(read_json(arguments[1])))
    except PlanError as error:
        print("\n".join(error.faults), file=sys.stderr)
        return 1
    except (ProblemError, OSError) as error:
        return refused("planning.check", error)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
