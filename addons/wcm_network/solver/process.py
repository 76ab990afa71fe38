import fcntl
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path

ADDON = Path(__file__).resolve().parent.parent
# Address space. More than a plan of 34 homes needs; a plan that needs more ends with a word, not with the server.
MOST_KB = 6 * 1024 * 1024


class SolverError(Exception):
    """No plan came out; the message is the planner's own line, empty when it was ended from outside."""


class SolverProcess:
    """`python -m planning` at work in a folder, whoever started it.

    The process holds a lock on a file of the folder as long as it lives, however it ends, so that it is found again
    after the server was killed, and a number that another process has got since is never mistaken for it.
    """

    def __init__(self, folder):
        self.folder = Path(folder)

    @classmethod
    def count(cls, folders):
        """How many are at work in these folders."""
        return sum(cls(folder).is_alive() for folder in folders)

    @property
    def is_begun(self):
        return self.folder.is_dir()

    def start(self, problem, seconds, gap, threads):
        """Begin to solve.

        :param problem: the planner's JSON, as bytes
        """
        self.kill()
        self._make_folder()
        for name in ("plan.json", "stopped"):
            (self.folder / name).unlink(missing_ok=True)
        (self.folder / "problem.json").write_bytes(problem)
        with open(self.folder / "lock", "w") as lock, open(self.folder / "news", "w") as news:
            fcntl.flock(lock, fcntl.LOCK_EX)
            process = subprocess.Popen(
                self._command(seconds, gap, threads),
                cwd=ADDON,
                env={name: value for name, value in os.environ.items() if not name.startswith("PG")},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=news,
                pass_fds=[lock.fileno()],
                start_new_session=True,
            )
        (self.folder / "pid").write_text(str(process.pid))

    # The Python module that is run; it calls itself so when it refuses.
    module = "planning"
    # What it tells: seconds, best cost, proven bound.
    telling = re.compile(r"(\d[\d.]*) s\b.*?best (\S+).*?bound (\S+)")

    def _command(self, seconds, gap, threads):
        """A little less urgent than the people who use Odoo meanwhile."""
        limited = ["sh", "-c", 'ulimit -Sv "$0"; exec nice -n 5 "$@"', str(MOST_KB)]
        files = [str(self.folder / "problem.json"), str(self.folder / "plan.json")]
        options = ["--seconds", str(seconds), "--threads", str(threads), *self._options(gap)]
        return [*limited, sys.executable, "-m", self.module, *files, *options]

    def _options(self, gap):
        return ["--gap", str(gap)]

    def _make_folder(self):
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    @contextmanager
    def attended(self):
        """While somebody waits for it here: what a transaction has not committed yet is known to nobody else."""
        self._make_folder()
        with open(self.folder / "attended", "w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    @property
    def is_attended(self):
        return self._is_locked("attended")

    def is_alive(self):
        return self._is_locked("lock")

    def _is_locked(self, name):
        try:
            with open(self.folder / name) as lock:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except FileNotFoundError:
            return False
        except BlockingIOError:
            return True
        return False

    def age(self):
        """Seconds since it began."""
        with suppress(FileNotFoundError):
            return max(0.0, time.time() - (self.folder / "problem.json").stat().st_mtime)
        return 0.0

    def stop(self, who=""):
        """Ask it to write the best plan so far and end."""
        if self.is_begun:
            (self.folder / "stopped").write_text(who)
            self._signal(os.kill, signal.SIGINT)

    def kill(self):
        self._signal(os.killpg, signal.SIGKILL)

    def _signal(self, send, number):
        with suppress(FileNotFoundError, ProcessLookupError, ValueError):
            if self.is_alive():
                send(int((self.folder / "pid").read_text()), number)

    @property
    def stopped_by(self):
        """Who asked it to stop; None when nobody did."""
        with suppress(FileNotFoundError):
            return (self.folder / "stopped").read_text()
        return None

    def wait(self, seconds):
        """Until it has ended; it is ended when it takes longer."""
        end = time.monotonic() + seconds
        while self.is_alive():
            if time.monotonic() > end:
                self.kill()
            time.sleep(0.05)

    def news(self):
        """[the numbers that it told] so far."""
        found = (self.telling.search(line) for line in self._told())
        rows = ([_number(word) for word in match.groups()] for match in found if match)
        return [row for row in rows if None not in row]

    def _told(self):
        with suppress(FileNotFoundError):
            return (self.folder / "news").read_text(errors="replace").splitlines()
        return []

    def answer(self):
        """The plan, as bytes of JSON, of a process that has ended.

        :raise SolverError: there is none
        """
        try:
            plan = (self.folder / "plan.json").read_bytes()
            json.loads(plan)
        except (OSError, ValueError):
            last, who = next(reversed(self._told()), ""), f"{self.module}: "
            raise SolverError(last.removeprefix(who) if last.startswith(who) else "") from None
        return plan

    def clear(self):
        """Leave nothing behind."""
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


class SequencingProcess(SolverProcess):
    """`python -m sequencing`: it searches until its time is over or its answer is proved."""

    module = "sequencing"
    # Seconds, minutes late, minute of the end.
    telling = re.compile(r"(\d[\d.]*) s\b.*?late (\S+), ends at (\S+)")

    def _options(self, gap):
        return []


def _number(word):
    """A finite number, or None."""
    try:
        number = float(word.replace(",", "").rstrip(";"))
    except ValueError:
        return None
    return number if abs(number) < 1e18 else None
