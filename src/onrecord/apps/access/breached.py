"""No password that is on a list of breached ones: the installation's list, asked without a network."""

import bisect
import hashlib
import os
from pathlib import Path

from django.core.exceptions import ValidationError

LIST = "ONRECORD_BREACHED_PASSWORDS"
"""Names a file of upper-case SHA-1 hashes, one a line, sorted: as haveibeenpwned.com offers it.

A count after a colon is passed over. Without a file, Django's own list of twenty
thousand common passwords is all that is asked.
"""

_HASH = 40


class NotBreached:
    """Refuse a password whose hash stands in the installation's list."""

    def validate(self, password: str, user: object = None) -> None:
        """Look the password up.

        Raises:
            ValidationError: it is on the list.
        """
        del user
        named = os.environ.get(LIST, "")
        if named and is_listed(Path(named), password):
            raise ValidationError("This password is on a list of breached passwords.")

    def get_help_text(self) -> str:
        """Return what people are told before they choose."""
        return "It must not be on a list of breached passwords."


def is_listed(path: Path, password: str) -> bool:
    """Tell whether a password's hash is in a sorted file, reading a few lines of it."""
    wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper()
    with path.open("rb") as file:
        size = path.stat().st_size

        def line_at(position: int) -> str:
            file.seek(max(position - 1, 0))
            if position:
                file.readline()
            return file.readline()[:_HASH].decode("ascii", "replace").upper()

        at = bisect.bisect_left(range(size), wanted, key=lambda position: line_at(position) or "~")
        return any(line_at(place) == wanted for place in {max(at - 1, 0), at})
