"""No password that leans on names which everybody at this place knows (ASVS 5.0, 6.1.2 and 6.2.11)."""

import re

from django.conf import settings
from django.core.exceptions import ValidationError

from onrecord.apps.organisations.selectors import organisation_words

ALWAYS = ("onrecord", "on record", "police", "constabulary", "misconduct", "professional standards")
"""The product and the trade: known to whoever guesses at any installation."""

_SHORTEST = 3
_SPLIT = re.compile(r"[\W_]+")
_LEET = str.maketrans("013457@$", "oieastas")


class MoreThanNames:
    """Refuse a password that is too short once the names of this place are taken out of it."""

    def __init__(self, min_length: int = 12) -> None:
        """Ask for as much beside the names as a password without any must have."""
        self._least = min_length

    def validate(self, password: str, user: object = None) -> None:
        """Take the names out, also where digits stand for letters, and count what is left.

        Raises:
            ValidationError: hardly more than names.
        """
        del user
        left = password.casefold().translate(_LEET)
        found = [word for word in sorted(words(), key=len, reverse=True) if word in left]
        for word in found:
            left = left.replace(word, "")
        if found and len(left) < self._least:
            raise ValidationError(
                "This password leans on names that everybody here knows:"
                f" without them it needs {self._least} characters still."
            )

    def get_help_text(self) -> str:
        """Return what people are told before they choose."""
        return (
            f"Names of this service, its town or its organisations do not count towards"
            f" the {self._least} characters."
        )


def words() -> frozenset[str]:
    """Return every word and name that counts for nothing, in small letters."""
    named = (*ALWAYS, *settings.CONTEXT_WORDS, *organisation_words())
    parts = {part for name in named for part in (name, *_SPLIT.split(name))}
    return frozenset(
        word for part in parts if len(word := part.strip().casefold().translate(_LEET)) >= _SHORTEST
    ) - {"and", "the"}
