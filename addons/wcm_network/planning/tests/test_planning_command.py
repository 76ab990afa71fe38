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


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (json.dumps(walls())[:-40], "not JSON"),
        (json.dumps(walls()).replace("41", "NaN").replace("40", "NaN"), "NaN is no number"),
        (json.dumps(walls()).replace("40", "-Infinity"), "-Infinity is no number"),
        (json.dumps(walls()).replace("40", "1e999"), "options[0]: option"),
        (json.dumps(walls()).replace("40", "9" * 5000), "not JSON"),
        ("[" * 100_000, "not JSON"),
        (json.dumps(walls(items=[{"id": "a\nb", "holding_cost": -1}])), "items[0]"),
    ],
    ids=["truncated", "NaN", "Infinity", "too large", "a number of 5000 digits", "a tower", "a name of two lines"],
)
def test_nonsense_gets_one_line_and_exit_code_two(tmp_path: Path, text: str, line: str) -> None:
    for module in ("planning", "planning.check"):
        done = run(module, written(tmp_path, text), tmp_path / "plan.json")
        assert done.returncode == 2 and line in done.stderr and done.stderr.count("\n") == 1


@pytest.mark.parametrize("wrong", [{"cost": "dear"}, {"lines": [3]}, {"loads": 7}, {"status": "fine"}, {"format": 2}])
def test_the_checker_says_in_one_line_what_is_no_plan(tmp_path: Path, wrong: dict[str, Any]) -> None:
    problem, plan = written(tmp_path, walls()), tmp_path / "plan.json"
    run("planning", problem, plan)
    plan.write_text(json.dumps(json.loads(plan.read_text()) | wrong))
    checked = run("planning.check", problem, plan)
    assert checked.returncode == 2 and "not a plan" in checked.stderr and checked.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "option", ["--seconds=nan", "--seconds=-1", "--gap=2", "--threads=0", "--seed=-1", "--memory=0"]
)
def test_a_wrong_option_is_refused(tmp_path: Path, option: str) -> None:
    done = run("planning", written(tmp_path, walls()), tmp_path / "plan.json", option)
    assert done.returncode == 2 and option.split("=")[0] in done.stderr and "Traceback" not in done.stderr


def test_at_its_memory_limit_it_stops_with_a_plan_that_the_checker_accepts(tmp_path: Path) -> None:
    problem, plan = written(tmp_path, walls()), tmp_path / "plan.json"
    done = run("planning", problem, plan, "--memory", 1, "--gap", 0)
    assert done.returncode == 0 and "6 possible lines; memory: " in done.stderr
    assert "stops at 1 MB" in done.stderr and run("planning.check", problem, plan).returncode == 0


def test_a_million_lines_that_need_more_memory_are_refused_quickly_and_in_little_memory(tmp_path: Path) -> None:
    demands = [{"id": f"d{n}", "item": "wall", "quantity": 1, "due": 3, "site": "s"} for n in range(100_000)]
    path = written(tmp_path, walls(demands=demands))
    code = "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (10**9, 10**9)); from planning.__main__ import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", code, str(path), str(tmp_path / "plan.json"), "--memory=200"]
    done = subprocess.run(command, cwd=ADDON, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2 and "800000 possible lines" in done.stderr and "200 MB are allowed" in done.stderr
    assert done.stderr.count("\n") == 1
