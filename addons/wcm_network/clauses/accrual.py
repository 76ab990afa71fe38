"""What has to be counted of the levy now, after what was counted before: an entry, or nothing."""

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

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


@dataclass(frozen=True, slots=True)
class Exchange:
    """Between the currency of an order and that of its terms; of one currency to itself, 1.

    :ivar rate: one unit of the order's currency in that of the terms
    :ivar decimals: of the order's currency
    """

    rate: Decimal = Decimal(1)
    decimals: int = 2

    def __post_init__(self) -> None:
        if self.rate <= 0:
            raise ValueError("A rate of exchange is above 0.")

    def back(self, amount: Decimal) -> Decimal:
        """What the terms say, in the order's currency."""
        return (amount / self.rate).quantize(Decimal(1).scaleb(-self.decimals), rounding=ROUND_HALF_UP)


def entry(
    tariff: Tariff, region_percent: Decimal, quantity: Decimal, amount: Decimal, counted: Counted, turnover: Decimal = NOTHING,
    exchange: Exchange | None = None,
) -> Counted:
    """The difference between what is right now and what was counted; counted again it is nothing.

    A percentage and an amount for each block are of all that is accepted, so that roundings never add up. With tiers a
    change is levied, or credited, at the top of the year's turnover: all the entries of a year are the levy of that year.

    :param quantity: blocks of the order that are accepted now
    :param amount: their price
    :param turnover: what was counted of the member's year so far, this order's part among it; in the currency of the terms
    :param exchange: the same for all entries of an order in a year; otherwise of the tariff's own currency
    """
    exchange = exchange or Exchange(decimals=tariff.decimals)
    own = replace(tariff, decimals=exchange.decimals)
    if tariff.kind == "percent":
        levy = own.levy(amount) - counted.levy
    elif tariff.kind == "per_part":
        levy = exchange.back(tariff.levy(amount, int(quantity))) - counted.levy
    else:
        levy = exchange.back(tariff.levy((amount - counted.amount) * exchange.rate, turnover_before=turnover))
    _network, region = own.split(counted.levy + levy, region_percent)
    return Counted(quantity - counted.quantity, amount - counted.amount, levy, region - counted.region_share)
