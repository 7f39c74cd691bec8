"""Conflicts in sentences, without a name, a role of a protected person or an allegation."""

from datetime import date

from onrecord.core.conflicts.spans import Span

KEPT_APART = "May not work on this case. The ground is kept apart."
"""All that is ever said of a party: who victims, witnesses and reporters are is not for this page."""


def day(value: date) -> str:
    """Return a day as it is said: 3 March 2011."""
    return f"{value.day} {value:%B} {value.year}"


def dates(span: Span) -> str:
    """Return a time in words, and say which of its days are not recorded."""
    span = span.trusted
    if span.first and span.first == span.last:
        return f"on {day(span.first)}"
    if span.first and span.last:
        return f"from {day(span.first)} to {day(span.last)}"
    if span.first:
        return f"from {day(span.first)}, with no end recorded"
    if span.last:
        return f"until {day(span.last)}, with no beginning recorded"
    return "with no dates recorded"
