"""Where somebody can go from here: links in one line, each with what it is called."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Way:
    """A link, and whether it leads here."""

    label: str
    href: str
    is_here: bool = False
