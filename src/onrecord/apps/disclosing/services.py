"""Record service, release and take back packs, contest a line: each an act on record."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from onrecord.apps.access.models import User
from onrecord.apps.access.policies import require
from onrecord.apps.access.selectors import hidden_from, user_named
from onrecord.apps.audit.services import recording
from onrecord.apps.cases.finding import case_lineage
from onrecord.apps.conflicts.deciding import require_free, require_words
from onrecord.apps.disclosing.models import (
    Contest,
    Pack,
    PackLine,
    PackWithdrawn,
    ServiceRecorded,
)
from onrecord.apps.disclosing.releasable import KINDS_RELEASED
from onrecord.apps.disclosing.selectors import (
    my_pack,
    pack_of_case,
    releasable_to,
    service_of,
    subject_of,
)
from onrecord.apps.work.services import NewTask, raise_task
from onrecord.core.kernel.clock import today
from onrecord.core.kernel.errors import DataRejectedError, NotFoundError
from onrecord.core.kernel.ids import new_lineage, public_reference
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.ledger.actors import actor_of


@dataclass(frozen=True, slots=True)
class Served:
    """How somebody was served with notice."""

    served_on: date
    how: str
    served_by: str


def record_service(
    *, viewer: Viewer, reference: str, number: int, served: Served
) -> ServiceRecorded:
    """State that a subject was served with notice: when, how and by whom.

    Raises:
        NotFoundError: no such case, none this viewer may see, or nobody such is its subject.
        DataRejectedError: the day is yet to come, or who served is missing.
        NotPermittedError: the viewer is tied to the case.
    """
    require(viewer, "disclosure:record_service")
    require_words(served.served_by)
    if served.served_on > today():
        raise DataRejectedError("That day is yet to come.", next_step="Record it once it is done.")
    case = case_lineage(viewer, reference)
    user = subject_of(viewer, case, number)
    require_free(viewer, user, case)
    with recording(
        actor_of(viewer), "disclosure:record_service", object_kind="case",
        object_ref=reference.upper(), reason="notice was served", stream=case,
    ):  # fmt: skip
        return ServiceRecorded.objects.create(
            case_lineage=case, user=user, served_on=served.served_on, how=served.how,
            served_by=served.served_by.strip(), recorded_by=user_named(viewer.name),
        )  # fmt: skip


def release(
    *, viewer: Viewer, reference: str, number: int, facts: Collection[int], reason: str
) -> Pack:
    """Release chosen facts of a case, and only these, to its subject.

    Raises:
        NotFoundError: no such case, none this viewer may see, or nobody such is its subject.
        DataRejectedError: service was not recorded, nothing was chosen, or something that may not
            be released.
        NotPermittedError: it is not the viewer's to do, or the viewer is tied to the case.
    """
    require(viewer, "disclosure:release")
    require_words(reason)
    case = case_lineage(viewer, reference)
    user = subject_of(viewer, case, number)
    require_free(viewer, user, case)
    service = service_of(case, user)
    if service is None:
        raise DataRejectedError(
            "Service is not recorded: nothing is released before the subject was served.",
            next_step="Record the service first.",
        )
    offered = releasable_to(viewer, case, user)
    chosen = [one for one in offered if one.fact_id in set(facts)]
    if not chosen or len(chosen) != len(set(facts)):
        raise DataRejectedError(
            "Choose at least one fact, from those that may be released.", next_step="Look again."
        )
    lineage = new_lineage()
    with recording(
        actor_of(viewer), "disclosure:release", object_kind="case", object_ref=reference.upper(),
        reason="released to the subject", stream=case,
    ) as rec:  # fmt: skip
        pack = Pack.objects.create(
            lineage=lineage, reference=public_reference("K", lineage), case_lineage=case, user=user,
            service=service, reason=reason.strip(), released_by=user_named(viewer.name),
        )  # fmt: skip
        rec.describe(pack=pack.reference, lines=len(chosen))
        PackLine.objects.bulk_create(
            PackLine(pack=pack, number=place, fact_id=one.fact_id, kind=one.kind,
                     said=[list(pair) for pair in one.said])
            for place, one in enumerate(chosen, start=1)
        )  # fmt: skip
    return pack


def withdraw(*, viewer: Viewer, reference: str, pack: str, reason: str) -> PackWithdrawn:
    """Take a pack back: from the next request on its subject reads it no more.

    Raises:
        NotFoundError: no such case or pack, or none this viewer may see.
        DataRejectedError: it was taken back before.
    """
    require(viewer, "disclosure:release")
    require_words(reason)
    case = case_lineage(viewer, reference)
    found = pack_of_case(case, pack)
    if PackWithdrawn.objects.filter(pack=found).exists():
        raise DataRejectedError("It was taken back before.", next_step="Nothing needs doing.")
    with recording(
        actor_of(viewer), "disclosure:release", object_kind="case", object_ref=reference.upper(),
        reason="taken back from the subject", stream=case,
    ) as rec:  # fmt: skip
        rec.describe(withdrawn=found.reference)
        return PackWithdrawn.objects.create(
            pack=found, reason=reason.strip(), by=user_named(viewer.name)
        )


def contest(*, viewer: Viewer, reference: str, number: int, words: str) -> Contest:
    """Say that a released fact is not so: it is kept as said, and those who handle the case are asked.

    Raises:
        NotFoundError: nothing such was released to the viewer, or it was taken back.
        DataRejectedError: nothing was written.
    """
    require(viewer, "pack:contest")
    require_words(words)
    pack = my_pack(viewer, reference)
    line = next((one for one in pack.lines.all() if one.number == number), None)
    if line is None:
        raise NotFoundError("Nothing was released to you by that reference.", next_step="Check it.")
    with recording(
        actor_of(viewer), "pack:contest", object_kind="pack", object_ref=pack.reference,
        reason="a released fact was contested", stream=pack.case_lineage,
    ):  # fmt: skip
        task = raise_task(viewer=_for_the_handlers(pack), new=_question(pack, line, words))
        return Contest.objects.create(
            line=line, by=user_named(viewer.name), words=words.strip(), task=task.reference
        )


def _for_the_handlers(pack: Pack) -> Viewer:
    """Return in whose name the handlers are asked: the subject may not touch what is theirs."""
    return Viewer(
        name="onrecord", kind="system", organisation_code=pack.released_by.organisation_code,
        role="administrator", reason="a released fact was contested", page="my pack",
    )  # fmt: skip


def _question(pack: Pack, line: PackLine, words: str) -> NewTask:
    heading = KINDS_RELEASED[line.kind].lower()
    return NewTask(
        kind="question",
        title="A released fact is contested",
        asked=f"Line {line.number} of pack {pack.reference} ({heading}) is contested by whom it was"
        f" released to: {words.strip()}",
        case_lineage=pack.case_lineage,
        owner=pack.released_by if _can_take(pack.released_by, pack) else None,
    )


def _can_take(user: User, pack: Pack) -> bool:
    return user.is_active and pack.case_lineage not in hidden_from(user.username)
