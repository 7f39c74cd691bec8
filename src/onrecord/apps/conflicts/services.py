"""Work out who is barred from what, and keep the bars equal to it."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from onrecord.apps.access.models import Bar, User
from onrecord.apps.audit.selectors import current_position
from onrecord.apps.audit.services import recording
from onrecord.apps.conflicts.noticing import ask_handlers
from onrecord.apps.conflicts.selectors import declared_among, is_taken_back_undecided
from onrecord.apps.conflicts.ties import cases_to_look_at, holder_of, ties_of_cases
from onrecord.core.conflicts.grades import Grade, gravest
from onrecord.core.conflicts.grading import conflicts_of
from onrecord.core.kernel.clock import now
from onrecord.core.ledger.actors import Actor, ActorKind
from onrecord.core.timekeeping.views import View

WORKED_OUT = "worked out"
"""Why a bar stands that was written here. Which tie it is is worked out anew by whoever may ask."""

_JOB = Actor("onrecord", ActorKind.SYSTEM)


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """What working out came to: numbers only, for who is barred from what is nobody's to list."""

    accounts: int
    written: int
    withdrawn: int


def work_out(*, reason: str, actor: Actor = _JOB) -> WorkedOut:
    """Work out, for every account of somebody on record, what they are barred from.

    A bar that no longer stands is withdrawn, a new one written; both stay on record.
    """
    view = View.of_the_record(current_position())
    with transaction.atomic():
        accounts = list(User.objects.filter(is_active=True).exclude(human="").order_by("pk"))
        wanted = {user.pk: barred_cases(view, user.username) for user in accounts}
        standing = list(
            Bar.objects.select_for_update().filter(removed_at=None, cause=WORKED_OUT).order_by("pk")
        )
        over = [bar for bar in standing if bar.lineage not in wanted.get(bar.user_id, ())]
        kept = {(bar.user_id, bar.lineage) for bar in standing}
        new = [
            (user, case)
            for user, cases in wanted.items()
            for case in sorted(cases)
            if (user, case) not in kept
        ]
        if over or new:
            _change(actor, reason, over, new)
    return WorkedOut(sum(bool(cases) for cases in wanted.values()), len(new), len(over))


def _change(
    actor: Actor, reason: str, over: Collection[Bar], new: Collection[tuple[int, uuid.UUID]]
) -> None:
    """Withdraw and write bars; the ledger is told how many, not whose."""
    with recording(
        actor, "conflict:work_out", object_kind="conflicts", object_ref="all", reason=reason
    ) as rec:
        rec.describe(written=len(new), withdrawn=len(over))
        Bar.objects.filter(pk__in=[bar.pk for bar in over]).update(removed_at=now())
        Bar.objects.bulk_create(
            Bar(user_id=user, thing_kind="case", lineage=case, cause=WORKED_OUT)
            for user, case in new
        )
        ask_handlers(new)


def barred_cases(view: View, account: str) -> frozenset[uuid.UUID]:
    """Return the cases from which the holder of an account is barred, whichever tie it is."""
    holder = holder_of(account)
    cases = cases_to_look_at(view, holder, declared_among)
    graded = {
        case: conflicts_of(holder.records, ties)
        for case, ties in ties_of_cases(view, cases, holder, declared_among).items()
    }
    return frozenset(
        case
        for case, conflicts in graded.items()
        if gravest(conflicts) is Grade.BAR or is_taken_back_undecided(account, case, conflicts)
    )
