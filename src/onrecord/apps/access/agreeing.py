"""Acts that take more than one person: asked by one, agreed to by others, used once.

Two accounts of one human are one person here, and so are the two of a delegation. Whoever asked may not answer; one
refusal ends the ask; an ask that nobody used runs out.
"""

from django.db import transaction

from onrecord.apps.access.asking import names_any
from onrecord.apps.access.models import TwoPersonAnswer, TwoPersonAsk, User, Wall
from onrecord.apps.access.policies import is_agreeable, require
from onrecord.apps.access.selectors import bound_to, hidden_from, user_named
from onrecord.apps.audit.services import recording
from onrecord.apps.settings.declared import AGREEMENT_DAYS
from onrecord.apps.settings.selectors import days
from onrecord.core.kernel.clock import now
from onrecord.core.kernel.errors import DataRejectedError, NotFoundError, NotPermittedError
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.ledger.actors import actor_of
from onrecord.core.permissions.table import permissions


def ask_for_agreement(
    *,
    viewer: Viewer,
    verb: str,
    object_kind: str,
    object_ref: str,
    reason: str,
    wall: Wall | None = None,
) -> TwoPersonAsk:
    """Ask others to agree to `verb` on one thing; they see who asks, what for, and why.

    How many others it takes is one fewer than the table of permissions says.

    Raises:
        NotPermittedError: it would not be this viewer's to do even if others agreed.
        DataRejectedError: the act takes one person only.
    """
    require(viewer, "two_person:ask")
    require(viewer, verb)
    people = permissions()[verb].people
    if people < 2:  # noqa: PLR2004 - two persons
        raise DataRejectedError("One person may do this.", next_step="Do it; nobody need agree.")
    with recording(
        actor_of(viewer), "two_person:ask", object_kind=object_kind, object_ref=object_ref, reason=reason
    ) as rec:  # fmt: skip
        rec.describe(verb=verb)
        return TwoPersonAsk.objects.create(
            verb=verb, object_kind=object_kind, object_ref=object_ref, reason=reason,
            asked_by=user_named(viewer.name), others_needed=people - 1, expires_at=now() + days(AGREEMENT_DAYS),
            wall=wall,
        )  # fmt: skip


def answer_ask(*, viewer: Viewer, ask_id: int, agrees: bool, reason: str) -> TwoPersonAnswer:
    """Agree to somebody else's ask, or not, with reasons.

    Raises:
        NotFoundError: there is no such ask, or none this viewer may see.
        NotPermittedError: the viewer asked themselves, or is the same human as somebody who did
            or answered, or acts for them, or they for the viewer.
        DataRejectedError: it has run out, was refused, or was used.
    """
    require(viewer, "two_person:agree")
    me = user_named(viewer.name)
    with transaction.atomic():
        ask = _open_ask(ask_id, me)
        if me.human in _humans(ask):
            raise NotPermittedError(
                "An act that takes two people takes two human beings.",
                next_step="Somebody else must answer.",
            )
        if bound_to(me.human, ask.asked_at) & _humans(ask):
            raise NotPermittedError(
                "Whoever acts for somebody is not a second person to them.",
                next_step="Somebody else must answer.",
            )
        if not is_agreeable(ask.verb, me.role):
            raise NotPermittedError(
                "Administrators do not agree to this among themselves.",
                next_step="A senior officer, an appropriate authority or a head of counter-corruption must.",
            )
        with recording(
            actor_of(viewer), "two_person:agree", object_kind=ask.object_kind, object_ref=ask.object_ref,
            reason=reason,
        ) as rec:  # fmt: skip
            rec.describe(ask=ask.pk, verb=ask.verb, agrees="yes" if agrees else "no")
            return TwoPersonAnswer.objects.create(ask=ask, by=me, agrees=agrees, reason=reason)


def use_agreement(*, viewer: Viewer, verb: str, object_ref: str) -> TwoPersonAsk:
    """Use up the agreement that others gave to the viewer's own ask; the act follows at once.

    Call it inside the transaction, and the `recording`, of the act.

    Raises:
        NotPermittedError: nobody asked, too few different human beings agreed, or it ran out.
    """
    require(viewer, verb)
    asks = TwoPersonAsk.objects.select_for_update().filter(
        verb=verb, object_ref=object_ref, used_at=None, asked_by__username=viewer.name
    )
    for ask in asks.filter(expires_at__gt=now()).order_by("-asked_at"):
        if _is_agreed(ask):
            ask.used_at = now()
            ask.save(update_fields=["used_at"])
            return ask
    raise NotPermittedError(
        f"This takes {permissions()[verb].people} people, and not enough have agreed.",
        next_step="Ask for agreement, and wait until others have given it.",
    )


def _open_ask(ask_id: int, me: User) -> TwoPersonAsk:
    ask = TwoPersonAsk.objects.select_for_update().filter(pk=ask_id).first()
    if ask is None or not _sees(ask, me):
        raise NotFoundError("There is nothing to agree to by that number.", next_step="Check it.")
    refused = TwoPersonAnswer.objects.filter(ask=ask, agrees=False).exists()
    if ask.used_at or refused or ask.expires_at <= now():
        raise DataRejectedError(
            "This is no longer waiting for an answer.", next_step="It may be asked for anew."
        )
    return ask


def _sees(ask: TwoPersonAsk, me: User) -> bool:
    if names_any(ask.object_ref, hidden_from(me.username)):
        return False
    if ask.wall_id is None:
        return True
    wall = Wall.objects.get(pk=ask.wall_id)
    return wall.owner_id == me.pk or wall.members.filter(user=me, removed_at=None).exists()


def _humans(ask: TwoPersonAsk) -> set[str]:
    """Return the human beings who asked or answered already, whatever their accounts."""
    answered = TwoPersonAnswer.objects.filter(ask=ask).values_list("by__human", flat=True)
    asked = User.objects.filter(pk=ask.asked_by_id).values_list("human", flat=True)
    return {*answered, *asked}


def _is_agreed(ask: TwoPersonAsk) -> bool:
    """Tell whether enough different human beings agree who may still do so, and nobody refused."""
    answers = TwoPersonAnswer.objects.select_related("by").filter(ask=ask)
    if any(not answer.agrees for answer in answers):
        return False
    asker = User.objects.get(pk=ask.asked_by_id).human
    agreed = {answer.by.human for answer in answers if answer.by.is_active} - {asker}
    return _apart(asker, agreed, ask) >= ask.others_needed


def _apart(asker: str, agreed: set[str], ask: TwoPersonAsk) -> int:
    """Count those who agreed and are bound by a delegation neither to the asker nor to each other."""
    counted = {asker}
    for human in sorted(agreed):
        if not bound_to(human, ask.asked_at) & counted:
            counted.add(human)
    return len(counted) - 1
