"""What adds up to a weight, one bar under the other: each begins where the one above it ended."""

from collections.abc import Iterable
from dataclasses import dataclass

WIDTH, EDGE = 600, 8
_FOR, _AGAINST, _SUM = "#00703c", "#d4351c", "#1d70b8"


@dataclass(frozen=True, slots=True)
class Step:
    """One bar: what it says, how much, and how it is drawn, in units of the picture."""

    words: str
    amount: str
    x: float
    width: float
    colour: str


@dataclass(frozen=True, slots=True)
class Waterfall:
    """The bars in order, the places of the lines to compare them with, and how wide it all is."""

    steps: tuple[Step, ...]
    lines: tuple[tuple[float, str], ...]
    width: int = WIDTH


def waterfall(
    parts: Iterable[tuple[str, float]], *, total: str, lines: Iterable[tuple[float, str]] = ()
) -> Waterfall:
    """Return the picture of parts, in their order, and of the `total` that they come to.

    `lines` are values, each with what it is called, that the eye compares the total with.
    """
    given, marks = list(parts), list(lines)
    ends = [0.0]
    for _, amount in given:
        ends.append(ends[-1] + amount)
    values = [*ends, *(value for value, _ in marks)]
    least, span = min(values), (max(values) - min(values)) or 1.0

    def across(value: float) -> float:
        return round(EDGE + (value - least) / span * (WIDTH - 2 * EDGE), 1)

    def bar(words: str, begin: float, end: float, colour: str) -> Step:
        left, right = sorted((across(begin), across(end)))
        width = max(round(right - left, 1), 2)
        return Step(words, f"{end - begin:+.1f}", left, width, colour)

    steps = [
        bar(words, ends[place], ends[place + 1], _FOR if amount >= 0 else _AGAINST)
        for place, (words, amount) in enumerate(given)
    ]
    steps.append(bar(total, 0.0, ends[-1], _SUM))
    return Waterfall(tuple(steps), tuple((across(value), name) for value, name in marks))
