"""The order of work inside one factory: a `Question` in, an `Answer` out. Knows no Odoo; README.md is the guide.

`solver` is imported by `__main__` alone, so that what imports this package does not carry CP-SAT.
"""

from .answer import Answer, Placed, lateness, makespan
from .question import Job, Machine, Operation, Question, QuestionError
from .reading import question_from
from .timing import OrderError, Timing, in_turn, timed
from .verify import ScheduleError, check

__all__ = [
    "Answer",
    "Job",
    "Machine",
    "Operation",
    "OrderError",
    "Placed",
    "Question",
    "QuestionError",
    "ScheduleError",
    "Timing",
    "check",
    "in_turn",
    "lateness",
    "makespan",
    "question_from",
    "timed",
]
