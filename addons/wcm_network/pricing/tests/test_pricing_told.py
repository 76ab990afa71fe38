# mypy: disable-error-code="import-not-found, untyped-decorator"
# Where lint runs, hypothesis need not be installed.
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from pricing.told import Piece, difference, is_crowd, may_tell

pieces = st.builds(Piece, st.integers(1, 6), st.sampled_from("bc"), st.integers(1, 99).map(Decimal))
sums = st.dictionaries(st.integers(1, 12), pieces, max_size=10)
insiders = st.lists(st.frozensets(st.sampled_from("bc")), max_size=3)


def order(maker: int, region: str = "b", amount: int = 10) -> Piece:
    return Piece(maker, region, Decimal(amount))


@given(sums, insiders)
def test_a_sum_of_fewer_than_three_makers_is_never_told(found: dict[int, Piece], known: list[frozenset[str]]) -> None:
    if len({piece.maker for piece in found.values()}) < 3:
        assert not may_tell(found, [], known, 3)


@given(sums, sums, insiders)
def test_two_sums_that_are_both_told_differ_by_nothing_or_by_three_makers(one: dict[int, Piece], two: dict[int, Piece], known: list[frozenset[str]]) -> None:
    if may_tell(two, [one], known, 3):
        apart = {piece.maker for piece in difference(one, two)}
        assert not apart or len(apart) >= 3


@given(sums, insiders)
def test_the_same_sum_is_told_again(found: dict[int, Piece], known: list[frozenset[str]]) -> None:
    assert may_tell(found, [found], known, 3) == may_tell(found, [], known, 3)


def test_three_orders_of_one_maker_are_one_price() -> None:
    assert not may_tell({1: order(1), 2: order(1), 3: order(1)}, [], [], 3)


def test_a_coordinator_who_knows_two_of_three_would_know_the_third() -> None:
    found = {1: order(1), 2: order(2), 3: order(3, "c")}
    assert may_tell(found, [], [], 3)
    assert not may_tell(found, [], [{"b"}], 3)


def test_a_coordinator_who_knows_them_all_learns_nothing() -> None:
    assert is_crowd([order(1), order(2), order(3)], [{"b"}], 3)


def test_one_order_more_than_last_time_is_not_told() -> None:
    before = {1: order(1), 2: order(2), 3: order(3)}
    assert not may_tell({**before, 4: order(4)}, [before], [], 3)
    assert not may_tell({**before, 3: order(3, amount=11)}, [before], [], 3)
    assert may_tell({**before, 4: order(4), 5: order(5), 6: order(6)}, [before], [], 3)


def test_a_sum_of_nothing_is_no_sum() -> None:
    assert not may_tell({}, [], [], 3)
