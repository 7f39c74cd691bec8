"""The viewer that a verb reads as."""

import os

from onrecord.cli.session import REASON_VARIABLE, acting_as
from onrecord.cli.session import store as opened_store
from onrecord.cli.signed_in import token_kept
from onrecord.core.kernel.errors import NotPermittedError, UsageError
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
    signed_in = _signed_in(verb, reason)
    if signed_in is not None:
        return signed_in
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


def _signed_in(verb: str, reason: str) -> Viewer | None:
    """Return whoever signed in with `onrecord login`, if anybody did.

    Raises:
        NotPermittedError: they did, and it has ended since.
        UsageError: they did, and did not say why they look.
    """
    token = token_kept()
    if not token:
        return None
    reason = (reason or os.environ.get(REASON_VARIABLE, "")).strip()
    with opened_store():
        from onrecord.apps.signing_in.terminal import viewer_for_token

        viewer = viewer_for_token(token, page=f"onrecord {verb}", reason=reason)
    if viewer is None:
        raise NotPermittedError(
            "Your sign-in at this terminal has ended.", next_step="Type: onrecord login USERNAME"
        )
    if not reason:
        raise UsageError(
            "This needs a reason, which is recorded.",
            next_step=f'Add --reason "…" or set {REASON_VARIABLE}.',
        )
    return viewer
