"""Reads of packs: those of a case, for who handles it; one's own, for its subject."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from onrecord.apps.access.models import User
from onrecord.apps.access.policies import require
from onrecord.apps.access.selectors import colleagues
from onrecord.apps.audit.selectors import current_position
from onrecord.apps.audit.services import record_consultation
from onrecord.apps.cases.finding import case_lineage
from onrecord.apps.conflicts.ties import Holder, holder_of
from onrecord.apps.disclosing.models import Pack, ServiceRecorded
from onrecord.apps.disclosing.releasable import Releasable, releasable
from onrecord.apps.facts.reading import facts_of_cases
from onrecord.apps.people.reaching import recording_refusals
from onrecord.core.conduct.counting import subject_cases
from onrecord.core.kernel.errors import NotFoundError
from onrecord.core.kernel.facts import Fact
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.timekeeping.views import View

HOW = ServiceRecorded.HOW
"""How notice may have been served: codes and words."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject of the case who has an account."""

    user: User
    service: ServiceRecorded | None


@dataclass(frozen=True, slots=True)
class CaseDisclosure:
    """What was served and released in one case."""

    reference: str
    subjects: Sequence[Subject]
    packs: Sequence[Pack]


def case_disclosure(viewer: Viewer, reference: str) -> CaseDisclosure:
    """Return what was served and released in a case, and contested; records the look.

    Raises:
        NotFoundError: no such case, or none this viewer may see.
    """
    require(viewer, "disclosure:read")
    with (
        recording_refusals(viewer, "disclosure:read", "case", reference),
        transaction.atomic(),
    ):
        case = case_lineage(viewer, reference)
        record_consultation(
            viewer, "disclosure:read", object_kind="case", object_ref=reference.upper()
        )
        return CaseDisclosure(
            reference=reference.upper(),
            subjects=[Subject(user, service_of(case, user)) for user in subjects_of(viewer, case)],
            packs=list(_packs().filter(case_lineage=case)),
        )


def subjects_of(viewer: Viewer, case: uuid.UUID) -> list[User]:
    """Return the colleagues who are a subject of the case, as far as the viewer may know."""
    facts = facts_of_cases(View(current_position()).through(viewer.eyes), [case])
    with_record = User.objects.exclude(person_record=None).values_list("human", flat=True)
    return [
        user
        for user in colleagues(viewer).filter(human__in=list(with_record))
        if _is_subject(facts, holder_of(user.username), case)
    ]


def _is_subject(facts: Sequence[Fact], holder: Holder, case: uuid.UUID) -> bool:
    return case in subject_cases(fact for fact in facts if fact.record_lineage in holder.records)


def subject_of(viewer: Viewer, case: uuid.UUID, number: int) -> User:
    """Return the subject of a case by the number of their account.

    Raises:
        NotFoundError: nobody by that number is a subject of it.
    """
    found = next((user for user in subjects_of(viewer, case) if user.pk == number), None)
    if found is None:
        raise NotFoundError("No subject of this case has that account.", next_step="Look again.")
    return found


def service_of(case: uuid.UUID, user: User) -> ServiceRecorded | None:
    """Return the service of notice last recorded for a subject in a case."""
    return (
        ServiceRecorded.objects.select_related("recorded_by")
        .filter(case_lineage=case, user__human=user.human)
        .first()
    )


def pack_of_case(case: uuid.UUID, reference: str) -> Pack:
    """Return a pack of a case.

    Raises:
        NotFoundError: the case has none by that reference.
    """
    found = Pack.objects.filter(reference=reference.upper(), case_lineage=case).first()
    if found is None:
        raise NotFoundError("There is no such pack in this case.", next_step="Look again.")
    return found


def releasable_to(viewer: Viewer, case: uuid.UUID, user: User) -> list[Releasable]:
    """Return the facts of a case that may be released to one of its subjects."""
    facts = facts_of_cases(View(current_position()).through(viewer.eyes), [case])
    return releasable(facts, holder_of(user.username).records)


def my_packs(viewer: Viewer) -> list[Pack]:
    """Return what was released to the human being who looks; nothing says what was not.

    The look is recorded alike for everybody, whether there is anything or not.
    """
    require(viewer, "pack:read")
    with transaction.atomic():
        record_consultation(viewer, "pack:read", object_kind="pack", object_ref="mine")
        return list(_packs().filter(user__human=viewer.human))


def my_pack(viewer: Viewer, reference: str) -> Pack:
    """Return one pack that was released to the human being who looks, and records the look.

    Raises:
        NotFoundError: there is none, it is somebody else's, or it was taken back.
    """
    require(viewer, "pack:read")
    with recording_refusals(viewer, "pack:read", "pack", reference), transaction.atomic():
        found = (
            _packs()
            .filter(reference=reference.upper(), user__human=viewer.human, withdrawn=None)
            .first()
        )
        if found is None:
            raise NotFoundError(
                "Nothing was released to you by that reference.", next_step="Check it."
            )
        record_consultation(viewer, "pack:read", object_kind="pack", object_ref=found.reference)
        return found


def _packs() -> QuerySet[Pack]:
    return Pack.objects.select_related(
        "user", "released_by", "service", "withdrawn", "withdrawn__by"
    ).prefetch_related("lines__contests")
