"""The morning meeting: what waits for somebody today, one line a sort of thing.

Each part of the program adds its lines here with `register`, from its app's `ready()`.
A part is a selector: it is given who looks and the day, and tells only of what is there
for them. Titles and references name nobody.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from onrecord.core.kernel.viewers import Viewer

SHOWN = 5
"""How many items a line shows; the list behind it has them all."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits.

    Attributes:
        when: a day, or how late it is, in a few words.
        text: what it is, in words that name nobody.
        kind, reference: what it is a page of (`task`, `case`, …), and which; empty if it has none.
        note: smaller words under it.
    """

    when: str
    text: str
    kind: str = ""
    reference: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One sort of thing that waits, how many there are, and the first of them.

    Attributes:
        heading: what they are, for the page and the command.
        unit: what is counted, as it stands after a number that is not one.
        place: the kind of the list that has them all (`list:mine`); empty if there is none.
        is_late: it ought to be done already, where the heading does not say so.
    """

    heading: str
    unit: str
    count: int
    items: tuple[Item, ...]
    place: str = ""
    is_late: bool = False


type Part = Callable[[Viewer, date], Iterable[Line]]

_PARTS: dict[str, tuple[int, Part]] = {}


def register(name: str, part: Part, *, after: int = 50) -> None:
    """Let `part` add its lines to everybody's morning; the lower `after`, the higher they stand.

    Registering a name again replaces what it stood for.
    """
    _PARTS[name] = (after, part)


def morning(viewer: Viewer, on: date) -> tuple[Line, ...]:
    """Return every line of this viewer's morning, those with nothing in them included."""
    parts = sorted(_PARTS.items(), key=lambda each: (each[1][0], each[0]))
    return tuple(line for _, (_, part) in parts for line in part(viewer, on))
