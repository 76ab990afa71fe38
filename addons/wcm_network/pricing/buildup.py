"""The open-book price of one block: hours times a member's own rates, in pence that add up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

HUNDRED = Decimal(100)
HOUR = Decimal(60)
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Rate:
    """What a member asks for one process.

    :ivar machine: money for a clock hour of the machine
    :ivar hands_on: money for an hour of one person's work
    :ivar overhead: percent on top of both
    """

    machine: Decimal
    hands_on: Decimal = ZERO
    overhead: Decimal = ZERO

    def __post_init__(self) -> None:
        if min(self.machine, self.hands_on, self.overhead) < 0:
            raise ValueError("A rate is 0 or more.")


@dataclass(frozen=True, slots=True)
class Step:
    """One process of a component at one member.

    :ivar minutes: standard minutes of one block
    :ivar setup_minutes: standard minutes of one set-up, with somebody at it all the time
    :ivar pace: standard minutes done in a clock hour
    :ivar hands: people at work through the minutes of a block: 0.25 for a machine that mostly runs by itself, 2 for two people
    """

    name: str
    minutes: Decimal
    setup_minutes: Decimal
    pace: Decimal
    rate: Rate
    hands: Decimal = Decimal(1)

    def __post_init__(self) -> None:
        if self.pace <= 0:
            raise ValueError("Minutes done in an hour are more than 0.")
        if min(self.minutes, self.setup_minutes, self.hands) < 0:
            raise ValueError("Minutes and hands are 0 or more.")

    @property
    def hours(self) -> Decimal:
        """Clock hours of one block."""
        return self.minutes / self.pace

    @property
    def setup_hours(self) -> Decimal:
        return self.setup_minutes / self.pace

    @property
    def hands_on_hours(self) -> Decimal:
        return self.hours * self.hands

    @property
    def machine_cost(self) -> Decimal:
        return self.hours * self.rate.machine

    @property
    def hands_on_cost(self) -> Decimal:
        return self.hands_on_hours * self.rate.hands_on

    @property
    def bare_setup_cost(self) -> Decimal:
        return self.setup_hours * (self.rate.machine + self.rate.hands_on)

    @property
    def with_overhead(self) -> Decimal:
        return 1 + self.rate.overhead / HUNDRED

    @property
    def unit_cost(self) -> Decimal:
        """One block, without set-up, overhead included: what a plan counts."""
        return (self.machine_cost + self.hands_on_cost) * self.with_overhead

    @property
    def setup_cost(self) -> Decimal:
        """One set-up, overhead included: what a plan counts."""
        return self.bare_setup_cost * self.with_overhead


@dataclass(frozen=True, slots=True)
class Part:
    """One line of the price of one block.

    :ivar kind: machine, hands_on, setup, overhead or material
    :ivar name: of the process, where the line is of one
    :ivar hours: clock hours, or hours of people, in one block
    :ivar rate: money for such an hour, or percent for the overhead
    """

    kind: str
    amount: Decimal
    name: str = ""
    hours: Decimal | None = None
    rate: Decimal | None = None

    def as_data(self) -> dict[str, str]:
        """As JSON keeps it, figures as text so that none changes."""
        figures = {"hours": self.hours, "rate": self.rate}
        said = {name: str(round(value, 4)) for name, value in figures.items() if value is not None}
        return {"kind": self.kind, "name": self.name, "amount": str(self.amount), **said}


def price_parts(steps: Sequence[Step], quantity: int, setups: Decimal, material: Decimal, decimals: int = 2) -> list[Part]:
    """The lines of the price of one block; their amounts add up to the price, to the penny.

    :param quantity: blocks that share the set-ups
    :param setups: how many set-ups this order pays, also part of one where it is shared with other orders
    :param material: what the sheets of one block cost, where the member buys them
    """
    if quantity < 1:
        raise ValueError("A price is for one block or more.")
    if min(setups, material) < 0:
        raise ValueError("Set-ups and material are 0 or more.")
    share = setups / quantity
    parts = [part for part in (*_worked(steps), *_shared(steps, share), Part("material", material)) if part.amount]
    whole = apportion([part.amount for part in parts], decimals)
    return [Part(part.kind, amount, part.name, part.hours, part.rate) for part, amount in zip(parts, whole, strict=True)]


def _worked(steps: Iterable[Step]) -> Iterable[Part]:
    for step in steps:
        yield Part("machine", step.machine_cost, step.name, step.hours, step.rate.machine)
        yield Part("hands_on", step.hands_on_cost, step.name, step.hands_on_hours, step.rate.hands_on)


def _shared(steps: Sequence[Step], share: Decimal) -> Iterable[Part]:
    yield Part("setup", sum((step.bare_setup_cost for step in steps), ZERO) * share, hours=sum((step.setup_hours for step in steps), ZERO) * share)
    over = [(step.machine_cost + step.hands_on_cost + step.bare_setup_cost * share) * step.rate.overhead / HUNDRED for step in steps]
    percents = {step.rate.overhead for step in steps if step.rate.overhead}
    yield Part("overhead", sum(over, ZERO), rate=percents.pop() if len(percents) == 1 else None)


def apportion(amounts: Sequence[Decimal], decimals: int = 2) -> list[Decimal]:
    """The amounts in whole pence, none off by a penny or more, their sum that of all rounded once.

    Odd pennies go where most of one was cut off.
    """
    step = Decimal(1).scaleb(-decimals)
    floors = [amount.quantize(step, rounding=ROUND_FLOOR) for amount in amounts]
    whole = sum(amounts, ZERO).quantize(step, rounding=ROUND_HALF_UP)
    odd = int((whole - sum(floors, ZERO)) / step)
    by_rest = sorted(range(len(amounts)), key=lambda index: floors[index] - amounts[index])
    raised = set(by_rest[:odd])
    return [floor + step if index in raised else floor for index, floor in enumerate(floors)]
