"""Up to when a sum may be told to everybody, so that nobody works out one member's part of it. Knows no Odoo.

A sum is told of whole periods. Between two tellings, and between a sum and those of its regions, stand always none or
at least FEWEST members: what can be subtracted is never one member's, nor two's.
"""

from collections.abc import Hashable, Mapping, Sequence

FEWEST = 3
Members = frozenset[int] | set[int]


def told(periods: Sequence[Members], fewest: int = FEWEST) -> int:
    """How many periods from the first on may be told: each time enough members stand behind what is new, once more.

    >>> told([{1, 2, 3}, {1}, {2}])
    1
    >>> told([{1, 2}, {3}, set(), {4}])
    3
    """
    number, new = 0, set()
    for position, members in enumerate(periods, 1):
        new |= members
        if (not new and number) or len(new) >= fewest:
            number, new = position, set()
    return number


def told_in_parts(whole: Sequence[Members], parts: Mapping[Hashable, Sequence[Members]], fewest: int = FEWEST) -> tuple[int, dict[Hashable, int]]:
    """Of the whole and of each part, how many periods; a part that would give away another is left out.

    :param parts: every record of the whole is in one of them
    """
    end = told(whole, fewest)
    shown = {key: min(told(periods, fewest), end) for key, periods in parts.items()}
    shown = {key: number for key, number in shown.items() if number}
    while shown and 0 < len(_rest(parts, shown, end)) < fewest:
        del shown[min(shown, key=lambda key: (len(set().union(*parts[key][:end])), str(key)))]
    return end, shown


def _rest(parts: Mapping[Hashable, Sequence[Members]], shown: Mapping[Hashable, int], end: int) -> set[int]:
    """Who stands behind what is left when the parts are taken off the whole."""
    return set().union(*(members for key, periods in parts.items() for members in periods[shown.get(key, 0) : end]))
