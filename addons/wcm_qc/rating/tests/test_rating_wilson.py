# mypy: disable-error-code="untyped-decorator, import-not-found, import-untyped"
from __future__ import annotations

import pytest
from rating.wilson import wilson


@pytest.mark.parametrize(
    ("hits", "count", "low", "high"),
    # R. G. Newcombe (1998), Statistics in Medicine 17, 857-872, table I, method 3.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_is_the_published_one(hits: int, count: int, low: float, high: float) -> None:
    assert wilson(hits, count) == pytest.approx((low, high), abs=5e-5)


def test_of_nothing_counted_nothing_is_known() -> None:
    assert wilson(0, 0) == (0, 1)


def test_more_hits_than_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="hits"):
        wilson(3, 2)
