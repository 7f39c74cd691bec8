"""Circles: who works on which case, or about which person, in what part, since when."""

import uuid

from onrecord.apps.access.models import CircleMember, User
from onrecord.apps.access.policies import require
from onrecord.apps.audit.services import recording
from onrecord.core.kernel.clock import now
from onrecord.core.kernel.errors import NotFoundError
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.ledger.actors import actor_of

PARTS = ("lead", "investigator", "reviewer", "second_reviewer", "panel", "supervisor", "support",
         "victim_contact", "welfare", "authority")  # fmt: skip
"""The parts somebody may have in a case."""


def put_in_circle(
    *, viewer: Viewer, user: User, thing_kind: str, lineage: uuid.UUID, part: str, reason: str
) -> CircleMember:
    """Let somebody work on a case, or about a person record, from now on.

    A circle lets nobody past a wall or a bar. Conflicts of interest are looked at by
    the services that allocate; this is what they call.

    Raises:
        NotPermittedError: it is not the viewer's to do.
    """
    require(viewer, "circle:change")
    with recording(
        actor_of(viewer), "circle:change", object_kind=thing_kind, object_ref=str(lineage),
        reason=reason, stream=lineage,
    ) as rec:  # fmt: skip
        rec.describe(added=user.username, part=part)
        return CircleMember.objects.create(
            user=user, thing_kind=thing_kind, lineage=lineage, part=part,
            added_by=viewer.name, reason=reason,
        )  # fmt: skip


def take_out_of_circle(*, viewer: Viewer, member_id: int, reason: str) -> None:
    """End somebody's part in a case or about a person: from the next request they see it no more.

    Raises:
        NotFoundError: there is no such membership, or it has ended.
    """
    require(viewer, "circle:change")
    member = CircleMember.objects.select_related("user").filter(pk=member_id, ended_at=None).first()
    if member is None:
        raise NotFoundError("That part has ended, or never was.", next_step="Look again.")
    with recording(
        actor_of(viewer), "circle:change", object_kind=member.thing_kind,
        object_ref=str(member.lineage), reason=reason, stream=member.lineage,
    ) as rec:  # fmt: skip
        rec.describe(removed=member.user.username, part=member.part)
        member.ended_at, member.ended_by = now(), viewer.name
        member.save(update_fields=["ended_at", "ended_by"])
