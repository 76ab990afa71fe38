"""The time that was asked is the time that is taken."""

import sys
from pathlib import Path
from typing import Any

import highspy  # type: ignore[import-untyped]  # ships no py.typed
import pytest
from planning import Problem, highs
from planning.model import model_of
from planning.routes import routes_of

sys.path.append(str(Path(__file__).resolve().parents[4] / "bench"))


def presolved(problem: Problem) -> Any:
    """What HiGHS makes of the program before it searches."""
    solver = highs._solver(model_of(problem, routes_of(problem)).milp, None, highs.Limits(10, 0.01, 1, 0))
    solver.presolve()
    return solver.getPresolvedLp()


@pytest.mark.parametrize("seed", range(3))
def test_no_sum_for_a_share_becomes_whole_numbers(seed: int) -> None:
    """Propagation takes the bounds of such a column down one by one, a minute for a plan of 9,000 possible lines."""
    import planning_instances  # type: ignore[import-not-found]  # bench is a folder, no package

    problem = Problem.from_json(planning_instances.demonstration(seed))
    program = presolved(problem)
    assert program.num_col_ > 1000
    assert highspy.HighsVarType.kImplicitInteger not in program.integrality_
