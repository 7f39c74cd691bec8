"""What a person does with two records: judge them, read them second, contest, take back, join by hand."""

import uuid
from collections.abc import Collection
from datetime import date

from onrecord.apps.access.barring import ties_changed
from onrecord.apps.access.policies import may, require
from onrecord.apps.audit.selectors import current_position
from onrecord.apps.audit.services import record_consultation, recording, sequence_pending
from onrecord.apps.facts.reading import facts_by
from onrecord.apps.facts.writing import append_facts
from onrecord.apps.linking.models import Contest
from onrecord.apps.linking.pairs import PairAtDesk
from onrecord.apps.linking.rows import DESK, Said, Verdict, ordered, require_reason, rows_of
from onrecord.apps.linking.services import judge_identity
from onrecord.apps.linking.undoing import take_back_act
from onrecord.apps.organisations.selectors import holders_by_id
from onrecord.apps.people.clusters import records_of_person
from onrecord.apps.people.finding import person_lineage
from onrecord.apps.people.reaching import reaches_person
from onrecord.apps.people.services import refresh_projections
from onrecord.apps.work.services import NewTask, raise_task
from onrecord.core.conduct.judging import BY_HAND, SECOND_READING
from onrecord.core.kernel.errors import DataRejectedError, NotFoundError, NotPermittedError
from onrecord.core.kernel.facts import Fact
from onrecord.core.kernel.ids import public_reference
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.ledger.actors import actor_of
from onrecord.core.timekeeping.views import View

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
    reason = require_reason(reason)
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
        said = [_said(viewer, pair, judgement, BY_HAND, reason)]
        if settles:
            told = "A third person settled what two readers had differed about."
            said.append(_said(viewer, pair, "undecided", SECOND_READING, told))
        append_facts(rec, "identity_judgement", rows_of(_now(viewer), "identity_judgement", said))
    _take_effect(rec.event_id)
    _open_questions(viewer, pair, relied, reason)
    return relied


def read_second(*, viewer: Viewer, pair: PairAtDesk, judgement: Verdict, reason: str) -> list[Fact]:
    """Record what a second reader says, who was not shown what the first had said.

    Where the two differ nobody is linked until a third settles it: the decisions that relied on
    the link are returned, and a question is opened about each made here.

    Raises:
        DataRejectedError: no reason was given, or nobody asks for a second reading of this.
        NotPermittedError: it is not theirs to judge, or they were the first reader.
    """
    require(viewer, JUDGE)
    reason = require_reason(reason)
    if not pair.is_by_hand or pair.second is not None:
        raise DataRejectedError(
            "No second reading of this is wanted.", next_step="Choose another pair from the list."
        )
    if pair.own["judged_by"] == viewer.name:
        raise NotPermittedError(
            "You were the first to read this.", next_step="Leave it to a colleague."
        )
    relied = [] if judgement == "same" else decisions_relying(viewer, pair)
    with recording(
        actor_of(viewer), JUDGE, object_kind="person_record", object_ref=str(pair.one.lineage),
        reason=reason, stream=pair.one.lineage, batch=uuid.uuid4(),  # a batch of one: it can be undone
    ) as rec:  # fmt: skip
        rec.describe(link=pair.reference, judgement=judgement, reading="second")
        said = _said(viewer, pair, judgement, SECOND_READING, reason)
        append_facts(rec, "identity_judgement", rows_of(_now(viewer), "identity_judgement", [said]))
    _take_effect(rec.event_id)
    _open_questions(viewer, pair, relied, reason)
    return relied


def join_people(*, viewer: Viewer, one: str, other: str, reason: str) -> str:
    """Record that the people of two references are one, and return the reference of the link.

    For whom the model never compared: a caseworker who knows it from a document.

    Raises:
        DataRejectedError: no reason was given, or the two are one person already.
        NotFoundError: nobody by one of the references, or nobody whom the viewer reaches.
        NotPermittedError: it is not theirs to judge.
    """
    require(viewer, JUDGE)
    reason = require_reason(reason)
    first, second = (person_lineage(viewer, reference.strip()) for reference in (one, other))
    if not all(reaches_person(viewer, JUDGE, [record]) for record in (first, second)):
        raise NotFoundError(
            "There is nobody by one of these references, or nobody whom you may see.",
            next_step="Check both.",
        )
    records, _ = records_of_person(_now(viewer), first)
    if second in records:
        raise DataRejectedError(
            "The two are one person already.",
            next_step="What joins them is under Why these records are one person.",
        )
    lineage = judge_identity(
        actor=actor_of(viewer), record_a=first, record_b=second, judgement="same", reason=reason
    )
    return public_reference("L", lineage)


def contest(*, viewer: Viewer, pair: PairAtDesk, reason: str) -> Contest:
    """Record that somebody holds a judgement to be wrong; it goes to the top of the desk.

    Raises:
        DataRejectedError: no reason was given.
        NotPermittedError: they may not read about this person at all.
    """
    require(viewer, CONTEST)
    reason = require_reason(reason)
    with recording(
        actor_of(viewer), CONTEST, object_kind="identity_judgement", object_ref=pair.reference,
        reason=reason, stream=pair.one.lineage,
    ) as rec:  # fmt: skip
        rec.describe(link=pair.reference)
        return Contest.objects.create(
            judgement_lineage=pair.lineage, reason=reason, contested_by=viewer.name,
            position=current_position(),
        )  # fmt: skip


def take_back(*, viewer: Viewer, pair: PairAtDesk, reason: str) -> None:
    """Undo the judgement that a person made last: what was said before it stands again, exactly.

    Raises:
        DataRejectedError: no person made the judgement that stands, or no reason was given.
        NotPermittedError: it is not theirs to judge.
    """
    require(viewer, JUDGE)
    reason = require_reason(reason)
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
    view = _now(viewer)
    records, judged = records_of_person(view, pair.one.lineage)
    if pair.other.lineage not in records:
        return []
    since = _joined_since(pair.said) or _joined_since(judged)
    if since is None:
        return []
    found = [fact for kind in DECISIONS for fact in facts_by(view, kind, "record_lineage", records)]
    return sorted(
        (fact for fact in found if (fact.happened_from or fact.known_on) >= since),
        key=lambda fact: (fact.happened_from or fact.known_on, fact.fact_id),
    )


def is_made_here(fact: Fact) -> bool:
    """Tell whether a decision was made in this system, and not reported to it."""
    return holders_by_id()[fact.holder_id].code == DESK


def _joined_since(said: Collection[Fact]) -> date | None:
    """Return since when some judgements hold records to be one: the first of them, to leave nothing out."""
    return min((fact.known_on for fact in said if fact["judgement"] == "same"), default=None)


def _said(viewer: Viewer, pair: PairAtDesk, judgement: str, method: str, reason: str) -> Said:
    beside = method if method == SECOND_READING else ""
    records = ordered(pair.one.lineage, pair.other.lineage)
    return Said(records, judgement, method, viewer.name, reason, beside)


def _now(viewer: Viewer) -> View:
    return View(current_position()).through(viewer.eyes)


def _take_effect(event: int) -> None:
    sequence_pending()
    refresh_projections([event])
    ties_changed("who is one person was judged")


def _open_questions(viewer: Viewer, pair: PairAtDesk, relied: list[Fact], reason: str) -> None:
    for decision in filter(is_made_here, relied):
        if may(viewer, "task:raise"):
            raise_task(viewer=viewer, new=NewTask(
                kind="question", title="A link that a decision relied on no longer stands: decide again",
                asked=f"Link {pair.reference} was undone: {reason}",
                case_lineage=decision.case_lineage, record_lineage=decision.record_lineage,
            ))  # fmt: skip


def record_reading(viewer: Viewer, pair: PairAtDesk) -> None:
    """Record that somebody had two records before them, to judge them."""
    record_consultation(viewer, JUDGE, object_kind="link", object_ref=pair.reference)
