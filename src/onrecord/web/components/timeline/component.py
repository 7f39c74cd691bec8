"""Marks on lanes of time, drawn on the server as one picture.

A mark's shape says what kind of thing it is and its outline says how firm it
is; colour repeats the shape and never speaks alone. Every picture is shown with
a table of the same marks.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

Shape = Literal[
    "diamond", "circle", "dot", "tick", "square", "bar", "triangle", "cross", "arrow",
    "arrow_stopped", "square_ended",
]  # fmt: skip
Outline = Literal["plain", "dashed", "filled"]
Tone = Literal["red", "blue", "green", "ink", "quiet"]

WIDTH = 1180
LABELS = 205
RIGHT = 20
TOP = 34
LANE = 46
STEP = 19
LEVELS = 4
TICKS = 12


@dataclass(frozen=True, slots=True)
class Mark:
    """Something on a day. `title` is what the mark means, in words."""

    on: date
    shape: Shape
    title: str
    outline: Outline = "plain"
    tone: Tone = "ink"


@dataclass(frozen=True, slots=True)
class Lane:
    """The marks of one keeper, under its name and a smaller second name."""

    name: str
    detail: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class LegendItem:
    """What a shape and outline mean."""

    shape: Shape
    words: str
    outline: Outline = "plain"
    tone: Tone = "ink"


@dataclass(frozen=True, slots=True)
class Timeline:
    """The picture: its lanes, the day it stops at, and where its axis ends.

    Attributes:
        stop: marks after this day are not among `lanes`; the rest is greyed.
        until: the last day of the axis. Never taken from the marks, so that the
            length of the axis says nothing about what is not shown.
    """

    title: str
    lanes: tuple[Lane, ...]
    legend: tuple[LegendItem, ...]
    until: date
    stop: date | None = None
    table_href: str = ""


@dataclass(frozen=True, slots=True)
class PlacedMark:
    """A mark and where it stands."""

    x: float
    y: float
    mark: Mark


@dataclass(frozen=True, slots=True)
class PlacedLane:
    """A lane, its marks, and `more`: places where there are too many to draw."""

    lane: Lane
    top: float
    middle: float
    bottom: float
    marks: tuple[PlacedMark, ...]
    more: tuple[tuple[float, float, int], ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything the template needs, in the picture's own units."""

    width: int
    height: float
    top: int
    left: int
    right: int
    ticks: tuple[tuple[int, float], ...]
    lanes: tuple[PlacedLane, ...]
    stop_x: float | None


def draw(timeline: Timeline) -> Drawing:
    """Return where everything in `timeline` stands."""
    first = _first_day(timeline)
    scale = _Scale(first.toordinal(), max(timeline.until.toordinal(), first.toordinal() + 365))
    lanes = tuple(_placed(timeline.lanes, scale))
    bottom = lanes[-1].bottom if lanes else float(TOP)
    stop = timeline.stop
    return Drawing(
        width=WIDTH,
        height=bottom + 4,
        top=TOP,
        left=LABELS,
        right=WIDTH - RIGHT,
        ticks=tuple(_ticks(first.year, timeline.until.year, scale)),
        lanes=lanes,
        stop_x=None if stop is None else scale.x(min(max(stop, first), timeline.until)),
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    first: int
    last: int

    def x(self, day: date) -> float:
        share = (day.toordinal() - self.first) / (self.last - self.first)
        return round(LABELS + share * (WIDTH - RIGHT - LABELS), 1)


def _first_day(timeline: Timeline) -> date:
    """Return the New Year's Day before the first mark, or before a year back."""
    days = [mark.on for lane in timeline.lanes for mark in lane.marks]
    days.append(timeline.stop or timeline.until)
    return date(max(min(days).year, 1900), 1, 1)


def _ticks(first: int, last: int, scale: _Scale) -> Iterator[tuple[int, float]]:
    step = max(1, -(-(last - first + 1) // TICKS))
    for year in range(first, last + 1, step):
        yield year, scale.x(date(year, 1, 1))


def _placed(lanes: Iterable[Lane], scale: _Scale) -> Iterator[PlacedLane]:
    top = float(TOP)
    for lane in lanes:
        levels, overflow = _levels(lane.marks, scale)
        used = max((level for _, level, _ in levels), default=0) + 1
        height = LANE + (used - 1) * STEP
        start = top + LANE / 2
        yield PlacedLane(
            lane=lane,
            top=top,
            middle=top + LANE / 2,
            bottom=top + height,
            marks=tuple(PlacedMark(x, start + level * STEP, mark) for x, level, mark in levels),
            more=tuple((x, top + height - 4, number) for x, number in overflow.items()),
        )
        top += height


def _levels(
    marks: Iterable[Mark], scale: _Scale
) -> tuple[list[tuple[float, int, Mark]], dict[float, int]]:
    """Stack marks that would cover one another, and count what will not fit."""
    taken: list[float] = []
    placed: list[tuple[float, int, Mark]] = []
    overflow: dict[float, int] = {}
    for mark in sorted(marks, key=lambda mark: mark.on):
        x = scale.x(mark.on)
        level = next((at for at, last in enumerate(taken) if x - last >= STEP), len(taken))
        if level < len(taken):
            taken[level] = x
        elif level < LEVELS:
            taken.append(x)
        else:
            overflow[taken[-1]] = overflow.get(taken[-1], 0) + 1
            continue
        placed.append((x, level, mark))
    return placed, overflow
