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


def figure(number: int, one: str, many: str, *, note: str = "") -> Figure:
    """Return the number with its unit in the right number."""
    return Figure(number, one if number == 1 else many, note=note)
