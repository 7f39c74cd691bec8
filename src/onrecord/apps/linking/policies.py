"""Who may judge that two records are one person."""

from onrecord.core.kernel.errors import NotPermittedError
from onrecord.core.ledger.actors import Actor, ActorKind


def require_may_judge(actor: Actor) -> None:
    """Refuse anybody but a person, or the operating-system owner of an embedded home.

    Raises:
        NotPermittedError: a service or a job tried to judge by hand.
    """
    if actor.kind not in {ActorKind.PERSON, ActorKind.LOCAL_OPERATOR}:
        raise NotPermittedError(
            "Only a person judges by hand whether two records are one person.",
            next_step="Sign in as yourself.",
        )
