"""Who keeps seals, and whose a seal's questions are."""

from django.db.models import Q, QuerySet

from onrecord.apps.access.models import User, Wall
from onrecord.apps.access.policies import require
from onrecord.core.kernel.errors import DataRejectedError, NotFoundError
from onrecord.core.kernel.viewers import Viewer


def account_of(viewer: Viewer) -> User:
    """Return the signed-in account that looks or acts.

    Raises:
        NotFoundError: it was closed in the meantime, or is nobody's.
    """
    user = User.objects.filter(username=viewer.eyes, is_active=True).first()
    if user is None:
        raise no_such_seal()
    return user


def seals_behind_which(viewer: Viewer) -> QuerySet[Wall]:
    """Return the seals that a viewer owns or was let behind: to them there are no others."""
    let_in = Q(members__user__username=viewer.eyes, members__removed_at=None)
    owned = Q(owner__username=viewer.eyes)
    return Wall.objects.filter(let_in | owned).distinct().select_related("owner")


def seal_named(viewer: Viewer, number: int, *, verb: str) -> Wall:
    """Return a seal that the viewer stands behind.

    Raises:
        NotPermittedError: it is not this account's work.
        NotFoundError: no such seal, or none that is there for this viewer.
    """
    require(viewer, verb)
    wall = seals_behind_which(viewer).filter(pk=number).first()
    if wall is None:
        raise no_such_seal()
    return wall


def require_owner(viewer: Viewer, wall: Wall) -> None:
    """Refuse whoever is behind a seal but does not answer for it.

    Raises:
        DataRejectedError: somebody else owns the seal, or it was lifted.
    """
    if wall.ended_at is not None:
        raise DataRejectedError("This seal was lifted.", next_step="Open another if need be.")
    if wall.owner is None or wall.owner.username != viewer.eyes:
        raise DataRejectedError(
            "Only the owner of a seal changes it.", next_step="Ask its owner, named on this page."
        )


def no_such_seal() -> NotFoundError:
    """Return the one answer for a seal that does not exist and one that is not there for the viewer."""
    return NotFoundError("There is no such seal.", next_step="Your seals are listed under Seals.")
