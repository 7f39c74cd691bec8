"""Who works on a case, or about a person: seen, let in once ties were looked at, put out."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from onrecord.apps.access.circles import PARTS, put_in_circle, take_out_of_circle
from onrecord.apps.access.models import CircleMember
from onrecord.apps.access.policies import require
from onrecord.apps.access.selectors import kept_from, user_named
from onrecord.apps.audit.services import record_consultation
from onrecord.apps.cases.finding import case_lineage
from onrecord.apps.conflicts.deciding import let_work, require_words
from onrecord.apps.people.finding import person_lineage, records_of
from onrecord.apps.people.reaching import recording_refusals
from onrecord.core.kernel.errors import DataRejectedError, NotFoundError
from onrecord.core.kernel.viewers import Viewer

READ = "circle:read"


@dataclass(frozen=True, slots=True)
class Circle:
    """Who works on one case or about one person, and who did.

    Attributes:
        reference: of the case or person.
        kind: `case` or `person`.
    """

    reference: str
    kind: str
    members: tuple[CircleMember, ...]
    past: tuple[CircleMember, ...]


def circle_seen(viewer: Viewer, reference: str) -> Circle:
    """Return the circle of a case or person, and record the look.

    Raises:
        NotFoundError: there is no such thing, or none that is there for this viewer.
    """
    require(viewer, READ)
    asked = reference.strip().upper()
    with recording_refusals(viewer, READ, _kind(asked), asked):
        kind, lineages = _thing(viewer, asked)
    record_consultation(viewer, READ, object_kind=kind, object_ref=asked)
    found = CircleMember.objects.select_related("user").filter(
        thing_kind=kind, lineage__in=lineages
    )
    return Circle(
        asked, kind,
        tuple(found.filter(ended_at=None).order_by("added_at", "pk")),
        tuple(found.exclude(ended_at=None).order_by("-ended_at", "-pk")[:50]),
    )  # fmt: skip


def let_in(*, viewer: Viewer, reference: str, account: str, part: str, reason: str) -> None:
    """Let somebody work on a case or about a person, unless a tie stands in the way.

    Raises:
        NotFoundError: no such thing or account, or none this viewer may see.
        DataRejectedError: they may not, a decision is needed first, or they have that part.
    """
    require(viewer, "circle:change")
    if _kind(reference) == "case":
        let_work(viewer=viewer, reference=reference, account=account, part=part, reason=reason)
        return
    require_words(reason)
    kind, lineages = _thing(viewer, reference)
    user = user_named(account)
    if kept_from(user.username) & set(lineages):
        raise DataRejectedError(
            "They may not work about this person.", next_step="Choose somebody else."
        )
    has_part = CircleMember.objects.filter(
        user=user, thing_kind=kind, lineage__in=lineages, part=part, ended_at=None
    ).exists()
    if part not in PARTS or has_part:
        raise DataRejectedError("They have that part already.", next_step="Choose another part.")
    put_in_circle(
        viewer=viewer, user=user, thing_kind=kind, lineage=person_lineage(viewer, reference),
        part=part, reason=reason,
    )  # fmt: skip


def put_out(*, viewer: Viewer, reference: str, number: int, reason: str) -> None:
    """End somebody's part in a case or about a person: from their next request on.

    Raises:
        NotFoundError: no such thing for this viewer, or nobody of that number works on it.
    """
    require(viewer, "circle:change")
    require_words(reason)
    member_of(viewer, reference, number)
    take_out_of_circle(viewer=viewer, member_id=number, reason=reason)


def member_of(viewer: Viewer, reference: str, number: int) -> CircleMember:
    """Return one who works on a case or about a person.

    Raises:
        NotFoundError: no such thing for this viewer, or nobody of that number works on it.
    """
    kind, lineages = _thing(viewer, reference)
    found = CircleMember.objects.select_related("user").filter(
        pk=number, thing_kind=kind, lineage__in=lineages, ended_at=None
    )
    member = found.first()
    if member is None:
        raise NotFoundError("That part has ended, or never was.", next_step="Look again.")
    return member


def _kind(reference: str) -> str:
    return "person" if reference.strip().upper().startswith("P-") else "case"


def _thing(viewer: Viewer, reference: str) -> tuple[str, Collection[uuid.UUID]]:
    if _kind(reference) == "person":
        return "person", records_of(viewer, reference.strip().upper())
    return "case", [case_lineage(viewer, reference)]
