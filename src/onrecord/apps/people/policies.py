"""Who may look at people: the table of permissions; circles and walls are asked where things are read."""

from onrecord.apps.access.policies import may
from onrecord.core.kernel.viewers import Viewer


def may_look_at_people(viewer: Viewer) -> bool:
    """Tell whether this viewer's duty includes looking at people on record."""
    return may(viewer, "person:read")
