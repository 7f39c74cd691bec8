"""What the ledger asks of anybody who acts or looks."""

from onrecord.core.kernel.errors import UsageError


def require_reason(reason: str) -> None:
    """Refuse an act without a reason.

    Raises:
        UsageError: the reason is empty.
    """
    if not reason.strip():
        raise UsageError(
            "No reason was given.",
            next_step="Say why you are doing this: --reason, ONRECORD_REASON, or the box on the page.",
        )
