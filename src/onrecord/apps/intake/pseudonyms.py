"""The secret from which pseudonyms of protected parties are made."""

import secrets

from onrecord.apps.intake.models import PseudonymKey


def pseudonym_key() -> str:
    """Return this installation's key for pseudonyms, or one newly drawn that is not kept yet.

    A dry run or a refused batch leaves nothing behind, not even a key.
    """
    row = PseudonymKey.objects.filter(only_row=True).first()
    return row.value if row else secrets.token_hex(32)


def keep_pseudonym_key(value: str) -> None:
    """Keep the key with which the first batch was made, under the act that brings it in."""
    if not PseudonymKey.objects.filter(only_row=True).exists():
        PseudonymKey.objects.create(only_row=True, value=value)
