"""Who acts: every write and every look has one, and it is never nobody."""

from dataclasses import dataclass
from enum import StrEnum

from onrecord.core.kernel.viewers import Lent, Viewer


class ActorKind(StrEnum):
    """What sort of actor this is; only a person may take human-only decisions."""

    PERSON = "person"
    LOCAL_OPERATOR = "local_operator"
    SERVICE = "service"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody, or a named job, in whose name something is written or looked at.

    `lent` is what others let them do in their stead; with it, `role` is their own duty,
    so that an act that counts on what was lent says for whom it was done.
    """

    name: str
    kind: ActorKind = ActorKind.PERSON
    organisation_code: str = ""
    role: str = ""
    lent: tuple[Lent, ...] = ()

    @property
    def eyes(self) -> str:
        """Return whose eyes the walls are asked for: the account; nobody's for a job."""
        return self.name if self.kind in {ActorKind.PERSON, ActorKind.SERVICE} else ""

    def __post_init__(self) -> None:
        """Refuse an actor without a name."""
        if not self.name.strip():
            raise ValueError("An actor must have a name.")


LOCAL_OPERATOR = Actor("local-operator", ActorKind.LOCAL_OPERATOR)
"""The operating-system owner of an embedded home who has not signed in."""


def actor_of(viewer: Viewer) -> Actor:
    """Return in whose name something that `viewer` does is written."""
    return Actor(
        viewer.name, ActorKind(viewer.kind), viewer.organisation_code,
        viewer.role if viewer.lent else "", viewer.lent,
    )  # fmt: skip
