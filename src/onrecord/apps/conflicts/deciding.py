"""Declare, take back, step away, decide, and let somebody work on a case: each an act on record."""

import uuid
from dataclasses import dataclass
from datetime import date

from onrecord.apps.access.circles import PARTS, put_in_circle
from onrecord.apps.access.models import Bar, CircleMember, User
from onrecord.apps.access.policies import require
from onrecord.apps.access.selectors import humans_acted_for, user_named
from onrecord.apps.audit.services import recording
from onrecord.apps.cases.finding import case_lineage
from onrecord.apps.conflicts.models import Decision, Declaration, Recusal, Withdrawn
from onrecord.apps.conflicts.selectors import fingerprint
from onrecord.apps.conflicts.services import work_out
from onrecord.apps.conflicts.standing import DECIDED, STEPPED_AWAY, State, standing_of
from onrecord.apps.people.finding import person_lineage
from onrecord.apps.work.models import OPEN, Task, TaskStep
from onrecord.core.conflicts.ties import Tie
from onrecord.core.kernel.clock import now
from onrecord.core.kernel.errors import DataRejectedError, NotFoundError, NotPermittedError
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.ledger.actors import actor_of


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody declares: whom they are tied to, how, and when.

    Attributes:
        person: the public reference of the person.
        from_on, until_on: the days of the tie, as far as they can be told.
    """

    person: str
    tie: Tie
    words: str
    from_on: date | None = None
    until_on: date | None = None


def declare(*, viewer: Viewer, told: Told) -> Declaration:
    """Write down how one is tied to somebody on record. It is kept for good.

    Raises:
        NotFoundError: there is no such person, or none this viewer may see.
        DataRejectedError: nothing was said, or the days contradict each other.
    """
    require(viewer, "conflict:declare")
    require_words(told.words)
    if told.from_on and told.until_on and told.until_on < told.from_on:
        raise DataRejectedError("The tie ends before it begins.", next_step="Check both days.")
    person = person_lineage(viewer, told.person)
    with recording(
        actor_of(viewer), "conflict:declare", object_kind="account", object_ref=viewer.name,
        reason="a tie was declared",
    ):  # fmt: skip
        declaration = Declaration.objects.create(
            by=user_named(viewer.name), record_lineage=person, tie=told.tie.value,
            from_on=told.from_on, until_on=told.until_on, words=told.words.strip(),
        )  # fmt: skip
        work_out(reason="a tie was declared")
    return declaration


def take_back(*, viewer: Viewer, declaration_id: int, reason: str) -> Withdrawn:
    """Take one's own declaration back, and say why. A bar that rested on it stands until decided.

    Raises:
        NotFoundError: there is none by that number, or it is somebody else's.
        DataRejectedError: it was taken back before.
    """
    require(viewer, "conflict:declare")
    require_words(reason)
    declaration = Declaration.objects.filter(pk=declaration_id, by__human=viewer.human).first()
    if declaration is None:
        raise NotFoundError("There is no declaration of yours by that number.")
    if Withdrawn.objects.filter(declaration=declaration).exists():
        raise DataRejectedError("It was taken back before.", next_step="Nothing needs doing.")
    with recording(
        actor_of(viewer), "conflict:declare", object_kind="account", object_ref=viewer.name,
        reason="a declaration was taken back",
    ):  # fmt: skip
        withdrawn = Withdrawn.objects.create(declaration=declaration, reason=reason.strip())
        work_out(reason="a declaration was taken back")
    return withdrawn


def step_away(*, viewer: Viewer, reference: str, reason: str) -> Recusal:
    """Step away from a case: from the next request on it is not there for this human being.

    Their open tasks about it go back to be given to somebody else.

    Raises:
        NotFoundError: no such case, or none this viewer may see.
    """
    require(viewer, "conflict:step_away")
    require_words(reason)
    case = case_lineage(viewer, reference)
    with recording(
        actor_of(viewer), "conflict:step_away", object_kind="case", object_ref=reference.upper(),
        reason="stepped away", stream=case,
    ):  # fmt: skip
        me = user_named(viewer.name)
        _give_back_tasks(me, case)
        keep_out(me, case, STEPPED_AWAY)
        return Recusal.objects.create(user=me, case_lineage=case, reason=reason.strip())


def decide(
    *,
    viewer: Viewer,
    reference: str,
    account: str,
    outcome: str,
    reason: str,
    mitigations: str = "",
) -> Decision:
    """Decide whether somebody may work on a case despite a *declare and decide* conflict.

    The decision covers what is known now; a tie that comes to be known later asks for another.

    Raises:
        NotFoundError: no such case or account, or none this viewer may see.
        NotPermittedError: it is about the viewer, or the viewer is not free to decide here.
        DataRejectedError: there is nothing to decide, or reasons or safeguards are missing.
    """
    require(viewer, "conflict:decide")
    require_words(reason)
    if outcome == "may_work_with_conditions":
        require_words(mitigations)
    case = case_lineage(viewer, reference)
    user = user_named(account)
    require_free(viewer, user, case)
    _require_not_for_them(viewer, user)
    standing = standing_of(viewer, user, case)
    if standing.state not in {State.TO_DECIDE, State.MAY_WORK, State.MAY_NOT_WORK}:
        raise DataRejectedError(
            "There is no conflict here that anybody decides on.",
            next_step="A bar stands, and a note needs no decision.",
        )
    with recording(
        actor_of(viewer), "conflict:decide", object_kind="case", object_ref=reference.upper(),
        reason=viewer.reason or "a conflict was decided on", stream=case,
    ):  # fmt: skip
        decision = Decision.objects.create(
            user=user, case_lineage=case, outcome=outcome, reason=reason.strip(),
            mitigations=mitigations.strip(), covers=fingerprint(standing.conflicts),
            decided_by=user_named(viewer.name),
        )  # fmt: skip
        if outcome == "may_not_work":
            keep_out(user, case, DECIDED)
        else:
            Bar.objects.filter(
                user__human=user.human, lineage=case, cause=DECIDED, removed_at=None
            ).update(removed_at=now())
        work_out(reason="a conflict was decided on")
    return decision


def _require_not_for_them(viewer: Viewer, user: User) -> None:
    if user.human in humans_acted_for(viewer, "conflict:decide"):
        raise NotPermittedError(
            "Nobody decides on the conflict of whom they act for.",
            next_step="Somebody else must decide.",
        )


def let_work(*, viewer: Viewer, reference: str, account: str, part: str, reason: str) -> None:
    """Put somebody into the circle of a case, unless a conflict stands in the way.

    Raises:
        NotFoundError: no such case or account, or none this viewer may see.
        DataRejectedError: they may not work on it, or a decision is needed first.
    """
    require(viewer, "circle:change")
    require_words(reason)
    case = case_lineage(viewer, reference)
    user = user_named(account)
    standing = standing_of(viewer, user, case)
    if not standing.state.may_work:
        said, next_step = _WHY_NOT[standing.state]
        raise DataRejectedError(said, next_step=next_step)
    if part not in PARTS or any(
        member.part == part for member in CircleMember.objects.filter(
            user=user, lineage=case, thing_kind="case", ended_at=None)
    ):  # fmt: skip
        raise DataRejectedError("They have that part already.", next_step="Choose another part.")
    put_in_circle(
        viewer=viewer, user=user, thing_kind="case", lineage=case, part=part, reason=reason
    )


_WHY_NOT = {
    State.BARRED: ("They may not work on this case.", "Choose somebody else. A bar stands."),
    State.STEPPED_AWAY: ("They stepped away from this case.", "Choose somebody else."),
    State.MAY_NOT_WORK: (
        "They may not work on this case as things stand.",
        "Choose somebody else, or have it decided anew.",
    ),
    State.TO_DECIDE: (
        "They are tied to this case, and nobody has decided on it.",
        "Somebody who may decide on conflicts must do so first.",
    ),
}


def require_free(viewer: Viewer, about: User, case: uuid.UUID) -> None:
    """Refuse a decision about oneself, or by somebody whose own tie is undecided.

    Raises:
        NotPermittedError: the viewer is the one it is about, or is not free.
    """
    me = user_named(viewer.name)
    if me.human == about.human:
        raise NotPermittedError(
            "Nobody decides on their own conflict.", next_step="Somebody else must decide."
        )
    if not standing_of(viewer, me, case).state.may_work:
        raise NotPermittedError(
            "You are tied to this case yourself.",
            next_step="Somebody else must decide, or somebody outside.",
        )


def require_words(words: str) -> None:
    """Refuse an act without reasons.

    Raises:
        DataRejectedError: nothing was written.
    """
    if not words.strip():
        raise DataRejectedError("Nothing was written.", next_step="Say it in a sentence.")


def keep_out(user: User, case: uuid.UUID, cause: str) -> None:
    """Bar every account of one human being from a case, and end their parts in it."""
    accounts = list(User.objects.filter(human=user.human))
    CircleMember.objects.filter(
        user__in=accounts, lineage=case, thing_kind="case", ended_at=None
    ).update(ended_at=now(), ended_by=user.username)
    write_bars(user, case, cause)


def write_bars(user: User, case: uuid.UUID, cause: str) -> None:
    """Bar every account of one human being from a case, once for each cause."""
    accounts = list(User.objects.filter(human=user.human))
    standing = Bar.objects.filter(user__in=accounts, lineage=case, cause=cause, removed_at=None)
    barred = set(standing.values_list("user_id", flat=True))
    Bar.objects.bulk_create(
        Bar(user=each, thing_kind="case", lineage=case, cause=cause)
        for each in accounts
        if each.pk not in barred
    )


def _give_back_tasks(me: User, case: uuid.UUID) -> None:
    mine = Task.objects.select_for_update().filter(
        owner__human=me.human, case_lineage=case, state=OPEN
    )
    for task in mine:
        task.owner = None
        task.save(update_fields=["owner"])
        TaskStep.objects.create(
            task=task, kind="handed_over", by=me.username, reason="Stepped away from the case."
        )
