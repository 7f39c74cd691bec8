"""A few numbers that must never be mistaken for one another: each with its unit."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, what it counts, and where its rows are."""

    number: int
    unit: str
    href: str = ""
    note: str = ""

    @property
    def text(self) -> str:
        """Return the number with its thousands apart."""
        return f"{self.number:,}"
