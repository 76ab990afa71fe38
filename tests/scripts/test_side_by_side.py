"""Two test runs at once are shown, and judged, as one."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

from setup import odoo_run, side_by_side  # noqa: E402


@pytest.fixture(autouse=True)
def _logs_of_its_own(monkeypatch, tmp_path):
    monkeypatch.setattr(side_by_side, "LOGS", tmp_path)
    monkeypatch.setattr(odoo_run.postgres, "connection", dict)


def python(*lines):
    return [sys.executable, "-c", "; ".join(("import os, sys, time", *lines))]


def test_each_says_its_whole_say_and_the_end_names_both(capfd):
    slow = python(
        "print('one begins', flush=True)", "time.sleep(1)", "print('FAILED one')", "print('1 failed')", "sys.exit(1)"
    )
    quick = python("print('two', file=sys.stderr)", "print('1 passed')")
    assert side_by_side.side_by_side({"first": slow, "second": quick}) == 1
    said = capfd.readouterr().out.splitlines()
    assert said == [
        "one begins",
        "FAILED one",
        "1 failed",
        "two",
        "1 passed",
        "first:",
        "FAILED one",
        "1 failed",
        "second:",
        "1 passed",
    ]


@pytest.mark.parametrize(("codes", "expected"), [((0, 0), 0), ((2, 0), 2), ((0, 5), 5)])
def test_either_makes_the_whole_fail(codes, expected):
    assert (
        side_by_side.side_by_side({str(place): python(f"sys.exit({code})") for place, code in enumerate(codes)})
        == expected
    )


def test_one_that_is_killed_makes_the_whole_fail():
    killed = python("os.kill(os.getpid(), 9)")
    assert side_by_side.side_by_side({"first": killed, "second": python("print('1 passed')")}) != 0


def test_they_run_at_the_same_time(tmp_path):
    meeting = [str(tmp_path / name) for name in ("a", "b")]
    commands = [
        python(
            f"open({mine!r}, 'w')",
            f"[time.sleep(.01) for _ in range(3000) if not os.path.exists({other!r})]",
            f"sys.exit(not os.path.exists({other!r}))",
        )
        for mine, other in (meeting, meeting[::-1])
    ]
    assert side_by_side.side_by_side({"first": commands[0], "second": commands[1]}) == 0


def test_both_have_ended_when_it_is_interrupted(tmp_path):
    pids = [tmp_path / name for name in ("a", "b")]
    commands = {
        path.name: python(f"open({str(path)!r}, 'w').write(str(os.getpid()))", "time.sleep(60)") for path in pids
    }
    script = f"from setup import side_by_side as it; from pathlib import Path; it.LOGS = Path({str(tmp_path)!r}); it.odoo_run.environment = dict; it.side_by_side({commands!r})"
    running = subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT / "scripts", start_new_session=True, stderr=subprocess.DEVNULL
    )
    while not all(path.exists() and path.read_text() for path in pids):
        time.sleep(0.05)
    os.killpg(running.pid, signal.SIGINT)
    running.wait(30)
    for path in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(int(path.read_text()), 0)


def test_two_runs_share_the_files_and_run_each_test_once(tmp_path, capfd):
    """Also across folders, with what a file of tests sets up and takes down."""
    assert side_by_side.side_by_side(shared(tmp_path, PASSES)) == 0
    ran = (tmp_path / "ran").read_text().split()
    assert sorted(ran) == sorted(f"{place}:{test}" for place in range(12) for test in ("up", "one", "two", "down"))
    runs = [(tmp_path / f"ran-{name}").read_text().split() for name in ("first", "second")]
    assert all(runs) and sorted(runs[0] + runs[1]) == sorted(ran)
    assert capfd.readouterr().out.count(" passed in ") == 4  # each said once, and once more at the end


@pytest.mark.parametrize("spoilt", ["assert False", "pytest.skip('Chromium is missing')"])
def test_a_failure_or_a_skip_in_either_fails(tmp_path, spoilt):
    assert side_by_side.side_by_side(shared(tmp_path, f"{PASSES}\n\ndef test_spoilt():\n    {spoilt}\n")) == 1


def test_what_cannot_be_collected_fails_both(tmp_path):
    assert side_by_side.side_by_side(shared(tmp_path, "import nothing_of_this_name")) == 2


PASSES = """
import pathlib, sys, time
import pytest

HERE = pathlib.Path(__file__)
NAME = next(word for word in sys.argv if word.startswith("--basetemp=")).rpartition("/")[2]

def tell(what):
    for book in ("ran", f"ran-{NAME}"):
        with (HERE.parents[1] / book).open("a") as book:
            book.write(f"{HERE.stem.removeprefix('test_')}:{what}\\n")
    time.sleep(0.02)

@pytest.fixture(scope="module", autouse=True)
def world():
    tell("up")
    yield
    tell("down")

def test_one():
    tell("one")

def test_two():
    tell("two")
"""


def shared(folder, source):
    """Commands of two runs over twelve files of tests in three folders, told by their name of the basetemp."""
    shutil.copy(ROOT / "conftest.py", folder)
    (folder / "pytest.ini").touch()
    for place in range(12):
        path = folder / "abc"[place % 3] / f"test_{place}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(source)
    (folder / "taken").mkdir()
    command = [sys.executable, "-m", "pytest", "-p", "no:odoo", "-p", "no:cacheprovider", "--strict-skips"]
    told = [f"--share={folder / 'taken'}", f"--rootdir={folder}", str(folder)]
    return {name: [*command, f"--basetemp={folder / 'temp' / name}", *told] for name in ("first", "second")}
