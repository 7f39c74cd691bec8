"""Ask whoever handles a case how to go on when somebody who works on it is barred from it."""

import uuid
from collections.abc import Iterable

from onrecord.apps.access.models import CircleMember, User
from onrecord.apps.work.models import OPEN, Task
from onrecord.apps.work.services import NewTask, raise_task
from onrecord.core.kernel.ids import public_reference
from onrecord.core.kernel.viewers import Viewer


def ask_handlers(new: Iterable[tuple[int, uuid.UUID]]) -> None:
    """Raise a question for each case of which somebody has just lost sight while working on it.

    What they no longer see may tell them something: a person has to choose how it is covered.
    The question names nobody; the page of the case's conflicts does, to those who may read it.
    """
    lost = {(user, case) for user, case in new if _works_on(user, case)}
    for case in sorted({case for _, case in lost}):
        users = [user for user, of in lost if of == case]
        organisation = User.objects.filter(pk__in=users).values_list(
            "organisation_code", flat=True
        )[0]
        raise_task(viewer=_for_the_handlers(organisation), new=_question(case))


def _works_on(user: int, case: uuid.UUID) -> bool:
    return (
        CircleMember.objects.filter(
            user=user, lineage=case, thing_kind="case", ended_at=None
        ).exists()
        or Task.objects.filter(owner=user, case_lineage=case, state=OPEN).exists()
    )


def _question(case: uuid.UUID) -> NewTask:
    return NewTask(
        kind="question",
        title="Choose how a conflict in a case is handled",
        asked="Somebody who works on this case has been barred from it and no longer sees it. See"
        f" the conflicts in {public_reference('C', case)}: block, block under cover of a bulk"
        " re-allocation, or leave and monitor; and give their open work to somebody else.",
        case_lineage=case,
    )


def _for_the_handlers(organisation: str) -> Viewer:
    return Viewer(
        name="onrecord", kind="system", organisation_code=organisation, role="administrator",
        reason="a bar was worked out", page="conflicts",
    )  # fmt: skip
