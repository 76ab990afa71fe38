# mypy: disable-error-code="untyped-decorator, import-not-found, import-untyped"
# Where lint runs, hypothesis need not be installed.
from __future__ import annotations

import pytest
from capstat_core import LotResult, apply_switching_rules
from hypothesis import given, settings
from hypothesis import strategies as st
from sampling.switching import Result, severity_after

EXAMPLES = settings(deadline=None, derandomize=True, database=None)
GOOD, BAD, VERY_GOOD, JUST = Result(True), Result(False), Result(True, True), Result(True, False)


@pytest.mark.parametrize(
    ("lots", "after"),
    [
        ([], "normal"),
        ([BAD], "normal"),
        ([BAD, BAD], "tightened"),
        ([BAD, GOOD, GOOD, GOOD, BAD], "tightened"),
        ([BAD, GOOD, GOOD, GOOD, GOOD, BAD], "normal"),  # two of six
        ([BAD, BAD, *[GOOD] * 4], "tightened"),
        ([BAD, BAD, *[GOOD] * 5], "normal"),
        ([BAD, BAD, *[GOOD] * 4, BAD, *[GOOD] * 4], "tightened"),  # not five in a row
        ([BAD, BAD, *[GOOD] * 5, BAD], "normal"),  # lots before the change do not count
        ([BAD] * 6, "tightened"),
        ([BAD] * 7, "discontinued"),
        ([BAD, BAD, *[BAD, GOOD] * 4, BAD], "discontinued"),  # five in all, not in a row
        ([*[BAD] * 7, *[GOOD] * 20], "discontinued"),
    ],
)
def test_bad_lots_tighten_and_good_ones_loosen(lots: list[Result], after: str) -> None:
    assert severity_after(lots) == after


@pytest.mark.parametrize(
    ("lots", "after"),
    [
        ([VERY_GOOD] * 9, "normal"),
        ([VERY_GOOD] * 10, "reduced"),  # 30 points
        ([GOOD] * 14, "normal"),
        ([GOOD] * 15, "reduced"),
        ([*[VERY_GOOD] * 9, JUST, VERY_GOOD], "normal"),  # would not have passed at the smaller limit: from the start
        ([*[VERY_GOOD] * 9, BAD, VERY_GOOD], "normal"),
        ([*[VERY_GOOD] * 10, BAD], "normal"),
    ],
)
def test_many_good_lots_are_inspected_less_where_that_is_allowed(lots: list[Result], after: str) -> None:
    assert severity_after(lots, reduced_allowed=True) == after
    assert severity_after(lots) == "normal"


def test_inspection_is_taken_up_again_tightened() -> None:
    assert severity_after([GOOD] * 4, "tightened") == "tightened"
    assert severity_after([GOOD] * 5, "tightened") == "normal"


@EXAMPLES
@given(st.lists(st.sampled_from([GOOD, BAD, VERY_GOOD, JUST])))
def test_a_bad_lot_never_loosens(lots: list[Result]) -> None:
    order = ["reduced", "normal", "tightened", "discontinued"]
    before, after = severity_after(lots, reduced_allowed=True), severity_after([*lots, BAD], reduced_allowed=True)
    assert order.index(after) >= order.index(before)


@EXAMPLES
@given(st.lists(st.sampled_from([GOOD, GOOD, GOOD, BAD, VERY_GOOD, VERY_GOOD, JUST]), max_size=60))
def test_another_implementation_of_the_rules_says_the_same(lots: list[Result]) -> None:
    """capstat-core, which wcm_qc's charts use."""
    theirs = apply_switching_rules([LotResult(lot.accepted, lot.accepted_tighter) for lot in lots], reduced_inspection_authorised=True)
    assert severity_after(lots, reduced_allowed=True) == theirs.final_severity
