"""The levy on accepted work, to the penny."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from itertools import pairwise

KINDS = ("percent", "per_part", "tiers")
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Tier:
    """From which turnover of a year, in money, which percent is taken."""

    from_turnover: Decimal
    percent: Decimal

    def __post_init__(self) -> None:
        if self.from_turnover < 0:
            raise ValueError("A tier begins at 0 or more.")
        if not 0 <= self.percent <= HUNDRED:
            raise ValueError("A levy lies between 0 and 100 %.")


@dataclass(frozen=True, slots=True)
class Tariff:
    """How the levy is worked out.

    :ivar percent: of the price, for the kind `percent`
    :ivar per_part: money for one block, for the kind `per_part`
    :ivar tiers: the first begins at 0, each other above the one before, for the kind `tiers`
    :ivar waived: no levy at all
    :ivar decimals: of the currency
    :ivar currency: its code, of the amounts above; empty where that was not kept
    """

    kind: str = "percent"
    percent: Decimal = Decimal(0)
    per_part: Decimal = Decimal(0)
    tiers: tuple[Tier, ...] = ()
    waived: bool = False
    decimals: int = 2
    currency: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"No such kind of levy: {self.kind}")
        if not 0 <= self.percent <= HUNDRED:
            raise ValueError("A levy lies between 0 and 100 %.")
        if self.per_part < 0:
            raise ValueError("A levy for each part is 0 or more.")
        if self.kind == "tiers":
            _check_tiers(self.tiers)

    def levy(self, amount: Decimal, parts: int = 0, turnover_before: Decimal = Decimal(0)) -> Decimal:
        """The levy on an amount; negative for a credit, which takes back what was taken.

        With tiers each pound pays the rate of the tier it falls in. What is taken of two amounts one after the other is
        what is taken of their sum, to the penny.

        :param parts: blocks that the amount is for; negative for a credit
        :param turnover_before: what the member was paid for in this year before
        """
        if self.waived:
            return self._round(Decimal(0))
        if self.kind == "per_part":
            return self._round(self.per_part * parts)
        if self.kind == "tiers":
            return self._of_year(turnover_before + amount) - self._of_year(turnover_before)
        return self._round(amount * self.percent / HUNDRED)

    def _of_year(self, turnover: Decimal) -> Decimal:
        """What a whole year's turnover pays."""
        ends = [*(tier.from_turnover for tier in self.tiers[1:]), max(turnover, Decimal(0))]
        paid = (
            max(min(end, turnover) - tier.from_turnover, Decimal(0)) * tier.percent / HUNDRED
            for tier, end in zip(self.tiers, ends, strict=True)
        )
        return self._round(sum(paid, Decimal(0)))

    def _round(self, amount: Decimal) -> Decimal:
        return amount.quantize(Decimal(1).scaleb(-self.decimals), rounding=ROUND_HALF_UP)

    def split(self, levy: Decimal, region_percent: Decimal) -> tuple[Decimal, Decimal]:
        """(network's share, region's share); together they are the levy. An odd penny is the network's."""
        if not 0 <= region_percent <= HUNDRED:
            raise ValueError("A share lies between 0 and 100 %.")
        region = (levy * region_percent / HUNDRED).quantize(Decimal(1).scaleb(-self.decimals), rounding=ROUND_DOWN)
        return levy - region, region

    def as_data(self) -> dict[str, object]:
        """As JSON keeps it, figures as text so that none changes."""
        return {
            "kind": self.kind, "percent": str(self.percent), "per_part": str(self.per_part), "waived": self.waived, "decimals": self.decimals,
            "currency": self.currency, "tiers": [[str(tier.from_turnover), str(tier.percent)] for tier in self.tiers],
        }


def tariff_of(data: dict[str, object]) -> Tariff:
    """A tariff that was kept by `as_data`."""
    tiers = data["tiers"]
    assert isinstance(tiers, list)
    return Tariff(
        kind=str(data["kind"]), percent=Decimal(str(data["percent"])), per_part=Decimal(str(data["per_part"])),
        tiers=tuple(Tier(Decimal(start), Decimal(percent)) for start, percent in tiers),
        waived=bool(data["waived"]), decimals=int(str(data["decimals"])),
        currency=str(data.get("currency") or ""),
    )


def _check_tiers(tiers: Iterable[Tier]) -> None:
    starts = [tier.from_turnover for tier in tiers]
    if not starts or starts[0] != 0:
        raise ValueError("The first tier begins at 0.")
    if any(later <= earlier for earlier, later in pairwise(starts)):
        raise ValueError("Each tier begins above the one before.")
