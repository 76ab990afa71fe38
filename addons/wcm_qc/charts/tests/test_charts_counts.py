import pytest
from charts import defects_per_million, first_pass_yield, pareto


def test_defects_per_million_are_counted_by_opportunity() -> None:
    """34 defects in 750 units with 10 opportunities each: 4,533 (G. Taguchi's example in many textbooks)."""
    assert defects_per_million(34, 7500) == pytest.approx(4533.33, abs=0.01)


def test_nothing_checked_is_no_figure_and_never_zero() -> None:
    assert defects_per_million(0, 0) is None
    assert first_pass_yield(0, 0) is None
    assert first_pass_yield(0, 4) == 0
    assert first_pass_yield(3, 4) == 0.75


def test_pareto_begins_with_the_most_frequent_and_ends_at_all() -> None:
    bars = pareto({"edge": 2, "thickness": 5, "glue": 2, "none": 0})
    assert [(bar.key, bar.count) for bar in bars] == [("thickness", 5), ("edge", 2), ("glue", 2)]
    assert [bar.running for bar in bars] == pytest.approx([5 / 9, 7 / 9, 1])


def test_pareto_of_nothing_is_empty() -> None:
    assert pareto({}) == []
