"""Keep seals: open, fill, let somebody behind, review, lift, answer, develop. Each is an act."""

import uuid
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date

from onrecord.apps.access.models import User, Wall, WallHolder, WallMember, WallThing
from onrecord.apps.access.policies import require
from onrecord.apps.access.selectors import INTELLIGENCE
from onrecord.apps.audit.services import Recording, recording
from onrecord.apps.facts.writing import append_fact
from onrecord.apps.organisations.services import ensure_holder
from onrecord.apps.people.services import refresh_after_walls, refresh_lineages
from onrecord.apps.sealing.models import (
    AlertSeen,
    Development,
    SealAnswer,
    SealQuestion,
    SealReview,
)
from onrecord.apps.sealing.policies import account_of, require_owner, seal_named
from onrecord.core.kernel.clock import now, today
from onrecord.core.kernel.errors import DataRejectedError, NotFoundError
from onrecord.core.kernel.ids import new_lineage, public_reference
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.ledger.actors import actor_of
from onrecord.core.ledger.canonical import Value

DESK = "ONRECORD:DESK"
_SAID = "A seal needs its reason, its handling conditions and a day of review to come."


def open_seal(
    *, viewer: Viewer, title: str, reason: str, handling_conditions: str, review_on: date
) -> Wall:
    """Open a seal with nothing behind it yet; whoever opens it owns it.

    Raises:
        DataRejectedError: reason, conditions or a coming day of review are missing.
        NotPermittedError: it is not this account's work.
    """
    require(viewer, "seal:open")
    if (
        not (title.strip() and reason.strip() and handling_conditions.strip())
        or review_on <= today()
    ):
        raise DataRejectedError(
            _SAID, next_step="Give all three; a seal is reviewed or it is lifted."
        )
    with recording(
        actor_of(viewer),
        "seal:open",
        object_kind="seal",
        object_ref="new",
        reason="behind the seal",
    ):
        return Wall.objects.create(
            kind="seal", title=title, owner=account_of(viewer), reason=reason,
            handling_conditions=handling_conditions, review_on=review_on,
        )  # fmt: skip


def seal_thing(*, viewer: Viewer, number: int, thing_kind: str, lineage: uuid.UUID) -> WallThing:
    """Put a case, an incident or a person record, with all that belongs to it, behind a seal.

    Raises:
        DataRejectedError: it stands there already, or the viewer does not own the seal.
    """
    wall = _own(viewer, number)
    if wall.things.filter(lineage=lineage, removed_at=None).exists():
        raise DataRejectedError("It stands behind this seal already.", next_step="Nothing to do.")
    with _changing(viewer, wall):
        thing = WallThing.objects.create(
            wall=wall, thing_kind=thing_kind, lineage=lineage, added_by=viewer.name
        )
        refresh_lineages({lineage})
    return thing


def seal_holder(*, viewer: Viewer, number: int, holder_id: int) -> WallHolder:
    """Put a whole source system behind a seal: whatever it first held, and that there is such a system.

    Raises:
        DataRejectedError: it stands there already, or the viewer does not own the seal.
    """
    wall = _own(viewer, number)
    if wall.holders.filter(holder_id=holder_id, removed_at=None).exists():
        raise DataRejectedError("It stands behind this seal already.", next_step="Nothing to do.")
    with _changing(viewer, wall):
        made = WallHolder.objects.create(wall=wall, holder_id=holder_id, added_by=viewer.name)
        refresh_after_walls()
    return made


def unseal_thing(*, viewer: Viewer, number: int, thing_id: int) -> None:
    """Take something out from behind a seal: everybody whose work it is sees it again.

    Raises:
        NotFoundError: it does not stand there.
    """
    wall = _own(viewer, number)
    thing = wall.things.filter(pk=thing_id, removed_at=None).first()
    if thing is None:
        raise NotFoundError("That does not stand behind this seal.")
    with _changing(viewer, wall):
        thing.removed_at = now()
        thing.save(update_fields=["removed_at"])
        refresh_lineages({thing.lineage})


def let_behind(*, viewer: Viewer, number: int, user: User) -> WallMember:
    """Let somebody behind a seal from now on.

    Raises:
        DataRejectedError: they stand there already.
    """
    wall = _own(viewer, number)
    if wall.members.filter(user=user, removed_at=None).exists():
        raise DataRejectedError("They are behind this seal already.", next_step="Nothing to do.")
    with _changing(viewer, wall):
        return WallMember.objects.create(wall=wall, user=user, added_by=viewer.name)


def take_from_behind(*, viewer: Viewer, number: int, member_id: int) -> None:
    """End that somebody sees what is behind a seal, from the next request on.

    Raises:
        NotFoundError: they are not behind it.
    """
    wall = _own(viewer, number)
    member = wall.members.filter(pk=member_id, removed_at=None).first()
    if member is None:
        raise NotFoundError("They are not behind this seal.")
    with _changing(viewer, wall):
        member.removed_at = now()
        member.save(update_fields=["removed_at"])


def review_seal(
    *, viewer: Viewer, number: int, is_kept: bool, reason: str, next_review_on: date | None
) -> SealReview:
    """Keep a seal until a further day, or lift it, with reasons.

    Raises:
        DataRejectedError: it is kept with no coming day of review.
    """
    wall = _own(viewer, number)
    if is_kept and (next_review_on is None or next_review_on <= today()):
        raise DataRejectedError(_SAID, next_step="Give the day of the next review.")
    with _changing(viewer, wall, verb="seal:review"):
        wall.review_on = next_review_on if is_kept else None
        wall.ended_at = None if is_kept else now()
        wall.save(update_fields=["review_on", "ended_at"])
        refresh_lineages(set(wall.things.filter(removed_at=None).values_list("lineage", flat=True)))
        return SealReview.objects.create(
            wall=wall, by=account_of(viewer), outcome="kept" if is_kept else "lifted",
            reason=reason, next_review_on=wall.review_on,
        )  # fmt: skip


def ask_owner(*, viewer: Viewer, thing_kind: str, lineage: uuid.UUID, words: str) -> SealQuestion:
    """Ask counter-corruption about a person or case: the same act, kept in the same way, sealed or not."""
    require(viewer, "seal:ask")
    if not words.strip():
        raise DataRejectedError("Say what you ask.", next_step="One sentence is enough.")
    made = new_lineage()
    with recording(
        actor_of(viewer), "seal:ask", object_kind="question", object_ref=str(made),
        reason=viewer.reason or "asked",
    ):  # fmt: skip
        return SealQuestion.objects.create(
            reference=public_reference("Q", made), thing_kind=thing_kind, lineage=lineage,
            organisation_code=viewer.organisation_code, asked_by=account_of(viewer), words=words,
        )  # fmt: skip


def answer_question(*, viewer: Viewer, question: SealQuestion, words: str) -> SealAnswer:
    """Answer what was asked, in words that the asker may read.

    Raises:
        DataRejectedError: nothing is said.
    """
    require(viewer, "seal:answer")
    if not words.strip():
        raise DataRejectedError("Say what the asker may read.", next_step="Or leave it unanswered.")
    with recording(
        actor_of(viewer), "seal:answer", object_kind="question", object_ref=question.reference,
        reason="answered",
    ):  # fmt: skip
        return SealAnswer.objects.create(question=question, by=account_of(viewer), words=words)


def deal_with_alert(*, viewer: Viewer, number: int, consultation: int, words: str) -> AlertSeen:
    """Say what was made of a look at what a seal covers.

    Raises:
        DataRejectedError: nothing is said, or somebody has dealt with it already.
    """
    wall = seal_named(viewer, number, verb="seal:read")
    if not words.strip() or AlertSeen.objects.filter(wall=wall, consultation=consultation).exists():
        raise DataRejectedError("Say what you made of it, once.", next_step="Read what is there.")
    with _changing(viewer, wall):
        return AlertSeen.objects.create(
            wall=wall, consultation=consultation, by=account_of(viewer), words=words
        )


@dataclass(frozen=True, slots=True)
class OpenAllegation:
    """What can be said openly of what intelligence suggests: nothing of where it came from."""

    record_lineage: uuid.UUID
    case_type: str
    category: str
    factors: str = ""
    occurred_on: date | None = None


def develop(
    *, viewer: Viewer, number: int, report: uuid.UUID | None, said: OpenAllegation, reason: str
) -> Development:
    """Make an allegation that can be put to somebody out of what stands behind a seal.

    A new case with one allegation comes on record, known from today, with nothing in it
    that points back; the link is kept behind the seal. Somebody decides this by name.

    Raises:
        DataRejectedError: no reason, or the allegation says nothing.
        NotPermittedError: it is not this account's work.
    """
    wall = _own(viewer, number, verb="seal:develop")
    if not (reason.strip() and said.category.strip() and said.case_type.strip()):
        raise DataRejectedError("An allegation says what was done, and its making needs a reason.")
    case, allegation = new_lineage(), new_lineage()
    with recording(
        actor_of(viewer), "seal:develop", object_kind="case",
        object_ref=public_reference("C", case), reason="recorded by hand", stream=case,
    ) as rec:  # fmt: skip
        _write_allegation(rec, case, allegation, said)
        made = Development.objects.create(
            wall=wall, report_lineage=report, case_lineage=case, allegation_lineage=allegation,
            by=account_of(viewer), reason=reason,
        )  # fmt: skip
    refresh_lineages({case, said.record_lineage})
    return made


def _write_allegation(
    rec: Recording, case: uuid.UUID, allegation: uuid.UUID, said: OpenAllegation
) -> None:
    header: dict[str, Value] = {
        "holder_id": ensure_holder(DESK, name="Recorded by hand").pk,
        "known_on": today(), "known_basis": "stated",
    }  # fmt: skip
    append_fact(rec, "case_reported", header | {
        "lineage": case, "case_type": said.case_type, "recorded_on": today(),
    })  # fmt: skip
    append_fact(rec, "allegation", header | {
        "lineage": allegation, "case_lineage": case, "record_lineage": said.record_lineage,
        "category": said.category, "factors": said.factors or None, "occurred_on": said.occurred_on,
    })  # fmt: skip


def _own(viewer: Viewer, number: int, verb: str = "seal:change") -> Wall:
    wall = seal_named(viewer, number, verb=verb)
    require_owner(viewer, wall)
    return wall


def appoint_owner(*, viewer: Viewer, number: int, user: User) -> None:
    """Say who answers for a seal from now on: a head of counter-corruption, never oneself.

    Whoever appoints need not be behind the seal and does not come behind it.

    Raises:
        DataRejectedError: the account cannot own a seal.
        NotFoundError: no such seal.
    """
    require(viewer, "seal:appoint")
    wall = Wall.objects.filter(pk=number, kind="seal", ended_at=None).first()
    if wall is None or (number != INTELLIGENCE and wall.owner is not None):
        raise NotFoundError("There is no such seal.")
    if user.role != "head_of_counter_corruption" or user.username == viewer.name:
        raise DataRejectedError(
            "A seal is owned by a head of counter-corruption, appointed by somebody else.",
            next_step="Give the name of such an account.",
        )
    with _changing(viewer, wall, verb="seal:appoint"):
        wall.owner = user
        wall.save(update_fields=["owner"])


def _changing(
    viewer: Viewer, wall: Wall, verb: str = "seal:change"
) -> AbstractContextManager[Recording]:
    """Record an act on a seal: by number only; what and why stands behind the seal itself."""
    return recording(
        actor_of(viewer), verb, object_kind="seal", object_ref=str(wall.pk),
        reason="behind the seal",
    )  # fmt: skip
