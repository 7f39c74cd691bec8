"""Cases of one incident: what the stated weights say is written as judgements; people outvote it, and undo.

What is one incident is decided here for everybody who counts: `people.incidents` for pages and
`core.snapshots.clusters` for cohorts read the same judgements in the same way.
"""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import connection

from onrecord.apps.access.policies import require
from onrecord.apps.access.selectors import hidden_from, holders_hidden_from, holders_seen
from onrecord.apps.audit.selectors import current_position
from onrecord.apps.audit.services import record_consultation, recording, sequence_pending
from onrecord.apps.cases.finding import case_lineage
from onrecord.apps.facts.exporting import take_snapshot
from onrecord.apps.facts.reading import facts_by, facts_where
from onrecord.apps.facts.seeing import seeing
from onrecord.apps.facts.writing import append_facts
from onrecord.apps.linking.rows import (
    Pair,
    Said,
    Verdict,
    judged_under,
    ordered,
    require_reason,
    rows_of,
)
from onrecord.apps.linking.undoing import take_back_act
from onrecord.apps.people.reaching import cases_in_reach
from onrecord.apps.victims.answering import parties_between
from onrecord.core.cohorts.references import lineages_of
from onrecord.core.conduct.judging import BY_HAND, BY_MODEL
from onrecord.core.kernel.errors import DataRejectedError, NotFoundError
from onrecord.core.kernel.facts import Fact
from onrecord.core.kernel.ids import public_reference
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.ledger.actors import Actor, actor_of
from onrecord.core.linkage.incidents import (
    KINDS_READ,
    WeighedCases,
    incident_spec,
    make_reports,
    weighed_cases,
)
from onrecord.core.linkage.standing import OnRecord, changes, on_record
from onrecord.core.snapshots.reading import Walled, open_snapshot
from onrecord.core.timekeeping.views import View

LINK, JUDGE, EXPLAIN = "identity:link", "incident:judge", "identity:explain"
GONE = "The stated weights no longer propose this."


@dataclass(frozen=True, slots=True)
class LinkedCases:
    """What looking for cases of one incident came to; `run` is the number by which it can be undone."""

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
class TwoCases:
    """Two cases that may be records of one thing that happened, and what was said of them."""

    reference: str
    one: CaseAtDesk
    other: CaseAtDesk
    said: tuple[Fact, ...]

    @property
    def own(self) -> Fact:
        """Return the judgement that the reference names."""
        return next(f for f in self.said if public_reference("J", f.lineage) == self.reference)

    @property
    def pair(self) -> Pair:
        """Return the two as judgements name them."""
        return ordered(self.one.lineage, self.other.lineage)

    @property
    def judged_here(self) -> Fact | None:
        """Return what was judged here of them, by a person or by the stated weights."""
        here = judged_under("incident_judgement", self.pair)
        return next((fact for fact in self.said if fact.lineage == here), None)

    @property
    def is_by_hand(self) -> bool:
        """Tell whether a person made the judgement that stands here."""
        return self.judged_here is not None and self.judged_here["method"] == BY_HAND


def link_cases(
    *, actor: Actor, snapshots: Path, reason: str, is_trial: bool = False
) -> LinkedCases:
    """Look for cases of one incident, and write what is to be said of them unless it is a trial.

    Raises:
        UsageError: no reason was given.
    """
    spec = incident_spec()
    take_snapshot(snapshots)
    walled = Walled(hidden_from(""), holders_hidden_from(""))
    snapshot = open_snapshot(snapshots, walled=walled)
    with snapshot.reading(kinds=KINDS_READ) as record:
        make_reports(record.con)
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


def _to_say(found: Collection[WeighedCases], stands: OnRecord) -> list[Said]:
    """Return what differs from what stands; of what people or sources judged, nothing."""
    spec = incident_spec()
    name = f"{spec.name}-{spec.version}"
    words = {
        (each.one, each.other): ("same" if each.weight >= spec.automatic else "undecided", each.words)
        for each in found
    }  # fmt: skip
    view = View(position=current_position())
    waiting = {(str(fact["case_a"]), str(fact["case_b"])) for fact in _waiting(view)}
    changed = changes(
        {pair: judgement for pair, (judgement, _) in words.items()}, stands, method=BY_MODEL + name,
        waiting=waiting,
    )  # fmt: skip
    told = [(pair, *words[pair]) for pair in changed.fresh]
    told += [(pair, "undecided", GONE) for pair in changed.gone]
    return [
        Said((uuid.UUID(one), uuid.UUID(other)), judgement, BY_MODEL + name, name, reason)
        for (one, other), judgement, reason in told
    ]


def _is_by_model(fact: Fact) -> bool:
    return str(fact["method"] or "").startswith(BY_MODEL)


def _write(actor: Actor, said: list[Said], reason: str) -> int:
    spec = incident_spec()
    with recording(
        actor, LINK, object_kind="incident_weights", object_ref=f"{spec.name}-{spec.version}",
        reason=reason, batch=uuid.uuid4(),
    ) as rec:  # fmt: skip
        rec.describe(judgements=len(said))
        view = View(current_position())
        append_facts(rec, "incident_judgement", rows_of(view, "incident_judgement", said))
    sequence_pending()
    return rec.event_id


def cases_to_judge(viewer: Viewer) -> list[TwoCases]:
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


def two_cases_named(viewer: Viewer, reference: str) -> TwoCases:
    """Return two cases by the reference of what was said of them.

    Raises:
        NotFoundError: there is no such judgement, or the viewer does not reach both cases.
        NotPermittedError: it is not theirs to judge.
    """
    require(viewer, JUDGE)
    bounds = lineages_of(reference)
    view = View(current_position()).through(viewer.eyes)
    found: list[TwoCases] = []
    if bounds is not None and bounds.prefix == "J":
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
    record_consultation(viewer, JUDGE, object_kind="two cases", object_ref=found[0].reference)
    return found[0]


def judge_cases(*, viewer: Viewer, two: TwoCases, judgement: Verdict, reason: str) -> int:
    """Record whether two cases are records of one incident; return the number by which it can be undone.

    Raises:
        DataRejectedError: no reason was given.
        NotPermittedError: it is not theirs to judge.
    """
    require(viewer, JUDGE)
    said = Said(two.pair, judgement, BY_HAND, viewer.name, require_reason(reason))
    with recording(
        actor_of(viewer), JUDGE, object_kind="case", object_ref=two.one.reference, reason=said.reason,
        stream=two.one.lineage, batch=uuid.uuid4(),  # a batch of one: it can be undone
    ) as rec:  # fmt: skip
        rec.describe(cases=two.reference, judgement=judgement)
        view = View(current_position()).through(viewer.eyes)
        append_facts(rec, "incident_judgement", rows_of(view, "incident_judgement", [said]))
    sequence_pending()
    return rec.event_id


def take_back_cases(*, viewer: Viewer, two: TwoCases, reason: str) -> None:
    """Undo the judgement that a person made last of two cases: what was said before it stands again.

    Raises:
        DataRejectedError: no person made the judgement that stands, or no reason was given.
        NotPermittedError: it is not theirs to judge.
    """
    require(viewer, JUDGE)
    reason = require_reason(reason)
    last = two.judged_here
    if last is None or not two.is_by_hand:
        raise DataRejectedError(
            "No person made the judgement that stands.",
            next_step="To go against it, judge the two cases yourself.",
        )
    take_back_act(
        actor=actor_of(viewer), verb=JUDGE, undone=last.event_id, reason=reason,
        about=("case", two.one.reference), stream=two.one.lineage, cases=two.reference,
    )  # fmt: skip


def judged_with(viewer: Viewer, case: str) -> list[TwoCases]:
    """Return every pair of which one is this case and that somebody or something judged.

    It says why one case counts, or does not count, as one incident with others.

    Raises:
        NotFoundError: there is no such case, or none that this viewer reaches.
    """
    lineage = case_lineage(viewer, case)
    view = View(current_position()).through(viewer.eyes)
    judged = [
        fact for end in ("case_a", "case_b")
        for fact in facts_by(view, "incident_judgement", end, [lineage])
    ]  # fmt: skip
    pairs = {(fact["case_a"], fact["case_b"]): fact for fact in judged}
    return _at_desk(viewer, view, list(pairs.values()), verb=EXPLAIN)


def _at_desk(
    viewer: Viewer, view: View, judged: Collection[Fact], *, verb: str = JUDGE
) -> list[TwoCases]:
    within = cases_in_reach(viewer, verb)
    cases = {fact[end] for fact in judged for end in ("case_a", "case_b")}
    reached = cases if within is None else cases & within
    shown = _cases(viewer, view, reached)
    said = facts_by(view, "incident_judgement", "case_a", {fact["case_a"] for fact in judged})
    return [
        TwoCases(
            public_reference("J", fact.lineage), shown[fact["case_a"]], shown[fact["case_b"]],
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
