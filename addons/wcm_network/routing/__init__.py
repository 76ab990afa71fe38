"""Vehicle runs over factories and sites: a `Question` in, an `Answer` out. Knows no Odoo; README.md is the guide.

`solver` is imported by `__main__` alone, so that what imports this package does not carry PyVRP.
"""

from .answer import Answer, run_json
from .question import Load, Place, Question, QuestionError, Vehicle
from .reading import question_from
from .timing import Run, Step, Stop, problems, timed
from .verify import RunError, check

__all__ = [
    "Answer",
    "Load",
    "Place",
    "Question",
    "QuestionError",
    "Run",
    "RunError",
    "Step",
    "Stop",
    "Vehicle",
    "check",
    "problems",
    "question_from",
    "run_json",
    "timed",
]
