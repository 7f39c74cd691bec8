"""How somebody stands to a case: their conflicts, what was decided on them, and so whether they may work."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction

from onrecord.apps.access.models import Bar, User
from onrecord.apps.access.policies import may
from onrecord.apps.access.selectors import (
    colleagues,
    members_of_circle,
    user_named,
    viewer_for_user,
)
from onrecord.apps.audit.selectors import current_position
from onrecord.apps.audit.services import record_consultation
from onrecord.apps.cases.finding import case_lineage
from onrecord.apps.conflicts.models import Covert, CovertChoice, Decision, OutsideDecider, Override
from onrecord.apps.conflicts.selectors import (
    declared_among,
    is_taken_back_undecided,
    override_now,
    standing_decision,
)
from onrecord.apps.conflicts.ties import holder_of, ties_of_cases
from onrecord.apps.people.reaching import recording_refusals
from onrecord.core.conflicts.grades import Conflict, Grade, gravest
from onrecord.core.conflicts.grading import conflicts_of
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.timekeeping.views import View

STEPPED_AWAY, DECIDED = "stepped away", "decided"
"""Why a bar stands that somebody wrote: the person themselves, or who decided on their conflict."""


class State(StrEnum):
    """Whether somebody may work on a case."""

    BARRED = "barred"
    STEPPED_AWAY = "stepped_away"
    TO_DECIDE = "to_decide"
    MAY_NOT_WORK = "may_not_work"
    OVERRIDDEN = "overridden"
    MAY_WORK = "may_work"
    NOTHING_FOUND = "nothing_found"

    @property
    def may_work(self) -> bool:
        """Tell whether they may."""
        return self in {State.OVERRIDDEN, State.MAY_WORK, State.NOTHING_FOUND}


@dataclass(frozen=True, slots=True)
class Standing:
    """How one account-holder stands to one case, as the viewer may know it.

    Attributes:
        part: their part in the case now; empty when they have none.
        covertly: how they are kept from it, where they are barred and somebody chose.
        is_on_record: whether their own record is known: if not, only declarations were looked at.
    """

    user: User
    part: str
    state: State
    conflicts: Sequence[Conflict]
    decision: Decision | None
    override: Override | None
    is_on_record: bool
    covertly: CovertChoice | None = None


@dataclass(frozen=True, slots=True)
class CaseConflicts:
    """Everybody who works on a case, how each stands, and whether enough are free to decide.

    Attributes:
        asked: somebody who does not work on it and was asked about.
        free, deciders: of so many colleagues who may decide on conflicts, so many may here.
    """

    reference: str
    lineage: uuid.UUID
    working: Sequence[Standing]
    asked: Standing | None
    free: int
    deciders: int
    outside: Sequence[OutsideDecider]
    covert: Covert | None


def standing_of(viewer: Viewer, user: User, case: uuid.UUID, *, part: str = "") -> Standing:
    """Return how somebody stands to a case. Ties behind a wall for the viewer are not told."""
    view = View(current_position()).through(viewer.eyes)
    holder = holder_of(user.username)
    ties = ties_of_cases(view, [case], holder, declared_among)[case]
    conflicts = conflicts_of(holder.records, ties)
    decision = standing_decision(user.username, case, conflicts)
    override = override_now(user.username, case)
    state = _state(user, case, conflicts, decision, is_overridden=override is not None)
    is_on_record = User.objects.filter(human=user.human).exclude(person_record=None).exists()
    covertly = (
        CovertChoice.objects.select_related("by").filter(user=user, case_lineage=case).first()
    )
    return Standing(
        user, part, state, conflicts, decision, override, is_on_record,
        covertly if state is State.BARRED else None,
    )  # fmt: skip


def _state(
    user: User,
    case: uuid.UUID,
    conflicts: Sequence[Conflict],
    decision: Decision | None,
    *,
    is_overridden: bool,
) -> State:
    bars = set(
        Bar.objects.filter(user__human=user.human, lineage=case, removed_at=None).values_list(
            "cause", flat=True
        )
    )
    grade = gravest(conflicts)
    undecided = decision is None or is_taken_back_undecided(user.username, case, conflicts)
    checks = (
        (grade is Grade.BAR, State.BARRED),
        (STEPPED_AWAY in bars, State.STEPPED_AWAY),
        (is_overridden, State.OVERRIDDEN),
        (DECIDED in bars, State.MAY_NOT_WORK),
        (grade is not Grade.DECLARE_AND_DECIDE, State.NOTHING_FOUND),
        (undecided, State.TO_DECIDE),
    )
    return next((state for holds, state in checks if holds), State.MAY_WORK)


def case_conflicts(viewer: Viewer, reference: str, *, asked: str = "") -> CaseConflicts:
    """Return how everybody who works on a case stands to it, and `asked`; records the look.

    Raises:
        NotFoundError: no such case, none this viewer may see, or no such account.
    """
    with (
        recording_refusals(viewer, "conflict:read", "case", reference),
        transaction.atomic(),
    ):
        case = case_lineage(viewer, reference)
        working = [
            standing_of(viewer, member.user, case, part=member.part)
            for member in members_of_circle("case", [case])
        ]
        others = standing_of(viewer, user_named(asked), case) if asked else None
        deciders = [
            standing_of(viewer, user, case).state.may_work
            for user in colleagues(viewer)
            if may(viewer_for_user(user, reason="", page=""), "conflict:decide")
        ]
        record_consultation(
            viewer, "conflict:read", object_kind="case", object_ref=reference.upper()
        )
        return CaseConflicts(
            reference=reference.upper(),
            lineage=case,
            working=working,
            asked=others,
            free=sum(deciders),
            deciders=len(deciders),
            outside=list(OutsideDecider.objects.select_related("by").filter(case_lineage=case)),
            covert=Covert.objects.select_related("by")
            .filter(case_lineage=case, ended_at=None)
            .first(),
        )
