"""What takes three people, what goes to somebody outside, and what only a circle may know of."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time

from onrecord.apps.access.agreeing import answer_ask, ask_for_agreement, use_agreement
from onrecord.apps.access.asking import names_any
from onrecord.apps.access.models import TwoPersonAsk, User
from onrecord.apps.access.policies import require
from onrecord.apps.access.selectors import circle_of, hidden_from, user_named
from onrecord.apps.audit.services import recording
from onrecord.apps.cases.finding import case_lineage
from onrecord.apps.conflicts.deciding import require_free, require_words, write_bars
from onrecord.apps.conflicts.models import Covert, OutsideDecider, Override
from onrecord.apps.conflicts.selectors import NEVER_OVERRIDDEN, fingerprint
from onrecord.apps.conflicts.standing import DECIDED, Standing, State, standing_of
from onrecord.apps.settings.declared import OVERRIDE_DAYS
from onrecord.apps.settings.selectors import days
from onrecord.core.kernel.clock import now, today
from onrecord.core.kernel.errors import DataRejectedError, NotFoundError, NotPermittedError
from onrecord.core.kernel.ids import public_reference
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.ledger.actors import actor_of

VERB = "conflict:override"


@dataclass(frozen=True, slots=True)
class OverrideAsk:
    """An override that somebody asked two others to agree to.

    Attributes:
        yes, no: how many have agreed, and refused.
        is_mine, is_answered: whether the human being who looks asked for it, or answered it.
    """

    number: int
    reference: str
    account: str
    until: date
    reason: str
    asked_by: User
    asked_at: datetime
    expires_at: datetime
    yes: int
    no: int
    needed: int
    is_mine: bool
    is_answered: bool

    @property
    def is_agreed(self) -> bool:
        """Tell whether it waits only to be used."""
        return self.yes >= self.needed and not self.no


def ask_override(
    *, viewer: Viewer, reference: str, account: str, until: date, reason: str
) -> TwoPersonAsk:
    """Ask two others to let somebody work on a case until a day, despite a conflict that is no bar.

    Raises:
        NotFoundError: no such case or account, or none this viewer may see.
        NotPermittedError: it is about the viewer, or the viewer is tied to the case.
        DataRejectedError: a bar stands, no conflict needs it, or the day is too far off.
    """
    require(viewer, VERB)
    require_words(reason)
    case, user = case_lineage(viewer, reference), user_named(account)
    require_free(viewer, user, case)
    _require_day(until)
    _require_overridable(standing_of(viewer, user, case))
    return ask_for_agreement(
        viewer=viewer, verb=VERB, object_kind="case",
        object_ref=_thing(case, account, until), reason=reason,
    )  # fmt: skip


def answer_override(*, viewer: Viewer, number: int, agrees: bool, reason: str) -> None:
    """Agree to an override that somebody else asked for, or not, with reasons.

    Raises:
        NotFoundError: there is no such ask, or it is about a case that is not there for the viewer.
        NotPermittedError: it is about the viewer, who asked it themselves, or is tied to the case.
    """
    require_words(reason)
    asked = override_ask(viewer, number)
    case = case_lineage(viewer, asked.reference)
    require_free(viewer, user_named(asked.account), case)
    answer_ask(viewer=viewer, ask_id=number, agrees=agrees, reason=reason)


def use_override(*, viewer: Viewer, number: int) -> Override:
    """Let somebody work until the agreed day: whoever asked does it, once two others have agreed.

    Raises:
        NotFoundError: there is no such ask, or it is about a case that is not there for the viewer.
        NotPermittedError: too few different human beings agreed, or one of them is tied to the case.
        DataRejectedError: a bar has come to stand since it was asked.
    """
    asked = override_ask(viewer, number)
    case, user = case_lineage(viewer, asked.reference), user_named(asked.account)
    require_free(viewer, user, case)
    with recording(
        actor_of(viewer), "conflict:override", object_kind="case", object_ref=asked.reference,
        reason=viewer.reason or asked.reason, stream=case,
    ):  # fmt: skip
        standing = standing_of(viewer, user, case)
        _require_overridable(standing)
        _require_day(asked.until)
        ask = use_agreement(
            viewer=viewer, verb=VERB, object_ref=_thing(case, asked.account, asked.until)
        )
        _require_free_agreement(viewer, ask, user, case)
        write_bars(user, case, DECIDED)  # lifted until the agreed day, and there again after it
        return Override.objects.create(
            user=user, case_lineage=case, ask_id=ask.pk, reason=ask.reason,
            covers=fingerprint(standing.conflicts), by=user_named(viewer.name),
            until_at=_end_of(asked.until),
        )  # fmt: skip


def override_asks(viewer: Viewer) -> list[OverrideAsk]:
    """Return the overrides that wait for agreement or use, on cases that are there for the viewer."""
    require(viewer, VERB)
    asks = TwoPersonAsk.objects.filter(verb=VERB, used_at=None, expires_at__gt=now())
    hidden = hidden_from(viewer.eyes)
    return [
        _shown(ask, viewer)
        for ask in asks.select_related("asked_by").prefetch_related("answers__by")
        if not names_any(ask.object_ref, hidden)
    ]


def override_ask(viewer: Viewer, number: int) -> OverrideAsk:
    """Return one override that waits.

    Raises:
        NotFoundError: there is none by that number, or none this viewer may see.
    """
    found = next((ask for ask in override_asks(viewer) if ask.number == number), None)
    if found is None:
        raise NotFoundError("There is nothing to agree to by that number.", next_step="Check it.")
    return found


def send_outside(
    *, viewer: Viewer, reference: str, organisation: str, decider: str, reason: str
) -> OutsideDecider:
    """Record that a case goes to another force, or somebody outside, for decision.

    Raises:
        NotFoundError: no such case, or none this viewer may see.
        DataRejectedError: who decides, or why, is missing.
    """
    require(viewer, "conflict:send_outside")
    for words in (organisation, decider, reason):
        require_words(words)
    case = case_lineage(viewer, reference)
    with recording(
        actor_of(viewer), "conflict:send_outside", object_kind="case",
        object_ref=reference.upper(), reason=viewer.reason or "too few are free", stream=case,
    ):  # fmt: skip
        return OutsideDecider.objects.create(
            case_lineage=case, organisation=organisation.strip(), decider=decider.strip(),
            reason=reason.strip(), by=user_named(viewer.name),
        )  # fmt: skip


def make_covert(*, viewer: Viewer, reference: str, reason: str, review_on: date) -> Covert:
    """Make a case known to its circle only: to everybody else it does not exist.

    Raises:
        NotFoundError: no such case, or none this viewer may see.
        DataRejectedError: the viewer is not in the circle, it is so already, or no near day of
            review was given.
    """
    require(viewer, "conflict:covert")
    require_words(reason)
    _require_day(review_on)
    case = case_lineage(viewer, reference)
    if case not in circle_of(viewer, "case"):
        raise DataRejectedError(
            "You do not work on this case, and would no longer see it.",
            next_step="Have yourself put into its circle first.",
        )
    if Covert.objects.filter(case_lineage=case, ended_at=None).exists():
        raise DataRejectedError("It is covert already.", next_step="Nothing needs doing.")
    with recording(
        actor_of(viewer), "conflict:covert", object_kind="case", object_ref=reference.upper(),
        reason="known to its circle only", stream=case,
    ):  # fmt: skip
        return Covert.objects.create(
            case_lineage=case, reason=reason.strip(), by=user_named(viewer.name),
            review_on=review_on,
        )  # fmt: skip


def end_covert(*, viewer: Viewer, reference: str) -> None:
    """Let a case be known again to everybody whose work it is.

    Raises:
        NotFoundError: no such case, or none this viewer may see.
        DataRejectedError: it is not covert.
    """
    require(viewer, "conflict:covert")
    case = case_lineage(viewer, reference)
    with recording(
        actor_of(viewer), "conflict:covert", object_kind="case", object_ref=reference.upper(),
        reason="known again", stream=case,
    ):  # fmt: skip
        if not Covert.objects.filter(case_lineage=case, ended_at=None).update(ended_at=now()):
            raise DataRejectedError("It is not covert.", next_step="Nothing needs doing.")


def _thing(case: uuid.UUID, account: str, until: date) -> str:
    """Return what exactly is agreed to: this case, this person, until this day."""
    return f"{public_reference('C', case)}/{account}/{until.isoformat()}"


def _shown(ask: TwoPersonAsk, viewer: Viewer) -> OverrideAsk:
    case, account, until = ask.object_ref.split("/")
    answers = list(ask.answers.all())
    return OverrideAsk(
        number=ask.pk, reference=case, account=account,
        until=date.fromisoformat(until), reason=ask.reason, asked_by=ask.asked_by,
        asked_at=ask.asked_at, expires_at=ask.expires_at,
        yes=sum(a.agrees for a in answers), no=sum(not a.agrees for a in answers),
        needed=ask.others_needed, is_mine=ask.asked_by.human == viewer.human,
        is_answered=any(a.by.human == viewer.human for a in answers),
    )  # fmt: skip


def _require_overridable(standing: Standing) -> None:
    if standing.state in {State.BARRED, State.STEPPED_AWAY} or any(
        conflict.ground in NEVER_OVERRIDDEN for conflict in standing.conflicts
    ):
        raise DataRejectedError("A bar is never overridden.", next_step="Choose somebody else.")
    if standing.state.may_work:
        raise DataRejectedError("They may work on this case.", next_step="No override is needed.")


def _require_day(day: date) -> None:
    longest = days(OVERRIDE_DAYS)
    if not today() < day <= today() + longest:
        raise DataRejectedError(
            f"The day must be to come, and within {longest.days} days.",
            next_step="Choose a nearer day; it can be asked for again.",
        )


def _require_free_agreement(
    viewer: Viewer, ask: TwoPersonAsk, about: User, case: uuid.UUID
) -> None:
    """Refuse an agreement of somebody whom it is about, or who has come to be tied to the case."""
    for answer in ask.answers.select_related("by"):
        free = standing_of(viewer, answer.by, case).state.may_work
        if answer.by.human == about.human or not free:
            raise NotPermittedError(
                "Somebody who agreed is tied to this case.",
                next_step="Ask anew; somebody else must agree.",
            )


def _end_of(day: date) -> datetime:
    """Return the end of a day; an override ends with it, whatever anybody forgets."""
    return datetime.combine(day, time.max, tzinfo=now().tzinfo)
