"""Names and values, one pair a line."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One named value."""

    name: str
    text: str
    href: str = ""
    note: str = ""
