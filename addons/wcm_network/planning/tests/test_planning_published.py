"""Published instances whose optimum is known."""

import sys
from pathlib import Path

import pytest
from planning import Problem, solve

ROOT = Path(__file__).resolve().parents[4]
DATA = ROOT.parent / "shared" / "data" / "bench"
sys.path.append(str(ROOT / "bench"))

KNOWN = [
    ("cflp", "cflp/cap71.txt", 932615.750),
    ("cflp", "cflp/cap101.txt", 796648.437),
    ("cflp", "cflp/cap104.txt", 928941.750),
    ("gap", "gap/chu1997/a05100", 1698),
    ("gap", "gap/chu1997/c05100", 1931),
]


@pytest.mark.skipif(not DATA.is_dir(), reason=f"shared data absent: {DATA}")
@pytest.mark.parametrize(("kind", "name", "optimum"), KNOWN, ids=[row[1] for row in KNOWN])
def test_a_published_optimum_is_found_and_proved(kind: str, name: str, optimum: float) -> None:
    import published_instances  # type: ignore[import-not-found]  # bench is a folder, no package

    convert = published_instances.gap if kind == "gap" else published_instances.cflp
    result = solve(Problem.from_json(convert((DATA / name).read_text())), gap=0.0, seconds=60)
    assert result.cost == pytest.approx(optimum, abs=0.01)
    assert result.bound == pytest.approx(optimum, rel=1e-5) and not result.unplaced
