"""Cases of one event: what the stated weights say is written as judgements; people outvote it, and undo.

What is one event is decided here for everybody who counts: `people.incidents` for pages and
`core.snapshots.clusters` for cohorts read the same judgements in the same way.
"""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from django.db import connection

from onrecord.apps.access.policies import require
from onrecord.apps.access.selectors import hidden_from, holders_hidden_from, holders_seen
from onrecord.apps.audit.selectors import current_position
from onrecord.apps.audit.services import record_consultation, recording, sequence_pending
from onrecord.apps.facts.exporting import take_snapshot
from onrecord.apps.facts.reading import facts_by, facts_where
from onrecord.apps.facts.seeing import seeing
from onrecord.apps.facts.writing import append_fact, append_facts
from onrecord.apps.linking.services import DESK, DESK_NAME
from onrecord.apps.linking.undoing import take_back_act
from onrecord.apps.organisations.services import ensure_holder
from onrecord.apps.people.reaching import cases_in_reach
from onrecord.apps.victims.answering import parties_between
from onrecord.core.cohorts.references import lineages_of
from onrecord.core.conduct.judging import BY_HAND, BY_MODEL
from onrecord.core.kernel.clock import today
from onrecord.core.kernel.errors import DataRejectedError, NotFoundError
from onrecord.core.kernel.facts import Fact
from onrecord.core.kernel.ids import lineage_of, public_reference
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.ledger.actors import Actor, actor_of
from onrecord.core.ledger.canonical import Value
from onrecord.core.linkage.incidents import (
    KINDS_READ,
    WeighedCases,
    incident_spec,
    make_events,
    weighed_cases,
)
from onrecord.core.linkage.standing import OnRecord, changes, on_record
from onrecord.core.snapshots.reading import Walled, open_snapshot
from onrecord.core.timekeeping.views import View

type Verdict = Literal["same", "not_same", "undecided"]
type Pair = tuple[uuid.UUID, uuid.UUID]

LINK, JUDGE = "identity:link", "incident:judge"
GONE = "The stated weights no longer propose this."


@dataclass(frozen=True, slots=True)
class LinkedCases:
    """What looking for cases of one event came to; `run` is the number by which it can be undone."""

    automatic: int
    for_review: int
    written: int
    run: int | None


@dataclass(frozen=True, slots=True)
class CaseAtDesk:
    """One of two cases: who holds it, what sort of record it is, and its days. Nothing that is alleged."""

    lineage: uuid.UUID
    reference: str
    organisation: str
    sort: str
    happened: date | None
    reported: date | None
    known_on: date


@dataclass(frozen=True, slots=True)
class EventAtDesk:
    """Two cases that may be records of one thing that happened, and what was said of them."""

    reference: str
    one: CaseAtDesk
    other: CaseAtDesk
    said: tuple[Fact, ...]

    @property
    def own(self) -> Fact:
        """Return the judgement that the reference names."""
        return next(f for f in self.said if public_reference("E", f.lineage) == self.reference)


def link_cases(
    *, actor: Actor, snapshots: Path, reason: str, is_trial: bool = False
) -> LinkedCases:
    """Look for cases of one event, and write what is to be said of them unless it is a trial.

    Raises:
        UsageError: no reason was given.
    """
    spec = incident_spec()
    take_snapshot(snapshots)
    walled = Walled(hidden_from(""), holders_hidden_from(""))
    snapshot = open_snapshot(snapshots, walled=walled)
    with snapshot.reading(kinds=KINDS_READ) as record:
        make_events(record.con)
        stands = on_record(record.con, "incident_judgement", "case_a", "case_b")
        near = weighed_cases(record.con, spec, {}, least=spec.least_asked, apart=stands.different)
        pairs = [(uuid.UUID(each.one), uuid.UUID(each.other)) for each in near]
        answers = parties_between(pairs, actor=actor, reason=reason)
        told = {(str(one), str(other)): word for (one, other), word in answers.items()}
        found = weighed_cases(record.con, spec, told, least=spec.desk, apart=stands.different)
    said = _to_say(found, stands)
    run = _write(actor, said, reason) if said and not is_trial else None
    sure = sum(each.weight >= spec.automatic for each in found)
    return LinkedCases(sure, len(found) - sure, 0 if is_trial else len(said), run)


def _to_say(found: Collection[WeighedCases], stands: OnRecord) -> list[dict[str, Value]]:
    """Return the rows of what differs from what stands; of what people or sources judged, nothing."""
    spec = incident_spec()
    method = f"{BY_MODEL}{spec.name}-{spec.version}"
    said = {
        (each.one, each.other): ("same" if each.weight >= spec.automatic else "undecided", each.words)
        for each in found
    }  # fmt: skip
    view = View(position=current_position())
    waiting = {(str(fact["case_a"]), str(fact["case_b"])) for fact in _waiting(view)}
    changed = changes(
        {pair: judgement for pair, (judgement, _) in said.items()}, stands, method=method, waiting=waiting
    )  # fmt: skip
    told = [(pair, *said[pair]) for pair in changed.fresh]
    told += [(pair, "undecided", GONE) for pair in changed.gone]
    lineages = {pair: _lineage((uuid.UUID(pair[0]), uuid.UUID(pair[1]))) for pair, *_ in told}
    earlier = {
        fact.lineage: fact
        for fact in facts_by(view, "incident_judgement", "lineage", list(lineages.values()))
    }
    return [
        _row((uuid.UUID(pair[0]), uuid.UUID(pair[1])), judgement, method, words,
             earlier=earlier.get(lineages[pair]))
        for pair, judgement, words in told
    ]  # fmt: skip


def _lineage(pair: Pair) -> uuid.UUID:
    return lineage_of(DESK, "incident_judgement", *map(str, pair))


def _is_by_model(fact: Fact) -> bool:
    return str(fact["method"] or "").startswith(BY_MODEL)


def _row(
    pair: Pair, judgement: str, method: str, reason: str, *, earlier: Fact | None, by: str = ""
) -> dict[str, Value]:
    known_on = max(today(), earlier.known_on) if earlier else today()
    return {
        "lineage": _lineage(pair), "change": "later" if earlier else "first",
        "holder_id": ensure_holder(DESK, name=DESK_NAME).pk, "known_on": known_on,
        "known_basis": "stated", "case_a": pair[0], "case_b": pair[1], "judgement": judgement,
        "method": method, "judged_by": by or method.removeprefix(BY_MODEL), "reason": reason,
    }  # fmt: skip


def _write(actor: Actor, rows: list[dict[str, Value]], reason: str) -> int:
    spec = incident_spec()
    with recording(
        actor, LINK, object_kind="incident_weights", object_ref=f"{spec.name}-{spec.version}",
        reason=reason, batch=uuid.uuid4(),
    ) as rec:  # fmt: skip
        rec.describe(judgements=len(rows))
        append_facts(rec, "incident_judgement", rows)
    sequence_pending()
    return rec.event_id


def events_to_judge(viewer: Viewer) -> list[EventAtDesk]:
    """Return the pairs of cases that a person is to judge, of cases that this viewer reaches.

    Raises:
        NotPermittedError: it is not theirs to judge.
    """
    require(viewer, JUDGE)
    view = View(current_position()).through(viewer.eyes)
    return _at_desk(viewer, view, _waiting(view))


def _waiting(view: View) -> list[Fact]:
    """Return what the stated weights leave to a person, and have not taken back since."""
    return [
        fact for fact in facts_where(view, "incident_judgement", "judgement = 'undecided'")
        if _is_by_model(fact) and fact["reason"] != GONE
    ]  # fmt: skip


def event_named(viewer: Viewer, reference: str) -> EventAtDesk:
    """Return two cases by the reference of what was said of them.

    Raises:
        NotFoundError: there is no such judgement, or the viewer does not reach both cases.
        NotPermittedError: it is not theirs to judge.
    """
    require(viewer, JUDGE)
    bounds = lineages_of(reference)
    view = View(current_position()).through(viewer.eyes)
    found: list[EventAtDesk] = []
    if bounds is not None and bounds.prefix == "E":
        with seeing(viewer.eyes), connection.cursor() as cursor:
            cursor.execute(
                "select distinct lineage from facts.incident_judgement where lineage between %s and %s",
                [bounds.first, bounds.last],
            )
            lineages = [row[0] for row in cursor.fetchall()]
        found = _at_desk(viewer, view, facts_by(view, "incident_judgement", "lineage", lineages))
    if not found:
        raise NotFoundError(
            "There is no such pair of cases, or none that you may see.",
            next_step="Check its reference, or choose it from the list.",
        )
    record_consultation(viewer, JUDGE, object_kind="event", object_ref=found[0].reference)
    return found[0]


def judge_event(*, viewer: Viewer, event: EventAtDesk, judgement: Verdict, reason: str) -> int:
    """Record whether two cases are records of one event; return the number by which it can be undone.

    Raises:
        DataRejectedError: no reason was given.
        NotPermittedError: it is not theirs to judge.
    """
    require(viewer, JUDGE)
    if not reason.strip():
        raise DataRejectedError("Nothing is judged without a reason.", next_step="Say why.")
    pair = event.one.lineage, event.other.lineage
    earlier = next((fact for fact in event.said if fact.lineage == _lineage(pair)), None)
    with recording(
        actor_of(viewer), JUDGE, object_kind="case", object_ref=event.one.reference, reason=reason,
        stream=event.one.lineage, batch=uuid.uuid4(),  # a batch of one: it can be undone
    ) as rec:  # fmt: skip
        rec.describe(event=event.reference, judgement=judgement)
        row = _row(pair, judgement, BY_HAND, reason.strip(), earlier=earlier, by=viewer.name)
        append_fact(rec, "incident_judgement", row)
    sequence_pending()
    return rec.event_id


def take_back_event(*, viewer: Viewer, event: EventAtDesk, reason: str) -> None:
    """Undo the judgement that a person made last of two cases: what was said before it stands again.

    Raises:
        DataRejectedError: no person made the judgement that stands, or no reason was given.
        NotPermittedError: it is not theirs to judge.
    """
    require(viewer, JUDGE)
    if not reason.strip():
        raise DataRejectedError("Nothing is taken back without a reason.", next_step="Say why.")
    pair = event.one.lineage, event.other.lineage
    last = next((fact for fact in event.said if fact.lineage == _lineage(pair)), None)
    if last is None or last["method"] != BY_HAND:
        raise DataRejectedError(
            "No person made the judgement that stands.",
            next_step="To go against it, judge the two cases yourself.",
        )
    take_back_act(
        actor=actor_of(viewer), verb=JUDGE, undone=last.event_id, reason=reason,
        about=("case", event.one.reference), stream=event.one.lineage, event=event.reference,
    )  # fmt: skip


def _at_desk(viewer: Viewer, view: View, judged: Collection[Fact]) -> list[EventAtDesk]:
    within = cases_in_reach(viewer, JUDGE)
    cases = {fact[end] for fact in judged for end in ("case_a", "case_b")}
    reached = cases if within is None else cases & within
    shown = _cases(viewer, view, reached)
    said = facts_by(view, "incident_judgement", "case_a", {fact["case_a"] for fact in judged})
    return [
        EventAtDesk(
            public_reference("E", fact.lineage), shown[fact["case_a"]], shown[fact["case_b"]],
            tuple(f for f in said if (f["case_a"], f["case_b"]) == (fact["case_a"], fact["case_b"])),
        )
        for fact in sorted(judged, key=lambda each: (each.known_on, each.fact_id))
        if {fact["case_a"], fact["case_b"]} <= shown.keys()
    ]  # fmt: skip


def _cases(
    viewer: Viewer, view: View, cases: Collection[uuid.UUID]
) -> Mapping[uuid.UUID, CaseAtDesk]:
    holders = holders_seen(viewer.eyes)
    days: dict[uuid.UUID, date] = {}
    for fact in facts_by(view, "allegation", "case_lineage", cases):
        on = fact["occurred_on"] or fact.happened_from
        if on and fact.case_lineage:
            days[fact.case_lineage] = min(on, days.get(fact.case_lineage, on))
    return {
        fact.lineage: CaseAtDesk(
            fact.lineage, public_reference("C", fact.lineage),
            holders[fact.holder_id].organisation_name, fact["case_type"] or "",
            days.get(fact.lineage, fact.happened_from), fact["reported_on"], fact.known_on,
        )
        for fact in facts_by(view, "case_reported", "lineage", cases)
    }  # fmt: skip
