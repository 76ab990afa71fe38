"""The time that was asked is the time that is taken."""

import json
import subprocess
import sys
from pathlib import Path
from time import monotonic
from typing import Any

import highspy  # type: ignore[import-untyped]  # ships no py.typed
import pytest
from planning import Problem, greedy, highs
from planning.__main__ import leave
from planning.model import Model, model_of
from planning.routes import routes_of

ADDON = Path(__file__).resolve().parents[2]
sys.path.append(str(ADDON.parents[1] / "bench"))


def built(seed: int, **size: int) -> Model:
    import planning_instances  # type: ignore[import-not-found]  # bench is a folder, no package

    problem = Problem.from_json(planning_instances.demonstration(seed, **size))
    return model_of(problem, routes_of(problem))


def presolved(model: Model) -> Any:
    """What HiGHS makes of the program before it searches; the pool of threads may be that of an earlier search."""
    highspy.Highs.resetGlobalScheduler(True)
    solver = highs._solver(model.milp, None, highs.Limits(10, 0.01, 1, 0))
    solver.presolve()
    return solver.getPresolvedLp()


@pytest.mark.parametrize("seed", range(3))
def test_no_sum_for_a_share_becomes_whole_numbers(seed: int) -> None:
    """Propagation takes the bounds of such a column down one by one, a minute for a plan of 9,000 possible lines."""
    program = presolved(built(seed))
    assert program.num_col_ > 1000
    assert highspy.HighsVarType.kImplicitInteger not in program.integrality_


def equated(model: Model) -> None:
    """Its sums as equations: HiGHS then takes a minute and more in one stretch."""
    milp = model.milp
    for row, end in enumerate(milp.start[1:]):
        if milp.index[end - 1] in milp.sums and milp.value[end - 1] == -1.0:
            milp.row_lower[row] = milp.row_upper[row] = 0.0


def long_search(seconds: float) -> None:
    """Run in a process of its own, where what is left behind disturbs nobody."""
    model = built(0, periods=34, demands=60)
    equated(model)
    known, began = model.start(greedy(model.problem)), monotonic()
    answer = highs.search(model.milp, known, highs.Limits(seconds, 0.01, 1, 0), lambda *_: False)
    print(json.dumps([monotonic() - began, answer.values is not None, answer.finished]))
    leave(0)


def test_a_search_ends_with_its_time_and_its_plan_whatever_the_solver_is_at() -> None:
    code = "from planning.tests.test_planning_clock import long_search; long_search(5.0)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ADDON, capture_output=True, text=True, timeout=60, check=True
    )
    took, has_plan, finished = json.loads(done.stdout)
    assert took < 25 and has_plan and not finished


def test_an_error_of_the_caller_ends_the_search_and_is_his() -> None:
    def watch(*_: float) -> bool:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        highs.search(built(0).milp, None, highs.Limits(30, 0.0, 1, 0), watch)
    assert not highs.is_left_behind()
