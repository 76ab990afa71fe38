import json
import subprocess
import sys
import tempfile
from pathlib import Path

from .process import SolverError

ADDON = Path(__file__).resolve().parent.parent
SECONDS = 1.5
PATIENCE = 60


def routed(question):
    """`python -m routing`, waited for: the search has its seconds and then ends, however much there is to carry.

    :raise SolverError: with the line that it refused with
    """
    with tempfile.TemporaryDirectory(prefix="wcm-runs-") as folder:
        asked, answered = Path(folder, "question.json"), Path(folder, "answer.json")
        asked.write_text(json.dumps(question))
        command = [sys.executable, "-m", "routing", str(asked), str(answered), "--seconds", str(SECONDS)]
        try:
            done = subprocess.run(command, cwd=ADDON, capture_output=True, text=True, timeout=PATIENCE, check=False)
        except subprocess.TimeoutExpired:
            raise SolverError("") from None
        if done.returncode:
            raise SolverError(done.stderr.strip().splitlines()[-1].removeprefix("routing: ") if done.stderr.strip() else "")
        return json.loads(answered.read_text())
