"""The viewer that a verb reads as."""

from onrecord.cli.session import acting_as
from onrecord.core.kernel.viewers import Viewer


def viewer_for(verb: str, *, reason: str, reason_needed: bool = True) -> Viewer:
    """Return who looks through this verb, and why.

    Raises:
        UsageError: no reason was given, or nobody is signed in.
    """
    acting = acting_as(reason=reason, reason_needed=reason_needed)
    return Viewer(
        name=acting.actor.name,
        kind=acting.actor.kind,
        organisation_code=acting.actor.organisation_code,
        role=acting.role,
        reason=acting.reason,
        page=f"onrecord {verb}",
    )
