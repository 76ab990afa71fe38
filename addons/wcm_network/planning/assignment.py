"""Assignment problems from question to plan and bound: tolls first, then trades, beside them a program.

Tolls (`tolls.py`) prove a bound and put the choices of each job in order; trades (`trades.py`)
search the plan in rounds of a fixed number of turns. Where few choices can still be in a better
plan, the program of these is searched beside it and may prove more.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from math import inf

import numpy as np

from .chance import seeded
from .choices import WORTH_COMPILING, Assignment, assignment_of
from .compiled import is_warm
from .grid import Array
from .highs import Answer
from .ledger import Ledger, ledger_of
from .model import Model, model_of
from .narrow import search_in_stages
from .places import Cell
from .routes import Route
from .run import Run, cost_of, is_right
from .size import possible_lines
from .trading import Search, Tolls, filled_by, tolls_of

QUICK_STEPS = 150
"""Of the tolls before the first plan; then so many times as many."""
MORE_STEPS = 1500
TURNS = 1500
"""Of the first round; up to `LONGER` times as many later."""
LONGER = 4
FEW = 12
"""Choices for each job, on average, of which a program is worth its time."""
MOST = 40_000
FEW_LINES = 20_000
"""Up to which shadow values come from the relaxation, exact to the last digit."""
BEFORE = 3
"""Rounds before a program is begun."""


@dataclass(slots=True)
class Found:
    """What the search found.

    :ivar saved: by one more hour, where the program of all choices is too large to ask
    """

    plan: Ledger
    bound: float
    saved: dict[tuple[str, str, int], float] | None


@dataclass(slots=True)
class _Program:
    """The program of the choices that can be in a better plan."""

    model: Model
    routes: list[Route]
    start: list[float]
    ceiling: float
    answer: Answer | None = None
    cost: float = inf
    bound: float = -inf


@dataclass(slots=True)
class _Work:
    """One call: everything side by side until the gap is reached or time is up."""

    run: Run
    task: Assignment
    tolls: Tolls
    searches: list[Search] = field(default_factory=list)
    cells: list[Cell | None] = field(default_factory=list)
    stop: Array = field(default_factory=lambda: np.zeros(1, dtype=np.int8))
    program: _Program | None = None
    tried: bool = False

    @property
    def best(self) -> Search:
        return min(self.searches, key=lambda search: search.cost)

    @property
    def cost(self) -> float:
        found = min((search.cost for search in self.searches), default=inf)
        return min(found, self.program.cost) if self.program else found

    @property
    def bound(self) -> float:
        known = self.tolls.bound
        return max(known, min(self.program.bound, self.program.ceiling)) if self.program else known

    def is_done(self) -> bool:
        """Whether to stop: somebody says so, time is up, or the gap is reached."""
        cost, bound = self.cost, self.bound
        limits = self.run.limits
        stop = self.run.tell(cost, bound) or self.run.seconds >= limits.seconds
        return stop or cost - bound <= max(limits.gap * abs(cost), 1e-6)


def assign(run: Run) -> tuple[Ledger, float] | None:
    """Plan and bound; None where a lock leaves no choice, and where a small problem would wait for the compiler."""
    task = assignment_of(run.problem, run.routes)
    if task is None or not (is_warm("trades.trade") or possible_lines(run.problem) > WORTH_COMPILING):
        return None
    found = solve_assignment(run, task)
    run.dear = found.saved
    return found.plan, found.bound


def solve_assignment(run: Run, task: Assignment) -> Found:
    """The best plan that was found, and what is proven.

    :param run: with all routes
    """
    work = _Work(run, task, tolls_of(task.choices))
    work.tolls.climb(QUICK_STEPS)
    _begin(work)
    if not work.is_done():
        _climb(work)
        _begin(work)
        _search(work)
    return Found(_plan(work), work.bound, _saved(work))


def _climb(work: _Work) -> None:
    for _ in range(MORE_STEPS // QUICK_STEPS):
        if not work.tolls.tally[1] or work.is_done():
            break
        work.tolls.climb(QUICK_STEPS)


def _begin(work: _Work) -> None:
    """Searches with the choices in the order of these tolls, from the plan that fills up by them."""
    choices, order = work.task.choices.ordered(work.tolls.worth)
    work.cells = [work.task.cells[c] for c in order.tolist()]
    worth, job = work.tolls.worth[order], choices.job
    excess = worth - worth[choices.first[:-1]][job]
    choices = choices._replace(cost=worth)
    filled = filled_by(choices, excess)
    shift = float((work.tolls.best * choices.offered).sum())
    cost = float(work.task.choices.cost[order][filled].sum()) + shift
    work.searches = [
        Search(
            choices, job, excess, work.tolls.best.copy(), 0.5 * np.maximum(work.tolls.best, work.tolls.best.mean()) + 1e-3,
            start.copy(), filled.copy(), seeded(2 * work.run.limits.seed + n), work.stop, np.array([cost]), shift,
        )
        for n, start in enumerate((choices.first[:-1], filled)[: max(1, min(2, work.run.limits.threads))])
    ]  # fmt: skip


def _search(work: _Work) -> None:
    """Rounds of trades; when few choices are left, a program takes the place of the second search."""
    threads = max(1, min(2, work.run.limits.threads))
    with ThreadPoolExecutor(threads) as pool:
        beside: Future[None] | None = None
        count = 0
        while not work.stop[0] and not work.is_done():
            count += 1
            if beside is None and not work.tried and count > BEFORE and (program := _program(work)):
                work.program, work.tried = program, True
                beside = pool.submit(_solve_program, work, program, threads)
                work.searches = work.searches[:1] if work.best is work.searches[0] else work.searches[::-1][:1]
            jobs = [pool.submit(search.round, TURNS * min(count, LONGER)) for search in work.searches]
            _wait(work, jobs, beside)
            for job in jobs:
                job.result()
            if beside is not None and beside.done():
                beside.result()
            if count % 4 == 0 and len(work.searches) > 1:
                work.searches[1].follow(work.best)
        work.stop[0] = 1
        if beside is not None:
            beside.result()


def _wait(work: _Work, jobs: list[Future[None]], beside: Future[None] | None) -> None:
    """Until these rounds have ended; stops them when time is up, or when the program has proved enough."""
    while wait(jobs, timeout=0.2).not_done:
        program = work.program
        proved = beside is not None and beside.done() and program and program.answer and program.answer.finished
        if proved or work.run.tell(work.cost, work.bound) or work.run.seconds >= work.run.limits.seconds:
            work.stop[0] = 1


def _program(work: _Work) -> _Program | None:
    """Of the choices that can be in a better plan; None where they are many."""
    best = work.best
    most = best.cost - work.bound - (work.tolls.unit or 0.0) + 1e-6
    keep = np.flatnonzero(best.excess + (work.tolls.tally[0] - work.bound) <= most + 1e-6)
    jobs = len(best.choices.first) - 1
    if len(keep) > min(MOST, FEW * jobs):
        return None
    known = {cell[:2] for c in (*keep.tolist(), *best.best.tolist()) if (cell := work.cells[c])}
    routes = [route for route in work.run.routes if (route.demand.id, route.facility.id) in known]
    model = model_of(work.run.problem, routes)
    return _Program(model, routes, model.start(_ledger(work, routes, best)), best.cost)


def _solve_program(work: _Work, program: _Program, threads: int) -> None:
    run = work.run
    left = max(0.1, run.limits.seconds - run.seconds) * (1.0 if threads > 1 else 0.5)
    limits = replace(run.limits, seconds=left, threads=1)

    def watch(_cost: float, bound: float) -> bool:
        program.bound = max(program.bound, bound)
        return bool(work.stop[0])

    answer = search_in_stages(program.model.milp, program.start, limits, watch)
    program.bound = max(program.bound, answer.bound)
    program.answer = answer
    if answer.values is not None:
        plan = ledger_of(run.problem, program.routes, program.model.booked(answer.values))
        program.cost = cost_of(run, plan) if is_right(run, plan) else inf


def _ledger(work: _Work, routes: list[Route], search: Search) -> Ledger:
    problem = work.run.problem
    booked = {cell: problem.demand[cell[0]].quantity for c in search.best.tolist() if (cell := work.cells[c])}
    return ledger_of(problem, routes, booked)


def _plan(work: _Work) -> Ledger:
    program, run = work.program, work.run
    if program and program.answer and program.answer.values is not None and program.cost <= work.best.cost + 1e-6:
        return ledger_of(run.problem, run.routes, program.model.booked(program.answer.values))
    return _ledger(work, run.routes, work.best)


def _saved(work: _Work) -> dict[tuple[str, str, int], float] | None:
    """The tolls, where the relaxation would take long."""
    if len(work.cells) <= FEW_LINES:
        return None
    rows = zip(work.task.rows, work.tolls.best.tolist(), strict=True)
    return {row[1:]: toll for row, toll in rows if row[0] == "hours" and toll > 0}
