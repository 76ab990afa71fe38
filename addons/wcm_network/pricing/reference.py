"""What others are paid, told so that nobody's price can be worked out."""

from collections.abc import Hashable, Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from statistics import median

LEAST_MEMBERS = 3  # of two, each would know the other's
FIGURES = 2
ZERO = Decimal(0)


def rounded(amount: Decimal, figures: int = FIGURES) -> Decimal:
    """To so many figures: 1234 becomes 1200, 47.97 becomes 48. A median of an odd number is somebody's price; this blurs it."""
    if not amount:
        return ZERO
    step = Decimal(1).scaleb(amount.adjusted() - figures + 1)
    return (amount / step).quantize(Decimal(1), rounding=ROUND_HALF_EVEN) * step


def reference_price(prices: Mapping[int, Sequence[Decimal]], k: int) -> Decimal | None:
    """The median over members of each one's median, rounded; None when fewer than k members agreed to a price.

    Each member counts once, however many orders it has.
    """
    said = [median(own) for own in prices.values() if own]
    if len(said) < max(k, LEAST_MEMBERS):
        return None
    return rounded(Decimal(median(said)))


def may_see(contributors: Set[Hashable], known: Set[Hashable], k: int) -> bool:
    """Whether somebody who knows the prices of some members learns no other's from a figure made of all of them.

    :param known: members whose prices the reader sees anyway, such as its own
    """
    unknown = contributors - known
    return not unknown or len(unknown) >= max(k, LEAST_MEMBERS)


@dataclass(frozen=True, slots=True)
class Group:
    """Orders of several members in one sum.

    :ivar paid: what was agreed
    :ivar reference: what the same would cost by the reference
    """

    members: frozenset[Hashable]
    paid: Decimal
    reference: Decimal

    def __add__(self, other: "Group") -> "Group":
        return Group(self.members | other.members, self.paid + other.paid, self.reference + other.reference)


@dataclass(frozen=True, slots=True)
class Disclosed:
    """What may be shown of groups that the reader must not see into.

    :ivar shown: {name: Group} with k members or more
    :ivar rest: the others in one, which has k members or more too; None when there are none, or they cannot be shown
    :ivar complete: whether shown and rest are all there is; a grand total may be told only then
    """

    shown: dict[str, Group]
    rest: Group | None
    complete: bool


def disclose(groups: Mapping[str, Group], k: int) -> Disclosed:
    """Groups with k members or more by name, smaller ones in one; what is still too small takes the smallest shown along."""
    least = max(k, LEAST_MEMBERS)
    shown = {name: group for name, group in groups.items() if len(group.members) >= least}
    small = [group for name, group in groups.items() if name not in shown]
    if not small:
        return Disclosed(shown, None, True)
    rest = small[0]
    for group in small[1:]:
        rest += group
    if len(rest.members) < least and shown:
        smallest = min(shown, key=lambda name: (len(shown[name].members), name))
        rest += shown.pop(smallest)
    enough = len(rest.members) >= least
    return Disclosed(shown, rest if enough else None, enough)
