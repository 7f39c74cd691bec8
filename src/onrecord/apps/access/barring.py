"""Tell whoever works out conflicts that ties between accounts and cases may have changed."""

from collections.abc import Callable

when_ties_change: list[Callable[[str], object]] = []
"""What an upper app does then; told in a sentence what changed."""


def ties_changed(reason: str) -> None:
    """Say that an account's own record, or who is one person, has changed."""
    for follow_up in when_ties_change:
        follow_up(reason)
