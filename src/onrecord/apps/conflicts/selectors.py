"""Reads of declarations, decisions and what was worked out."""

import uuid
from collections.abc import Collection
from hashlib import sha256

from django.db.models import Max

from onrecord.apps.access.models import User
from onrecord.apps.access.policies import require
from onrecord.apps.access.selectors import colleagues
from onrecord.apps.conflicts.models import (
    CovertChoice,
    Decision,
    Declaration,
    Override,
    Recusal,
    Withdrawn,
)
from onrecord.core.conflicts.grades import Conflict, Ground
from onrecord.core.conflicts.spans import Span
from onrecord.core.conflicts.ties import DeclaredTie, Records, Tie
from onrecord.core.kernel.clock import now
from onrecord.core.kernel.errors import NotFoundError
from onrecord.core.kernel.viewers import Viewer

_HUMANS = uuid.UUID("6f6e7265-636f-7264-8000-636f6e666c69")

COVERT_CHOICES = CovertChoice.CHOICES
"""How somebody may be kept from a case: codes and words."""

NEVER_OVERRIDDEN = frozenset({Ground.RELATIVE, Ground.PARTNER})
"""Ties that stay close when the declaration of them is withdrawn: no override is ever asked on them."""


def fingerprint(conflicts: Collection[Conflict]) -> str:
    """Return what tells these conflicts from any others: a decision covers what was seen, no more."""
    said = "\n".join(sorted(f"{c.grade:d} {c.ground} {c.sentence}" for c in conflicts))
    return sha256(said.encode()).hexdigest()


def standing_decision(
    account: str, case: uuid.UUID, conflicts: Collection[Conflict]
) -> Decision | None:
    """Return the last decision on somebody's conflicts with a case, if it covers what is known now."""
    last = (
        Decision.objects.select_related("decided_by")
        .filter(user__username=account, case_lineage=case)
        .first()
    )
    return last if last and last.covers == fingerprint(conflicts) else None


def is_taken_back_undecided(account: str, case: uuid.UUID, conflicts: Collection[Conflict]) -> bool:
    """Tell whether a bar is gone only because a declaration was taken back.

    It then stands until somebody else, having seen that it was taken back, lets them work.
    """
    close = {
        number
        for conflict in conflicts
        if conflict.ground in NEVER_OVERRIDDEN
        for number in conflict.declarations
    }
    if not close:
        return False
    since = Withdrawn.objects.filter(declaration__in=close).aggregate(Max("at"))["at__max"]
    last = Decision.objects.filter(user__username=account, case_lineage=case, at__gt=since).first()
    return last is None or last.outcome == "may_not_work"


def my_declarations(viewer: Viewer) -> list[Declaration]:
    """Return what the human being who looks has declared, the latest first."""
    require(viewer, "conflict:declare")
    return list(
        Declaration.objects.select_related("by", "withdrawn").filter(by__human=viewer.human)
    )


def my_steps_away(viewer: Viewer) -> list[Recusal]:
    """Return when and why the human being who looks stepped away from cases; not which."""
    return list(Recusal.objects.filter(user__human=viewer.human))


def colleague(viewer: Viewer, number: int) -> User:
    """Return a colleague by the number of their account; no name stands in an address.

    Raises:
        NotFoundError: there is none.
    """
    found = colleagues(viewer).filter(pk=number).first()
    if found is None:
        raise NotFoundError("There is no such colleague.", next_step="Choose one from the list.")
    return found


def colleague_choices(viewer: Viewer) -> list[tuple[str, str]]:
    """Return the viewer's colleagues as numbers and names."""
    return [(str(user.pk), f"{user.display_name} ({user.username})") for user in colleagues(viewer)]


def override_now(account: str, case: uuid.UUID) -> Override | None:
    """Return the override by which somebody may work on a case today, if there is one."""
    return Override.objects.filter(
        user__username=account, case_lineage=case, until_at__gt=now()
    ).first()


def record_of_human(human: str) -> uuid.UUID:
    """Return what stands for a human being among person records, whether or not they have one.

    Somebody without a record in the workforce data can declare a tie all the same.
    """
    return uuid.uuid5(_HUMANS, human)


def human_of(account: str) -> str:
    """Return the human being behind an account."""
    return User.objects.filter(username=account).values_list("human", flat=True).get()


def declared_among(records: Records) -> list[DeclaredTie]:
    """Return the ties declared by or about anybody among these records, withdrawn ones too."""
    humans = {
        record_of_human(human): human
        for human in User.objects.values_list("human", flat=True).distinct()
    }
    by_them = [humans[record] for record in records & humans.keys()]
    declarations = Declaration.objects.select_related("by", "withdrawn")
    found = declarations.filter(by__human__in=by_them) | declarations.filter(
        record_lineage__in=records
    )
    return [
        DeclaredTie(
            record_of_human(each.by.human), each.record_lineage, Tie(each.tie),
            Span(each.from_on, each.until_on), each.pk, is_withdrawn=hasattr(each, "withdrawn"),
        )
        for each in found
    ]  # fmt: skip
