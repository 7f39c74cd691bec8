"""Read alerts, and who looked at what."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from onrecord.apps.access.policies import may, require
from onrecord.apps.access.selectors import humans_acted_for
from onrecord.apps.audit.services import record_consultation
from onrecord.apps.cases.finding import thing_named
from onrecord.apps.looking.models import LookAlert, LookAnswer
from onrecord.apps.sealing.selectors import looks_kept_back
from onrecord.core.kernel.errors import NotFoundError
from onrecord.core.kernel.ids import public_reference
from onrecord.core.kernel.viewers import Viewer

LIMIT = 500
_COLUMNS = (
    "select consultation_id, at, actor, action, object_ref, page, reason, was_refused"
    " from ledger.consultation"
)


@dataclass(frozen=True, slots=True)
class PastLook:
    """One look on the ledger."""

    number: int
    at: datetime
    account: str
    action: str
    reference: str
    page: str
    reason: str
    was_refused: bool


def alerts(viewer: Viewer) -> list[LookAlert]:
    """Return what is this officer's to look into: those without an answer first, newest first.

    Nobody sees an alert about themselves, by whatever account of theirs.
    """
    require(viewer, "look:answer")
    found = list(_alerts_for(viewer)[:LIMIT])
    return sorted(found, key=lambda alert: (not alert.is_waiting, -alert.looked_at.timestamp()))


def alert(viewer: Viewer, number: int) -> LookAlert:
    """Return one alert.

    Raises:
        NotFoundError: there is none such, or it is not this officer's to see.
    """
    require(viewer, "look:answer")
    found = _alerts_for(viewer).filter(pk=number).first()
    if found is None:
        raise NotFoundError(
            "There is no such alert.", next_step="Your alerts are listed under Looks."
        )
    return found


def alerts_waiting(viewer: Viewer) -> int:
    """Return how many alerts wait for this officer's answer; none where it is not their work."""
    if not may(viewer, "look:answer"):
        return 0
    return sum(alert.is_waiting for alert in _alerts_for(viewer))


def _alerts_for(viewer: Viewer) -> QuerySet[LookAlert]:
    return (
        LookAlert.objects.select_related("account")
        .prefetch_related("answers__by", "said__by")
        .filter(organisation_code=viewer.organisation_code)
        .exclude(account__human=viewer.human)
        .exclude(account__human__in=humans_acted_for(viewer, "look:answer"))
    )


def asked_of(viewer: Viewer) -> list[LookAlert]:
    """Return the alerts about which this account was asked how it was, those without words first.

    Of no other alert does anybody learn that it is about them.
    """
    if not may(viewer, "look:say"):
        return []
    found = _asked(viewer).order_by("-looked_at")
    return sorted(found, key=lambda alert: not alert.is_asked)


def asked_about(viewer: Viewer, number: int) -> LookAlert:
    """Return one alert about which this account was asked.

    Raises:
        NotFoundError: there is none such, or nobody asked.
    """
    require(viewer, "look:say")
    found = _asked(viewer).filter(pk=number).first()
    if found is None:
        raise NotFoundError(
            "You were not asked.", next_step="What you looked at is under My looks."
        )
    return found


def _asked(viewer: Viewer) -> QuerySet[LookAlert]:
    asked = LookAnswer.objects.filter(outcome="asked").values("alert")
    return (
        LookAlert.objects.select_related("account")
        .prefetch_related("answers__by", "said__by")
        .filter(pk__in=asked, account__username=viewer.name)
    )


def looks_asked_about(viewer: Viewer, number: int) -> list[PastLook]:
    """Return the looks about which this account was asked."""
    return _looks("consultation_id = any(%s)", [asked_about(viewer, number).rows])


def looks_behind(viewer: Viewer, alert: LookAlert) -> list[PastLook]:
    """Return the looks that an alert rests on."""
    require(viewer, "look:answer")
    return _looks("consultation_id = any(%s)", [alert.rows])


def who_looked(viewer: Viewer, reference: str) -> list[PastLook]:
    """Return who looked at a person, case or incident, newest first, and record that it was asked.

    What those behind a seal looked at is not in it for anybody who is not behind that seal.

    Raises:
        NotFoundError: no such thing, or none that is there for this viewer.
    """
    require(viewer, "look:read")
    kind, lineage = thing_named(viewer, reference)
    named = public_reference({"person": "P", "case": "C", "incident": "I"}[kind], lineage)
    record_consultation(viewer, "look:read", object_kind=kind, object_ref=named)
    kept_back = looks_kept_back(but_for=viewer.eyes)
    found = _looks("object_ref = %s and object_kind = %s", [named, kind])
    return [look for look in found if named not in kept_back.get(look.account, frozenset())]


def own_looks(viewer: Viewer) -> list[PastLook]:
    """Return what this account looked at, newest first."""
    require(viewer, "look:own")
    return _looks("actor = %s", [viewer.name])


def _looks(condition: str, values: list[Any]) -> list[PastLook]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"{_COLUMNS} where {condition} order by consultation_id desc limit %s",
            [*values, LIMIT],
        )
        return [PastLook(*row) for row in cursor.fetchall()]
