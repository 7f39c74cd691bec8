"""Reads of what takes more than one person: what waits for me, and what I asked for."""

import re
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from onrecord.apps.access.models import TwoPersonAnswer, TwoPersonAsk, User
from onrecord.apps.access.policies import is_agreeable, may
from onrecord.apps.access.selectors import bound_to, hidden_from, walls_around
from onrecord.apps.audit.services import record_consultation
from onrecord.core.kernel.clock import now
from onrecord.core.kernel.errors import NotFoundError
from onrecord.core.kernel.ids import public_reference
from onrecord.core.kernel.viewers import Viewer

SHOWN = 100
_LINEAGE = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
_REFERENCE = re.compile(r"([A-Z])-[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]")


@dataclass(frozen=True, slots=True)
class OwnAsk:
    """What the viewer asked others to agree to, and how it stands.

    Attributes:
        state: `waiting`, `agreed`, `refused`, `used` or `run out`.
        answers: what was answered, oldest first.
    """

    ask: TwoPersonAsk
    state: str
    answers: tuple[TwoPersonAnswer, ...]


def asks_waiting_for(viewer: Viewer) -> list[TwoPersonAsk]:
    """Return the asks that this viewer may answer and has not, oldest first.

    None of their own, under any account; none of an act that is nothing to do with their
    duties; none about what is hidden from them.
    """
    me = User.objects.filter(username=viewer.name, is_active=True).first()
    if me is None or not may(viewer, "two_person:agree"):
        return []
    hidden = hidden_from(viewer.eyes)
    return [
        ask
        for ask in _open_asks(viewer).exclude(asked_by__human=me.human)
        if may(viewer, ask.verb)
        and is_agreeable(ask.verb, me.role)
        and not names_any(ask.object_ref, hidden)
        and not (bound_to(me.human, ask.asked_at) | {me.human}) & _humans(ask)
        and ask.answers.count() < ask.others_needed
    ]


def ask_waiting(viewer: Viewer, number: int) -> TwoPersonAsk:
    """Return one ask that waits for this viewer's answer, and record the look or its refusal.

    Raises:
        NotFoundError: there is none, or none for this viewer to answer.
    """
    found = next((ask for ask in asks_waiting_for(viewer) if ask.pk == number), None)
    record_consultation(
        viewer.because(viewer.reason or "the task at hand"), "two_person:agree",
        object_kind="two_person_ask", object_ref=str(number), was_refused=found is None,
    )  # fmt: skip
    if found is None:
        raise NotFoundError("There is nothing to agree to by that number.", next_step="Check it.")
    return found


def own_asks(viewer: Viewer) -> list[OwnAsk]:
    """Return what the viewer asked others to agree to, newest first."""
    hidden = hidden_from(viewer.eyes)
    asks = (
        TwoPersonAsk.objects.filter(asked_by__username=viewer.name)
        .filter(_seen_by(viewer))
        .prefetch_related("answers__by")
        .order_by("-asked_at")[:SHOWN]
    )
    return [
        OwnAsk(ask, _state(ask), tuple(ask.answers.all()))
        for ask in asks
        if not names_any(ask.object_ref, hidden)
    ]


def names_any(reference: str, lineages: Collection[uuid.UUID]) -> bool:
    """Tell whether a reference names one of these, by lineage or by public reference."""
    if not lineages:
        return False
    numbers = {uuid.UUID(text) for text in _LINEAGE.findall(reference.lower())}
    if numbers & set(lineages):
        return True
    return any(
        match.group() in {public_reference(match.group(1), lineage) for lineage in lineages}
        for match in _REFERENCE.finditer(reference.upper())
    )


def _humans(ask: TwoPersonAsk) -> set[str]:
    return {ask.asked_by.human, *(answer.by.human for answer in ask.answers.all())}


def _open_asks(viewer: Viewer) -> QuerySet[TwoPersonAsk]:
    return (
        TwoPersonAsk.objects.select_related("asked_by")
        .filter(_seen_by(viewer), used_at=None, expires_at__gt=now())
        .exclude(answers__agrees=False)
        .prefetch_related("answers__by")
        .order_by("asked_at")
    )


def _seen_by(viewer: Viewer) -> Q:
    return Q(wall=None) | Q(wall__in=walls_around(viewer.eyes))


def _state(ask: TwoPersonAsk) -> str:
    answers = list(ask.answers.all())
    if any(not answer.agrees for answer in answers):
        return "refused"
    if ask.used_at is not None:
        return "used"
    if ask.expires_at <= now():
        return "run out"
    return "agreed" if len(answers) >= ask.others_needed else "waiting"
