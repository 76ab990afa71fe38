"""Where compiled code is kept, and whose it is."""

import os
import subprocess
import sys
from pathlib import Path

ADDON = Path(__file__).resolve().parents[2]


def told(code: str, **environment: str) -> str:
    """What a process of its own prints."""
    command = [sys.executable, "-c", code]
    done = subprocess.run(
        command, cwd=ADDON, env={**os.environ, **environment}, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_code_for_another_processor_is_not_taken_for_ours(tmp_path: Path) -> None:
    """An image may be built on one machine and run on another: a small problem must not wait for a compiler then."""
    code = "from numba import config; import planning.compiled; print(config.CACHE_DIR)"
    ours = told(code, NUMBA_CACHE_DIR=str(tmp_path))
    assert ours == told(code, NUMBA_CACHE_DIR=str(tmp_path))
    assert ours != told(code, NUMBA_CACHE_DIR=str(tmp_path), NUMBA_CPU_NAME="generic")


def test_a_user_without_a_home_and_with_nowhere_to_write_compiles_in_memory() -> None:
    nobody = "import os; os.environ.pop('HOME'); os.environ.pop('XDG_CACHE_HOME', None); os.getuid = lambda: 2**31 - 5"
    nowhere = "os.access = lambda *_: False"
    code = f"{nobody}; {nowhere}; from planning.compiled import is_warm; import planning.moves; print(is_warm())"
    assert told(code, NUMBA_CACHE_DIR="/proc/none") == "False"


def test_a_small_problem_starts_without_the_compiler() -> None:
    assert told("import sys, planning, planning.planner; print('numba' in sys.modules)") == "False"
