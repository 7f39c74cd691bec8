"""What a template may leave open, and how it is filled in. Never a victim's or an officer's name."""

import re
from collections.abc import Collection, Mapping

from onrecord.core.kernel.errors import DataRejectedError

GAPS: Mapping[str, str] = {
    "case": "the reference of the case",
    "today": "today's date",
    "account": "the user name of whoever writes",
    "team": "the team of whoever writes",
}
"""The fixed list: each name, and what takes its place."""

IN_TITLES = frozenset({"case", "today"})
"""Those that may stand in a title: they are short, and say nothing of anybody."""

SAMPLES: Mapping[str, str] = {
    "case": "C-4T7QX-2M9KB-H", "today": "30 September 2026", "account": "a.reviewer",
    "team": "Review, north",
}  # fmt: skip
"""What a preview shows."""

_OPEN = re.compile(r"\{([^{}]*)\}")


def require_known_gaps(text: str, allowed: Collection[str]) -> None:
    """Refuse a text that leaves something open which nothing fills in.

    Raises:
        DataRejectedError: it names an unknown gap, or a bracket stands alone.
    """
    unknown = sorted({name for name in _OPEN.findall(text) if name not in allowed})
    offered = ", ".join(f"{{{name}}}" for name in GAPS if name in allowed)
    offered = f"These are filled in: {offered}." if offered else "Leave it out."
    if unknown:
        raise DataRejectedError(f"Nothing fills in {{{unknown[0]}}} here.", next_step=offered)
    if set("{}") & set(_OPEN.sub("", text)):
        raise DataRejectedError("A bracket { or } stands alone.", next_step=offered)


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return a text with its gaps filled in, once: what is put in is never looked at again."""
    return _OPEN.sub(lambda found: values.get(found.group(1), found.group()), text)
