# mypy: disable-error-code="untyped-decorator, import-not-found, import-untyped"
# Where lint runs, hypothesis need not be installed.
from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sampling.plan import SEVERITIES, Plan, SamplingError, Severity, plan_for, tighter
from sampling.tables import AQLS, LETTERS, LEVELS, LOTS

EXAMPLES = settings(deadline=None, derandomize=True, database=None)
SMALLEST_LOT = dict(zip("ABCDEFGHJKLMNPQ", (2, 9, 16, 26, 51, 91, 151, 281, 501, 1201, 3201, 10_001, 35_001, 150_001, 500_001), strict=True))
"""Of each code letter at level II; R is reached at level III only."""


def published() -> list[tuple[Severity, str, str, str]]:
    found: list[tuple[Severity, str, str, str]] = []
    severity: Severity = "normal"
    for line in (Path(__file__).parent / "published.txt").read_text().splitlines():
        if line in SEVERITIES:
            severity = line
        elif not line.startswith("#"):
            letter, *numbers = line.split()
            found += [(severity, letter, aql, number) for aql, number in zip(AQLS, numbers, strict=True)]
    return found


def of_letter(letter: str, aql: str, severity: Severity) -> Plan:
    return plan_for(500_001, "III", aql, severity) if letter == "R" else plan_for(SMALLEST_LOT[letter], "II", aql, severity)


def test_every_number_is_as_printed() -> None:
    printed = [row for row in published() if row[3] != "."]
    assert len(printed) == 247
    for severity, letter, aql, number in printed:
        plan = of_letter(letter, aql, severity)
        assert (plan.letter, plan.accept) == (letter, int(number)), (severity, letter, aql)


@pytest.mark.parametrize(
    ("severity", "letter", "aql", "used", "accept"),
    [
        ("normal", "A", "2.5", "C", 0), ("normal", "C", "6.5", "D", 1), ("normal", "D", "4.0", "E", 1), ("normal", "B", "6.5", "A", 0),
        ("normal", "M", "0.065", "L", 0), ("normal", "M", "6.5", "L", 21), ("normal", "R", "0.015", "P", 0),
        ("tightened", "D", "4.0", "C", 0), ("tightened", "D", "6.5", "E", 1), ("tightened", "H", "0.65", "G", 0), ("tightened", "R", "0.025", "P", 0),
        ("reduced", "D", "4.0", "B", 0), ("reduced", "D", "2.5", "C", 0), ("reduced", "H", "0.65", "F", 0), ("reduced", "H", "1.0", "J", 1),
        ("reduced", "R", "0.025", "N", 0), ("reduced", "Q", "0.040", "R", 1),
    ],
)
def test_an_arrow_leads_to_the_plan_it_points_to(severity: Severity, letter: str, aql: str, used: str, accept: int) -> None:
    plan = of_letter(letter, aql, severity)
    assert (plan.letter, plan.accept) == (used, accept)


@pytest.mark.parametrize(
    ("lot", "level", "aql", "severity", "size", "accept"),
    [
        (1000, "II", "1.0", "normal", 80, 2),  # the usual textbook example: letter J
        (1000, "II", "1.0", "tightened", 80, 1),
        (1000, "II", "1.0", "reduced", 32, 1),
        (3200, "II", "2.5", "normal", 125, 7),
        (3201, "II", "2.5", "normal", 200, 10),
        (5, "II", "1.0", "normal", 5, 0),  # the arrow leads to 13 units, and the lot has five
        (1, "II", "6.5", "normal", 1, 0),
    ],
)
def test_a_lot_gets_its_plan(lot: int, level: str, aql: str, severity: Severity, size: int, accept: int) -> None:
    plan = plan_for(lot, level, aql, severity)
    assert (plan.size, plan.accept, plan.reject) == (size, accept, accept + 1)


@EXAMPLES
@given(st.integers(1, 10**7), st.sampled_from(LEVELS), st.sampled_from(AQLS), st.sampled_from(SEVERITIES))
def test_no_plan_checks_more_than_there_is_or_accepts_all_of_it(lot: int, level: str, aql: str, severity: Severity) -> None:
    plan = plan_for(lot, level, aql, severity)
    assert 1 <= plan.size <= lot
    assert 0 <= plan.accept < plan.size
    assert plan.letter in LETTERS


@EXAMPLES
@given(st.integers(2, 10**6), st.sampled_from(LEVELS), st.sampled_from(AQLS[1:]))
def test_tightened_inspection_is_never_easier_to_pass(lot: int, level: str, aql: str) -> None:
    """Chance of acceptance at the AQL: fewer may fail, or more are drawn."""
    normal, tightened = plan_for(lot, level, aql), plan_for(lot, level, aql, "tightened")
    assert tightened.accept <= normal.accept and tightened.accept / tightened.size <= normal.accept / normal.size


@pytest.mark.parametrize("wrong", [(0, "II", "1.0"), (-3, "II", "1.0"), (10, "IV", "1.0"), (10, "II", "1.00"), (10, "II", "")])
def test_what_is_not_in_the_tables_is_refused(wrong: tuple[int, str, str]) -> None:
    with pytest.raises(SamplingError, match="no plan"):
        plan_for(*wrong)


def test_lots_and_letters_only_grow() -> None:
    for column in range(len(LEVELS)):
        letters = [LETTERS.index(row[column]) for _largest, row in LOTS]
        assert letters == sorted(letters)


def test_the_next_smaller_limit() -> None:
    assert (tighter("1.0"), tighter("0.010")) == ("0.65", None)
