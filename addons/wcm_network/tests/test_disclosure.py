from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..disclosure import FEWEST, told, told_in_parts

QUARTERS = st.lists(st.frozensets(st.integers(1, 6), max_size=4), min_size=1, max_size=6)
QUICK = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.differing_executors])


@tagged("post_install", "-at_install")
class TestDisclosure(BaseCase):
    def test_nothing_is_told_of_two(self):
        self.assertEqual(told([{1, 2}, {1, 2}]), 0)

    def test_what_one_did_waits_until_others_did_something_too(self):
        self.assertEqual([told([{1, 2, 3}, {1}, set(), {2, 3}][:end]) for end in (1, 2, 3, 4)], [1, 1, 1, 4])

    def test_a_region_of_two_takes_another_along(self):
        whole = [{1, 2, 3, 4, 5, 6, 7, 8}]
        self.assertEqual(told_in_parts(whole, {"a": [{1, 2, 3}], "b": [{4, 5, 6}], "c": [{7, 8}]}), (1, {"b": 1}))
        self.assertEqual(told_in_parts(whole, {"a": [{1, 2, 3}], "b": [{4, 5, 6, 7, 8}]}), (1, {"a": 1, "b": 1}))

    @QUICK
    @given(QUARTERS)
    def test_between_two_tellings_stand_none_or_enough(self, quarters):
        """As time goes by: whoever has written down each telling subtracts one from the next."""
        numbers = [told(quarters[:end]) for end in range(len(quarters) + 1)]
        self.assertEqual(numbers, sorted(numbers))
        for before, after in pairwise(numbers):
            new = set().union(*quarters[before:after])
            self.assertTrue(not new or len(new) >= FEWEST)

    @QUICK
    @given(st.lists(QUARTERS, min_size=1, max_size=4))
    def test_what_is_left_when_the_regions_are_taken_off_is_of_none_or_enough(self, regions):
        length = max(map(len, regions))
        parts = {number: [*quarters, *[frozenset()] * (length - len(quarters))] for number, quarters in enumerate(regions)}
        whole = [set().union(*(quarters[at] for quarters in parts.values())) for at in range(length)]
        end, shown = told_in_parts(whole, parts)
        left = set().union(*(members for key, quarters in parts.items() for members in quarters[shown.get(key, 0):end]))
        self.assertTrue(not shown or not left or len(left) >= FEWEST)
        self.assertTrue(all(number <= end for number in shown.values()))
