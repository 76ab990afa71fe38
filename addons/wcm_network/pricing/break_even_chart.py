"""The picture of a year: levy and cost by homes made, with the break-even marked. Places in points of a drawing."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from .viability import Year

WIDTH, HEIGHT = 400, 250
LEFT, RIGHT, TOP, BOTTOM = 56, 388, 22, 212
STEPS = (1, 2, 5, 10)
LEAST_HOMES = 4


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis.

    :ivar at: where, in points
    """

    at: float
    value: Decimal


@dataclass(frozen=True, slots=True)
class Line:
    """From no home to the last of the axis."""

    y_first: float
    y_last: float


@dataclass(frozen=True, slots=True)
class BreakEvenChart:
    """:ivar even: where the break-even stands (x, y); None: never, or at no home
    :ivar planned: x of the homes of the year
    """

    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    levy: Line
    cost: Line
    even: tuple[float, float] | None
    planned: float


def chart_of(year: Year) -> BreakEvenChart:
    """Wide enough for the break-even, with room for its name, and the homes of the year."""
    least = year.break_even()
    most = max(Decimal(LEAST_HOMES), year.homes * Decimal("1.3"), Decimal(least or 0) * Decimal("1.6"))
    across = _ticks(most, whole=True)
    last = across[-1]
    ends = [year.with_homes(homes) for homes in (Decimal(0), last)]
    up = _ticks(max([Decimal(1), *(amount for end in ends for amount in (end.income, end.cost))]))
    to_x, to_y = _scale(last, LEFT, RIGHT), _scale(up[-1], BOTTOM, TOP)
    even = (to_x(Decimal(least)), to_y(year.with_homes(Decimal(least)).income)) if least else None
    return BreakEvenChart(
        tuple(Tick(to_x(value), value) for value in across), tuple(Tick(to_y(value), value) for value in up),
        Line(*(to_y(max(end.income, Decimal(0))) for end in ends)), Line(*(to_y(end.cost) for end in ends)), even, to_x(year.homes),
    )


def _scale(most: Decimal, first: int, last: int) -> Callable[[Decimal], float]:
    return lambda value: round(first + float(value / most) * (last - first), 1)


def _ticks(most: Decimal, whole: bool = False) -> list[Decimal]:
    """From 0, four to eight of them, the last not below the most."""
    rough = most / 5
    size = Decimal(1).scaleb(rough.adjusted())
    step = next(size * factor for factor in STEPS if size * factor >= rough)
    step = max(step, Decimal(1)) if whole else step
    return [step * number for number in range(int((most / step).to_integral_value(ROUND_CEILING)) + 1)]
