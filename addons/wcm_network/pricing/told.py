"""Whether a sum of several members' money may be told to everybody, so that nobody works out one member's part of it."""

from collections.abc import Hashable, Iterable, Mapping, Set
from dataclasses import dataclass
from decimal import Decimal

from .reference import may_see


@dataclass(frozen=True, slots=True)
class Piece:
    """What one order adds to a sum.

    :ivar maker: the organisation whose price it is; its spaces together are one
    :ivar region: whose coordinators know the price anyway
    """

    maker: Hashable
    region: Hashable
    amount: Decimal


Pieces = Mapping[int, Piece]  # by the number of the order


def is_crowd(pieces: Iterable[Piece], insiders: Iterable[Set[Hashable]], least: int) -> bool:
    """Enough makers for the public, and for whoever knows the prices of some regions: without these either none is left or enough are.

    :param insiders: the regions that one coordinator knows the prices of, for each of them
    """
    found = list(pieces)
    return all(
        may_see({piece.maker for piece in found if piece.region not in known}, set(), least)
        for known in (frozenset[Hashable](), *insiders)
    )


def difference(one: Pieces, other: Pieces) -> list[Piece]:
    """What somebody learns who has both sums: orders that are in one only, or with another amount."""
    return [piece for order in one.keys() | other.keys() if one.get(order) != other.get(order) for piece in _either(one, other, order)]


def _either(one: Pieces, other: Pieces, order: int) -> list[Piece]:
    return [pieces[order] for pieces in (one, other) if order in pieces]


def may_tell(pieces: Pieces, told: Iterable[Pieces], insiders: Iterable[Set[Hashable]], least: int) -> bool:
    """Neither the sum nor what it differs by from a sum that was told before is that of too few.

    :param told: sums that the same readers know already
    """
    known = list(insiders)
    sums = [list(pieces.values()), *(difference(pieces, before) for before in told)]
    return bool(pieces) and all(is_crowd(found, known, least) for found in sums)
