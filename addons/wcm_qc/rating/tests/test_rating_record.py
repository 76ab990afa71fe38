# mypy: disable-error-code="untyped-decorator, import-not-found, import-untyped"
# Where lint runs, hypothesis need not be installed.
from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from rating.record import CAP, FEWEST, Audit, Record, rate, severity_points

EXAMPLES = settings(deadline=None, derandomize=True, database=None)
# 40 blocks, 36 right at once; one reworked and one scrapped that a customer saw (1 + 2 x 5 = 11 points); 3 of 4 actions on
# time; audits of 80 % and, half a fading year late, 60 %.
RECORD = Record(checked=40, right=36, points=11, due=4, on_time=3, audits=(Audit(80), Audit(60, days_late=73)))


@st.composite
def records(draw: st.DrawFn) -> Record:
    right, wrong, on_time, late = (draw(st.integers(0, 200)) for _ in range(4))
    audits = draw(st.lists(st.builds(Audit, st.floats(0, 100), st.integers(0, 800)), max_size=3))
    points = draw(st.integers(0, 400)) / 2
    return Record(right + wrong, right, points, on_time + late, on_time, tuple(audits), draw(st.integers(0, 2)))


def test_the_rating_is_the_hand_computed_one() -> None:
    # yield 36/40 = 0.9; nonconformities 36/47; actions 3/4; audits (0.8 + 0.6 x 0.8) / 2 = 0.64
    found = rate(RECORD)
    assert [part.share for part in found.parts] == pytest.approx([0.9, 36 / 47, 0.75, 0.64])
    assert found.score == pytest.approx(36 + 25 * 36 / 47 + 11.25 + 12.8)
    assert found.score == pytest.approx(79.199, abs=1e-3)


def test_its_interval_is_that_of_the_first_pass_yield() -> None:
    # Wilson, 36 of 40: 0.7695 to 0.9604
    found = rate(RECORD)
    rest = 25 * 36 / 47 + 11.25 + 12.8
    assert (found.low, found.high) == pytest.approx((40 * 0.7695 + rest, 40 * 0.9604 + rest), abs=0.005)


def test_what_nothing_was_counted_of_is_left_out() -> None:
    assert rate(Record(checked=20, right=20)).score == 100
    # yield 0.5 (40), nonconformities 10/20 (25): both a half
    assert rate(Record(checked=20, right=10, points=10)).score == pytest.approx(50)


def test_of_too_few_blocks_nothing_is_said() -> None:
    assert rate(replace(RECORD, checked=FEWEST - 1, right=10)).score is None
    assert rate(Record()).score is None


def test_a_late_major_finding_cuts_the_rating() -> None:
    assert rate(replace(RECORD, late_findings=1)).score == CAP
    poor = replace(RECORD, right=4)
    assert rate(replace(poor, late_findings=1)).score == rate(poor).score < CAP


@pytest.mark.parametrize(
    ("decision", "noticed", "points"),
    [("rework", "check", 1), ("scrap", "customer", 10), ("repair", "member", 1), (None, "check", 2), ("several", "site", 8)],
)
def test_a_nonconformity_weighs_by_what_was_decided_and_where_it_was_noticed(decision: str, noticed: str, points: float) -> None:
    assert severity_points(decision, noticed) == points


def test_an_audit_fades_within_a_year_of_the_next_one_being_due() -> None:
    assert [Audit(80, days).share for days in (0, 73, 365, 1000)] == pytest.approx([0.8, 0.64, 0, 0])


@EXAMPLES
@given(records(), st.integers(0, 20))
def test_one_more_failed_check_never_raises_it(record: Record, points: int) -> None:
    before = rate(record).score
    assume(before is not None)
    after = rate(replace(record, checked=record.checked + 1, points=record.points + points)).score
    assert after <= before + 1e-9


@EXAMPLES
@given(records())
def test_one_more_block_right_at_once_never_lowers_it(record: Record) -> None:
    before = rate(record).score
    assume(before is not None)
    assume(record.right or record.points or not record.checked)
    after = rate(replace(record, checked=record.checked + 1, right=record.right + 1)).score
    assert after >= before - 1e-9


@EXAMPLES
@given(records())
def test_one_more_late_action_never_raises_it(record: Record) -> None:
    before = rate(record).score
    assume(before is not None and record.due)
    assert rate(replace(record, due=record.due + 1)).score <= before + 1e-9


@EXAMPLES
@given(records())
def test_it_lies_between_0_and_100_and_within_its_interval(record: Record) -> None:
    found = rate(record)
    if found.score is not None:
        assert -1e-9 <= found.low <= found.score + 1e-9
        assert found.score - 1e-9 <= found.high <= 100 + 1e-9


def test_more_right_than_checked_is_refused() -> None:
    with pytest.raises(ValueError, match="right"):
        Record(checked=1, right=2)
