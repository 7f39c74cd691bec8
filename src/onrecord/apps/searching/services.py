"""Keep searches, and make what words are found by anew."""

from collections.abc import Sequence
from datetime import date

from django.db import connection

from onrecord.apps.access.policies import require
from onrecord.apps.access.selectors import user_named
from onrecord.apps.audit.services import recording
from onrecord.apps.searching.models import SavedSearch
from onrecord.apps.searching.selectors import saved_search
from onrecord.core.kernel.clock import now
from onrecord.core.kernel.errors import DataRejectedError
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.ledger.actors import actor_of
from onrecord.core.searching.places import places_meant

SAVE = "search:save"


def save_search(
    *, viewer: Viewer, name: str, words: str, places: Sequence[str], on: date | None, for_team: bool
) -> SavedSearch:
    """Keep a search under a name, for the viewer alone or for their team as well.

    Raises:
        DataRejectedError: there is no name or nothing to look for, or the viewer has no team.
        NotPermittedError: it is not this account's work.
    """
    require(viewer, SAVE)
    owner = user_named(viewer.name)
    if not name.strip() or not words.strip():
        raise DataRejectedError(
            "A search is kept with a name and with what it looks for.", next_step="Fill in both."
        )
    if for_team and owner.team is None:
        raise DataRejectedError(
            "You are in no team.", next_step="Keep it for yourself, or ask to be put in a team."
        )
    with recording(
        actor_of(viewer), SAVE, object_kind="saved_search", object_ref="new",
        reason=viewer.reason or "to look for it again",
    ):  # fmt: skip
        return SavedSearch.objects.create(
            name=name.strip(), words=words.strip(), places=",".join(places_meant(list(places))),
            on=on, owner=owner, team=owner.team if for_team else None,
        )  # fmt: skip


def remove_search(*, viewer: Viewer, number: int) -> None:
    """Keep a search no longer. Only whoever kept it may.

    Raises:
        NotFoundError: there is none of that number that is the viewer's own.
    """
    require(viewer, SAVE)
    saved = saved_search(viewer, number, is_own=True)
    with recording(
        actor_of(viewer), SAVE, object_kind="saved_search", object_ref=str(saved.pk),
        reason=viewer.reason or "no longer needed",
    ):  # fmt: skip
        saved.removed_at = now()
        saved.save(update_fields=["removed_at"])


def rebuild_words() -> int:
    """Make the words of facts anew from the facts, and return of how many facts there are any."""
    with connection.cursor() as cursor:
        cursor.execute("select projection.rebuild_words()")
        return int(cursor.fetchone()[0])
