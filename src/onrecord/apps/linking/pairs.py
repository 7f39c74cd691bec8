"""Two records of which somebody or something said whether they are one person: what is shown of them.

Only who somebody is stands here, and where they served: nothing that a case says. Nobody is
linked because of what is alleged.
"""

import json
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import connection

from onrecord.apps.access.selectors import holders_seen
from onrecord.apps.audit.selectors import current_position
from onrecord.apps.facts.reading import facts_by
from onrecord.apps.facts.seeing import seeing
from onrecord.apps.linking.asking import asker_of, shares_of
from onrecord.apps.linking.known import bring_into_shape
from onrecord.apps.organisations.selectors import HolderRef
from onrecord.apps.people.clusters import records_of_person
from onrecord.apps.people.finding import person_lineage
from onrecord.apps.people.reaching import reaches_person
from onrecord.core.cohorts.references import lineages_of
from onrecord.core.conduct.judging import BY_HAND, SECOND_READING
from onrecord.core.kernel.errors import NotFoundError
from onrecord.core.kernel.facts import Fact
from onrecord.core.kernel.ids import public_reference
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.linkage.specs import shipped_spec
from onrecord.core.linkage.weighing import Weighed
from onrecord.core.timekeeping.views import View

PEOPLE = "people"
READ_AT_THE_DESK = ("person_record", "service_spell", "spell_end")
"""The kinds of fact that are read for the desk. None of them says anything about a case."""


@dataclass(frozen=True, slots=True)
class Service:
    """A time for which somebody served: where, in which unit, from when to when as far as is known."""

    employer: str
    unit: str
    rank: str
    began: date | None
    ended: date | None


@dataclass(frozen=True, slots=True)
class RecordAtDesk:
    """One record of a person: who holds it, what it says of who they are, and where they served."""

    lineage: uuid.UUID
    person: Fact
    holder: HolderRef
    service: tuple[Service, ...]


@dataclass(frozen=True, slots=True)
class PairAtDesk:
    """Two records, what speaks for one person and what against, and what was said so far.

    Attributes:
        weighed: what the newest model makes of them; nothing where there is no model.
        prior: how much speaks for any two records at all.
        said: the judgements that stand, of whoever made them.
    """

    reference: str
    lineage: uuid.UUID
    one: RecordAtDesk
    other: RecordAtDesk
    weighed: Weighed | None
    context: tuple[str, ...]
    said: tuple[Fact, ...]

    @property
    def own(self) -> Fact:
        """Return the judgement that the reference names."""
        return next(fact for fact in self.said if fact.lineage == self.lineage)

    @property
    def second(self) -> Fact | None:
        """Return what a second reader said."""
        return next((fact for fact in self.said if fact["method"] == SECOND_READING), None)

    @property
    def is_by_hand(self) -> bool:
        """Tell whether a person made the judgement that stands."""
        return bool(self.own["method"] == BY_HAND)


def pair_named(viewer: Viewer, reference: str, *, verb: str, models: Path) -> PairAtDesk:
    """Return two records by the reference of what was said of them.

    Raises:
        NotFoundError: there is no such judgement, or the viewer does not reach both records.
    """
    bounds = lineages_of(reference)
    if bounds is None or bounds.prefix != "L":
        raise nothing()
    view = View(current_position()).through(viewer.eyes)
    with seeing(viewer.eyes), connection.cursor() as cursor:
        cursor.execute(
            "select lineage, record_a, record_b from facts.identity_judgement"
            " where lineage between %s and %s limit 1",
            [bounds.first, bounds.last],
        )
        row = cursor.fetchone()
    if row is None:
        raise nothing()
    return pair_of(viewer, view, row[0], (row[1], row[2]), verb=verb, models=models)


def pair_of(
    viewer: Viewer, view: View, lineage: uuid.UUID, records: tuple[uuid.UUID, uuid.UUID], *,
    verb: str, models: Path | None,
) -> PairAtDesk:  # fmt: skip
    """Return two records and what was said of them under `lineage`, and by others.

    They are weighed by the newest of some `models`, or not at all.
    """
    shown = {fact.lineage: fact for fact in facts_by(view, "person_record", "lineage", records)}
    if set(records) - shown.keys() or not all(reaches_person(viewer, verb, [r]) for r in records):
        raise nothing()
    said = [
        fact for fact in facts_by(view, "identity_judgement", "record_a", [records[0]])
        if fact["record_b"] == records[1]
    ]  # fmt: skip
    if all(fact.lineage != lineage for fact in said):
        raise nothing()
    holders = holders_seen(viewer.eyes)
    served = _service(view, records)
    one, other = (
        RecordAtDesk(record, shown[record], holders[shown[record].holder_id], served[record])
        for record in records
    )
    return PairAtDesk(
        reference=public_reference("L", lineage), lineage=lineage, one=one, other=other,
        weighed=weighed_pair(records, models) if models else None, context=context_of(one, other), said=tuple(said),
    )  # fmt: skip


def nothing() -> NotFoundError:
    """Return the one answer for a pair that does not exist and for one out of reach."""
    return NotFoundError(
        "There is no such link on record, or none that you may see.",
        next_step="Check its reference, or choose it from the list.",
    )


def weighed_pair(records: tuple[uuid.UUID, uuid.UUID], models: Path) -> Weighed | None:
    """Return what the newest model makes of two records, part by part."""
    try:
        _, asker = asker_of(models)
    except NotFoundError:
        return None
    bring_into_shape(shipped_spec(PEOPLE), only=records)
    with connection.cursor() as cursor:
        cursor.execute(
            "select record_lineage, shaped from projection.mention"
            " where record_lineage = any(%s) and shaped is not null",
            [list(records)],
        )
        shaped = {record: json.loads(shape) for record, shape in cursor.fetchall()}
    if set(records) - shaped.keys():
        return None
    one, other = (shaped[record] for record in records)
    (weighed,) = asker.weigh(one, [other], shares_of(one, asker))
    return weighed


def context_of(one: RecordAtDesk, other: RecordAtDesk) -> tuple[str, ...]:
    """Return in words where two records meet, or cannot meet, in service."""
    found = []
    for left in one.service:
        for right in other.service:
            if left.unit and left.unit == right.unit and left.employer == right.employer:
                found.append(f"Both in {left.unit}.")
            if _overlap(left, right) and left.employer != right.employer:
                found.append(f"Served {left.employer} and {right.employer} at the same time.")
            if _follows(left, right) or _follows(right, left):
                earlier, later = sorted((left, right), key=lambda each: each.began or date.min)
                found.append(
                    f"Service at {later.employer} began after that at {earlier.employer} ended."
                )
    if one.holder.organisation_id == other.holder.organisation_id:
        found.append("Both records are held by one organisation.")
    return tuple(dict.fromkeys(found))


def _overlap(left: Service, right: Service) -> bool:
    if left.began is None or right.began is None:
        return False
    return left.began <= (right.ended or date.max) and right.began <= (left.ended or date.max)


def _follows(left: Service, right: Service) -> bool:
    return bool(
        left.ended and right.began and right.began > left.ended and left.employer != right.employer
    )


def _service(view: View, records: Collection[uuid.UUID]) -> Mapping[uuid.UUID, tuple[Service, ...]]:
    spells = facts_by(view, "service_spell", "record_lineage", records)
    ends = {
        fact["spell"]: fact["ended_on"]
        for fact in facts_by(view, "spell_end", "spell", {fact.lineage for fact in spells})
    }
    found: dict[uuid.UUID, list[Service]] = {record: [] for record in records}
    for fact in sorted(spells, key=lambda each: (each.happened_from or date.min, each.fact_id)):
        if fact.record_lineage in found:
            found[fact.record_lineage].append(Service(
                fact["employer"] or "", fact["unit"] or "", fact["rank"] or "",
                fact.happened_from, fact.happened_to or ends.get(fact.lineage),
            ))  # fmt: skip
    return {record: tuple(many) for record, many in found.items()}


@dataclass(frozen=True, slots=True)
class Parted:
    """Somebody whose record was once held to be another's, and until when."""

    reference: str
    on: date


@dataclass(frozen=True, slots=True)
class LinkedPerson:
    """A person by their reference today, every other that leads to them, and who was parted from them."""

    reference: str
    references: tuple[str, ...]
    parted: tuple[Parted, ...]


def pairs_of_person(
    viewer: Viewer, reference: str, *, verb: str
) -> tuple[LinkedPerson, list[PairAtDesk]]:
    """Return a person, and every pair of records around them that was judged, in time.

    Raises:
        NotFoundError: nobody by that reference, or nobody this viewer may see.
    """
    view = View(current_position()).through(viewer.eyes)
    records, judged = records_of_person(view, person_lineage(viewer, reference))
    shown = {
        fact.lineage
        for fact in facts_by(view, "person_record", "lineage", {
            fact[end] for fact in judged for end in ("record_a", "record_b")
        } | records)
    }  # fmt: skip
    pairs = [
        pair_of(viewer, view, fact.lineage, (fact["record_a"], fact["record_b"]), verb=verb, models=None)
        for fact in sorted(judged, key=lambda fact: (fact.known_on, fact.fact_id))
        if {fact["record_a"], fact["record_b"]} <= shown
        and all(reaches_person(viewer, verb, [fact[end]]) for end in ("record_a", "record_b"))
    ]  # fmt: skip
    mine = sorted(records & shown)
    person = LinkedPerson(
        public_reference("P", min(records)), tuple(public_reference("P", each) for each in mine),
        _parted(view, records, pairs),
    )  # fmt: skip
    return person, pairs


def _parted(
    view: View, records: Collection[uuid.UUID], pairs: Collection[PairAtDesk]
) -> tuple[Parted, ...]:
    """Return the records that a judgement once joined to these, and that are another's now."""
    found = {}
    for pair in pairs:
        outside = {pair.one.lineage, pair.other.lineage} - set(records)
        if len(outside) == 1 and _was_same(view, pair):
            found[public_reference("P", outside.pop())] = pair.own.known_on
    return tuple(Parted(reference, on) for reference, on in sorted(found.items()))


def _was_same(view: View, pair: PairAtDesk) -> bool:
    with seeing(view.eyes), connection.cursor() as cursor:
        cursor.execute(
            "select exists (select from facts.identity_judgement where lineage = any(%s) and judgement = 'same')",
            [[fact.lineage for fact in pair.said]],
        )
        return bool(cursor.fetchone()[0])
