# mypy: disable-error-code="untyped-decorator, import-not-found, import-untyped"
# Where lint runs, hypothesis need not be installed.
from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st
from sampling.draw import by_chance, every_nth, in_share

EXAMPLES = settings(deadline=None, derandomize=True, database=None)
UNITS = [f"B-{number:04d}" for number in range(40)]


def test_the_same_seed_draws_the_same_units() -> None:
    assert by_chance("lot 1", UNITS, 5) == by_chance("lot 1", reversed(UNITS), 5) == by_chance("lot 1", UNITS, 9)[:5]
    assert by_chance("lot 1", UNITS, 5) != by_chance("lot 2", UNITS, 5)


def test_a_draw_can_be_repeated_without_this_program() -> None:
    """`printf 'seed B-1' | sha256sum`, sorted: what an auditor does by hand."""
    assert by_chance("seed", ["B-1", "B-2", "B-3"], 2) == ["B-1", "B-2"]


def test_each_unit_is_drawn_about_as_often() -> None:
    times = Counter(unit for lot in range(4000) for unit in by_chance(f"lot {lot}", UNITS, 4))
    assert min(times.values()) > 400 - 5 * 19 and max(times.values()) < 400 + 5 * 19  # five standard deviations
    assert set(times) == set(UNITS)


@EXAMPLES
@given(st.sets(st.text(min_size=1, max_size=5), max_size=30), st.integers(0, 40), st.text(max_size=5))
def test_a_lot_that_grows_keeps_what_was_drawn(units: set[str], size: int, seed: str) -> None:
    first = by_chance(seed, units, size)
    more = by_chance(seed, units | {"new 1", "new 2"}, size + 1, first)
    assert len(first) == min(size, len(units))
    assert not set(first) & set(more)
    assert len(first) + len(more) == min(size + 1, len(units | {"new 1", "new 2"}))


def test_every_third_is_the_first_and_each_third_after_it() -> None:
    assert [position for position in range(1, 11) if every_nth(position, 3)] == [1, 4, 7, 10]
    assert all(every_nth(position, 1) for position in range(1, 5))


def test_a_share_is_about_that_share_and_always_the_same_units() -> None:
    drawn = [unit for unit in map(str, range(10_000)) if in_share("seed", unit, 10)]
    assert 1000 - 150 < len(drawn) < 1000 + 150  # five standard deviations
    assert drawn == [unit for unit in map(str, range(10_000)) if in_share("seed", unit, 10)]
    assert all(in_share("seed", unit, 100) for unit in UNITS) and not any(in_share("seed", unit, 0) for unit in UNITS)
