"""`python -m planning` as a person types it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from planning.tests.planning_makers import walls

ADDON = Path(__file__).resolve().parents[2]


def run(module: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", module, *map(str, arguments)]
    return subprocess.run(command, cwd=ADDON, capture_output=True, text=True, timeout=60, check=False)


def written(folder: Path, data: Any) -> Path:
    path = folder / "problem.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data))
    return path


def test_a_problem_file_becomes_a_plan_file_that_the_checker_accepts(tmp_path: Path) -> None:
    problem, plan = written(tmp_path, walls()), tmp_path / "plan.json"
    done = run("planning", problem, plan, "--seconds", 10, "--gap", 0, "--threads", 2, "--seed", 1)
    assert done.returncode == 0 and "optimal: cost 241.00" in done.stderr and "best" in done.stderr
    assert json.loads(plan.read_text())["costs"]["making"] == 240
    checked = run("planning.check", problem, plan)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_the_checker_names_the_fault_of_a_plan(tmp_path: Path) -> None:
    problem, plan = written(tmp_path, walls()), tmp_path / "plan.json"
    run("planning", problem, plan)
    plan.write_text(json.dumps(json.loads(plan.read_text()) | {"cost": 1}))
    checked = run("planning.check", problem, plan)
    assert checked.returncode == 1 and "cost: 1, kinds sum to" in checked.stderr


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ("{", "not JSON"),
        ("", "not JSON"),
        ("[]", "expected an object"),
        (walls(periods=0), "periods: expected a whole number from 1"),
    ],
    ids=["half a file", "an empty file", "a list", "no period"],
)
def test_a_wrong_file_gets_one_line_and_exit_code_two(tmp_path: Path, data: Any, line: str) -> None:
    done = run("planning", written(tmp_path, data), tmp_path / "plan.json")
    assert done.returncode == 2 and line in done.stderr and done.stderr.count("\n") == 1
    assert not (tmp_path / "plan.json").exists()


def test_a_missing_file_gets_one_line_and_exit_code_two(tmp_path: Path) -> None:
    done = run("planning", tmp_path / "none.json", tmp_path / "plan.json")
    assert done.returncode == 2 and "No such file" in done.stderr and done.stderr.count("\n") == 1


def test_the_core_never_imports_odoo() -> None:
    code = "import sys, planning; sys.exit('odoo' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ADDON, check=False).returncode == 0
