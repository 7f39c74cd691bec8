"""The viewer that a verb reads as."""

from onrecord.cli.session import acting_as
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.ledger.actors import ActorKind


def viewer_for(verb: str, *, reason: str, runs_installation: bool = False) -> Viewer:
    """Return who looks through this verb, and why.

    The owner of an embedded home may look without giving a reason: it is their own
    machine, and the ledger says that none was given. Anybody else must give one.

    A verb that shows no person says so with `runs_installation`; see `acting_as`.

    Raises:
        UsageError: no reason was given.
        NotPermittedError: this needs somebody who is signed in.
    """
    acting = acting_as(reason=reason, runs_installation=runs_installation)
    if acting.actor.kind is not ActorKind.LOCAL_OPERATOR:
        acting = acting_as(reason=reason, reason_needed=True, runs_installation=runs_installation)
    return Viewer(
        name=acting.actor.name,
        kind=acting.actor.kind,
        organisation_code=acting.actor.organisation_code,
        role=acting.role,
        reason=acting.reason or f"none given (onrecord {verb})",
        page=f"onrecord {verb}",
    )
