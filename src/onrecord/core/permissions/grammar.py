"""The one grammar of verbs: `resource:action`, for permissions and for the ledger alike."""

import re

_VERB = re.compile(r"[a-z_]+:[a-z_]+")


def is_verb(text: str) -> bool:
    """Tell whether `text` is `resource:action`, as the database's own check has it."""
    return _VERB.fullmatch(text) is not None


def resource_of(verb: str) -> str:
    """Return what a verb is about: `case` of `case:read`."""
    return verb.partition(":")[0]
