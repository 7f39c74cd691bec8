"""Dated lines, and sentences that must be read before the tables."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DatedLine:
    """Something that was done on a day."""

    when: str
    text: str
    note: str = ""
    href: str = ""
    link_text: str = ""
