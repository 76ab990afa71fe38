"""What has to be counted of the levy now, after what was counted before: an entry, or nothing."""

from dataclasses import dataclass
from decimal import Decimal

from .levy import Tariff

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted of one order in one calendar year; or one entry, negative where it is a credit.

    :ivar quantity: blocks that were accepted
    :ivar amount: their price
    :ivar levy: the levy on it
    :ivar region_share: of the levy; the rest is the network's
    """

    quantity: Decimal = NOTHING
    amount: Decimal = NOTHING
    levy: Decimal = NOTHING
    region_share: Decimal = NOTHING

    @property
    def network_share(self) -> Decimal:
        return self.levy - self.region_share

    def __add__(self, other: "Counted") -> "Counted":
        return Counted(
            self.quantity + other.quantity, self.amount + other.amount, self.levy + other.levy, self.region_share + other.region_share
        )

    def __bool__(self) -> bool:
        return any((self.quantity, self.amount, self.levy, self.region_share))


def entry(
    tariff: Tariff, region_percent: Decimal, quantity: Decimal, amount: Decimal, counted: Counted, turnover: Decimal = NOTHING
) -> Counted:
    """The difference between what is right now and what was counted; counted again it is nothing.

    A percentage and an amount for each block are of all that is accepted, so that roundings never add up. With tiers a
    change is levied, or credited, at the top of the year's turnover: all the entries of a year are the levy of that year.

    :param quantity: blocks of the order that are accepted now
    :param amount: their price
    :param turnover: what was counted of the member's year so far, this order's part among it
    """
    if tariff.kind == "tiers":
        levy = tariff.levy(amount - counted.amount, turnover_before=turnover)
    else:
        levy = tariff.levy(amount, int(quantity)) - counted.levy
    _network, region = tariff.split(counted.levy + levy, region_percent)
    return Counted(quantity - counted.quantity, amount - counted.amount, levy, region - counted.region_share)
