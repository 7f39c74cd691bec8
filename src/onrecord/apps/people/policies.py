"""Who may look at people.

Part 2 replaces this with the audited table of roles, circles and walls. Until then
every account that does this work may look, nobody sees behind a wall, and accounts
that run the system (administrators, services) see no people at all.
"""

from onrecord.core.kernel.viewers import Viewer

_NEVER = frozenset({"administrator"})
OPEN_WALL = 0
"""The wall that is no wall."""


def may_look_at_people(viewer: Viewer) -> bool:
    """Tell whether this viewer's duty includes looking at people on record."""
    return viewer.kind in {"person", "local_operator"} and viewer.role not in _NEVER
