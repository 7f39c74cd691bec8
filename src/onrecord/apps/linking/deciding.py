"""What a person does with a pair at the desk: judge it, read it second, contest it, take a judgement back."""

import uuid
from typing import Literal

from onrecord.apps.access.barring import ties_changed
from onrecord.apps.access.policies import may, require
from onrecord.apps.audit.selectors import current_position
from onrecord.apps.audit.services import record_consultation, recording, sequence_pending
from onrecord.apps.facts.reading import facts_by
from onrecord.apps.facts.writing import append_fact
from onrecord.apps.linking.models import Contest
from onrecord.apps.linking.pairs import PairAtDesk
from onrecord.apps.linking.services import DESK, DESK_NAME
from onrecord.apps.linking.undoing import take_back_act
from onrecord.apps.organisations.selectors import holders_by_id
from onrecord.apps.organisations.services import ensure_holder
from onrecord.apps.people.clusters import records_of_person
from onrecord.apps.people.services import refresh_projections
from onrecord.apps.work.services import NewTask, raise_task
from onrecord.core.conduct.judging import BY_HAND, SECOND_READING
from onrecord.core.kernel.clock import today
from onrecord.core.kernel.errors import DataRejectedError, NotPermittedError
from onrecord.core.kernel.facts import Fact
from onrecord.core.kernel.ids import lineage_of
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.ledger.actors import actor_of
from onrecord.core.ledger.canonical import Value
from onrecord.core.timekeeping.views import View

type Verdict = Literal["same", "not_same", "undecided"]

DECISIONS = ("clearance", "reported_decision")
"""The kinds of fact that are decisions about a person."""
JUDGE, CONTEST = "identity:judge", "identity:contest"


def judge(*, viewer: Viewer, pair: PairAtDesk, judgement: Verdict, reason: str) -> list[Fact]:
    """Record what a person holds two records to be, and return the decisions that relied on a link undone.

    Where two readers differ it takes a third. A question is opened about each decision made here
    that relied on a link which no longer stands.

    Raises:
        DataRejectedError: no reason was given.
        NotPermittedError: it is not theirs to judge, or they are one of two readers who differ.
    """
    require(viewer, JUDGE)
    _require_reason(reason)
    second = pair.second
    settles = second is not None and second["judgement"] not in {"undecided", pair.own["judgement"]}
    if settles and viewer.name in {pair.own["judged_by"], second["judged_by"]}:  # type: ignore[index]
        raise NotPermittedError(
            "Two of you read this and differ; it takes a third.",
            next_step="Leave it to a colleague. What you wrote stands until then.",
        )
    relied = [] if judgement == "same" else decisions_relying(viewer, pair)
    with recording(
        actor_of(viewer), JUDGE, object_kind="person_record", object_ref=str(pair.one.lineage),
        reason=reason, stream=pair.one.lineage, batch=uuid.uuid4(),  # a batch of one: it can be undone
    ) as rec:  # fmt: skip
        rec.describe(link=pair.reference, judgement=judgement)
        append_fact(rec, "identity_judgement", _row(viewer, pair, judgement, BY_HAND, reason))
        if settles:
            told = "A third person settled what two readers had differed about."
            append_fact(
                rec, "identity_judgement", _row(viewer, pair, "undecided", SECOND_READING, told)
            )
    _take_effect(rec.event_id)
    _open_questions(viewer, pair, relied, reason)
    return relied


def read_second(*, viewer: Viewer, pair: PairAtDesk, judgement: Verdict, reason: str) -> None:
    """Record what a second reader says, who was not shown what the first had said.

    Raises:
        DataRejectedError: no reason was given, or nobody asks for a second reading of this.
        NotPermittedError: it is not theirs to judge, or they were the first reader.
    """
    require(viewer, JUDGE)
    _require_reason(reason)
    if not pair.is_by_hand or pair.second is not None:
        raise DataRejectedError(
            "No second reading of this is wanted.", next_step="Choose another pair from the list."
        )
    if pair.own["judged_by"] == viewer.name:
        raise NotPermittedError(
            "You were the first to read this.", next_step="Leave it to a colleague."
        )
    with recording(
        actor_of(viewer), JUDGE, object_kind="person_record", object_ref=str(pair.one.lineage),
        reason=reason, stream=pair.one.lineage,
    ) as rec:  # fmt: skip
        rec.describe(link=pair.reference, judgement=judgement, reading="second")
        append_fact(
            rec, "identity_judgement", _row(viewer, pair, judgement, SECOND_READING, reason)
        )
    _take_effect(rec.event_id)


def contest(*, viewer: Viewer, pair: PairAtDesk, reason: str) -> Contest:
    """Record that somebody holds a judgement to be wrong; it goes to the top of the desk.

    Raises:
        DataRejectedError: no reason was given.
        NotPermittedError: they may not read about this person at all.
    """
    require(viewer, CONTEST)
    _require_reason(reason)
    with recording(
        actor_of(viewer), CONTEST, object_kind="identity_judgement", object_ref=pair.reference,
        reason=reason, stream=pair.one.lineage,
    ) as rec:  # fmt: skip
        rec.describe(link=pair.reference)
        return Contest.objects.create(
            judgement_lineage=pair.lineage, reason=reason.strip(), contested_by=viewer.name,
            position=current_position(),
        )  # fmt: skip


def take_back(*, viewer: Viewer, pair: PairAtDesk, reason: str) -> None:
    """Undo the judgement that a person made last: what was said before it stands again, exactly.

    Raises:
        DataRejectedError: no person made the judgement that stands, or no reason was given.
        NotPermittedError: it is not theirs to judge.
    """
    require(viewer, JUDGE)
    _require_reason(reason)
    if not pair.is_by_hand:
        raise DataRejectedError(
            "No person made the judgement that stands.",
            next_step="To go against the model, judge the pair yourself.",
        )
    undone = pair.own.event_id
    relied = decisions_relying(viewer, pair) if pair.own["judgement"] == "same" else []
    take_back_act(
        actor=actor_of(viewer), verb=JUDGE, undone=undone, reason=reason, stream=pair.one.lineage,
        about=("person_record", str(pair.one.lineage)), link=pair.reference,
    )  # fmt: skip
    _take_effect(undone)
    _open_questions(viewer, pair, relied, reason)


def decisions_relying(viewer: Viewer, pair: PairAtDesk) -> list[Fact]:
    """Return the decisions about the person, taken since two records were first held to be one.

    They had the joined record before them, or could have. Nothing is returned where the two are
    not one person now.
    """
    view = View(current_position()).through(viewer.eyes)
    records, _ = records_of_person(view, pair.one.lineage)
    if pair.other.lineage not in records:
        return []
    since = min(fact.known_on for fact in pair.said if fact["judgement"] == "same")
    found = [fact for kind in DECISIONS for fact in facts_by(view, kind, "record_lineage", records)]
    return sorted(
        (fact for fact in found if (fact.happened_from or fact.known_on) >= since),
        key=lambda fact: (fact.happened_from or fact.known_on, fact.fact_id),
    )


def is_made_here(fact: Fact) -> bool:
    """Tell whether a decision was made in this system, and not reported to it."""
    return holders_by_id()[fact.holder_id].code == DESK


def _row(
    viewer: Viewer, pair: PairAtDesk, judgement: str, method: str, reason: str
) -> dict[str, Value]:
    low, high = pair.one.lineage, pair.other.lineage
    named = (str(low), str(high), *((method,) if method == SECOND_READING else ()))
    lineage = lineage_of(DESK, "identity_judgement", *named)
    earlier = [fact for fact in pair.said if fact.lineage == lineage]
    return {
        "lineage": lineage, "holder_id": ensure_holder(DESK, name=DESK_NAME).pk,
        "change": "later" if earlier else "first",
        "known_on": max([today(), *(fact.known_on for fact in earlier)]), "known_basis": "stated",
        "record_a": low, "record_b": high, "judgement": judgement, "method": method,
        "judged_by": viewer.name, "reason": reason.strip(),
    }  # fmt: skip


def _take_effect(event: int) -> None:
    sequence_pending()
    refresh_projections([event])
    ties_changed("who is one person was judged")


def _open_questions(viewer: Viewer, pair: PairAtDesk, relied: list[Fact], reason: str) -> None:
    for decision in filter(is_made_here, relied):
        if may(viewer, "task:raise"):
            raise_task(viewer=viewer, new=NewTask(
                kind="question", title="A link that a decision relied on no longer stands: decide again",
                asked=f"Link {pair.reference} was undone: {reason.strip()}",
                case_lineage=decision.case_lineage, record_lineage=decision.record_lineage,
            ))  # fmt: skip


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise DataRejectedError("Nothing is judged without a reason.", next_step="Say why.")


def record_reading(viewer: Viewer, pair: PairAtDesk) -> None:
    """Record that somebody had two records before them, to judge them."""
    record_consultation(viewer, JUDGE, object_kind="link", object_ref=pair.reference)
