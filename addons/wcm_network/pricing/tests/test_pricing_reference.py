# mypy: disable-error-code="import-not-found, untyped-decorator"
# Where lint runs, hypothesis need not be installed.
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pricing.reference import Group, disclose, may_see, reference_price, rounded
from pricing.value import Compared, value_of

money = st.integers(1, 1_000_000).map(lambda number: Decimal(number) / 100)
prices = st.dictionaries(st.integers(1, 30), st.lists(money, min_size=1, max_size=4), max_size=12)
ks = st.integers(0, 8)
groups = st.dictionaries(
    st.sampled_from("abcdef"), st.builds(Group, st.frozensets(st.integers(1, 20), min_size=1, max_size=9), money, money), max_size=6
)


@given(prices, ks)
def test_a_reference_is_told_of_enough_members_only_and_never_fewer_than_three(found: dict[int, list[Decimal]], k: int) -> None:
    assert (reference_price(found, k) is None) == (len(found) < max(k, 3))


@given(prices, ks)
def test_a_reference_lies_within_what_is_paid_up_to_its_rounding(found: dict[int, list[Decimal]], k: int) -> None:
    reference = reference_price(found, k)
    if reference is not None:
        every = [price for own in found.values() for price in own]
        assert min(every) * Decimal("0.95") <= reference <= max(every) * Decimal("1.05")


@given(prices, money)
def test_one_members_price_however_high_moves_it_no_further_than_the_others_go(found: dict[int, list[Decimal]], price: Decimal) -> None:
    if len(found) < 4:
        return
    others = {member: own for member, own in found.items() if member != min(found)}
    reference = reference_price({**others, 0: [price * 1000]}, 3)
    assert reference is not None
    assert reference <= max(value for own in others.values() for value in own) * Decimal("1.05")


@given(money)
def test_rounding_keeps_two_figures(amount: Decimal) -> None:
    blurred = rounded(amount)
    assert abs(blurred - amount) <= amount * Decimal("0.05")
    assert len(str(blurred.normalize()).replace("0.", "").replace(".", "").split("E")[0].strip("0")) <= 2


@given(st.frozensets(st.integers(1, 12)), st.frozensets(st.integers(1, 12)), ks)
def test_who_knows_all_but_a_few_is_told_nothing(contributors: frozenset[int], known: frozenset[int], k: int) -> None:
    unknown = contributors - known
    assert may_see(contributors, known, k) == (not unknown or len(unknown) >= max(3, k))


@given(groups, ks)
def test_nothing_is_shown_of_fewer_than_k_members_and_no_difference_tells_of_them(found: dict[str, Group], k: int) -> None:
    told = disclose(found, k)
    least = max(3, k)
    for group in (*told.shown.values(), *filter(None, [told.rest])):
        assert len(group.members) >= least
    hidden = {name: group for name, group in found.items() if name not in told.shown}
    everything = sum((group.paid for group in found.values()), Decimal(0))
    shown = sum((group.paid for group in told.shown.values()), Decimal(0)) + (told.rest.paid if told.rest else 0)
    if told.complete:
        assert shown == everything
    else:
        assert hidden and told.rest is None and not told.shown


@given(st.lists(st.builds(Compared, st.integers(1, 500), money, money), max_size=8), st.lists(st.builds(Compared, st.integers(1, 500), money, money), max_size=8))
def test_value_of_two_lists_is_the_sum_of_their_values(one: list[Compared], other: list[Compared]) -> None:
    assert value_of([*one, *other]).saved == value_of(one).saved + value_of(other).saved


def test_what_cannot_be_compared_is_refused() -> None:
    with pytest.raises(ValueError, match="more than 0"):
        Compared(1, Decimal(1), Decimal(0))
    assert value_of([]).share is None
