"""What the page of one link says, and that of the links of a person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from onrecord.apps.access.policies import may
from onrecord.apps.linking.deciding import CONTEST, JUDGE, is_made_here
from onrecord.apps.linking.pairs import PairAtDesk, RecordAtDesk
from onrecord.core.conduct.judging import BY_HAND
from onrecord.core.kernel.facts import Fact
from onrecord.core.kernel.ids import public_reference
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.linkage.comparing import MISSING
from onrecord.core.linkage.specs import LinkSpec
from onrecord.web.components.data_table.component import Cell, DataTable, Row, columns, short
from onrecord.web.components.waterfall.component import Waterfall, waterfall
from onrecord.web.components.ways.component import Way
from onrecord.web.identity.saying import judged, said_table
from onrecord.web.wording.codes import readable
from onrecord.web.wording.dates import short_date, uk_date


@dataclass(frozen=True, slots=True)
class PairShown:
    """Two records side by side, with what speaks for and against."""

    reference: str
    heading: str
    table: DataTable
    service: DataTable
    picture: Waterfall | None
    context: tuple[str, ...]
    said: DataTable
    person_href: str
    ways: tuple[Way, ...]
    relied: DataTable


_FIELDS = (
    ("Family name", "family_name", "family"), ("Given names", "given_names", "given"),
    ("Middle names", "middle_names", "middle"), ("Suffix", "suffix", "suffix"),
    ("Date of birth", "birth_date", "born"), ("Year of birth", "birth_year", "born"),
    ("Age when known", "age_stated", "born"), ("Sex", "recorded_sex", "sex"),
    ("Collar number", "service_number", "number"), ("Warrant number", "warrant_number", "warrant"),
)  # fmt: skip
_NAMES = {"family_name", "given_names", "middle_names"}


def pair_shown(
    pair: PairAtDesk, spec: LinkSpec, viewer: Viewer, *, tells: bool, hide_names: bool,
    relied: Sequence[Fact] = (),
) -> PairShown:  # fmt: skip
    """Return two records; `tells` what was said of them so far, or not, to a second reader."""
    weighed = pair.weighed
    parts = sorted(weighed.parts, key=lambda part: -part.weight) if weighed else []
    told = [part for part in parts if part.level != MISSING]
    return PairShown(
        reference=pair.reference,
        heading="Are these one person?" if not tells or not pair.is_by_hand else "A link",
        table=_side_by_side(pair, hide_names=hide_names),
        service=_service(pair),
        picture=_picture(pair, told, spec) if weighed else None,
        context=pair.context,
        said=said_table(pair.said) if tells else DataTable("What was said so far", columns("")),
        person_href=reverse("people:person", args=[public_reference("P", pair.one.lineage)]),
        ways=_ways(pair, viewer) if tells else (),
        relied=relied_table(relied),
    )  # fmt: skip


def _side_by_side(pair: PairAtDesk, *, hide_names: bool) -> DataTable:
    words = (
        {part.comparison: part.words.partition(": ")[2] for part in pair.weighed.parts}
        if pair.weighed
        else {}
    )
    rows = [
        Row((Cell("Held by"), Cell(_held(pair.one)), Cell(_held(pair.other)), Cell(words.get("source", "")))),
        Row((Cell("Its reference"), Cell(pair.one.person.source_ref or "None"),
             Cell(pair.other.person.source_ref or "None"), Cell(""))),
    ]  # fmt: skip
    for title, column, comparison in _FIELDS:
        one, other = (
            _value(each.person, column, hide_names=hide_names) for each in (pair.one, pair.other)
        )
        if one or other:
            rows.append(Row((Cell(title), Cell(one or "Not known"), Cell(other or "Not known"),
                             Cell(words.get(comparison, "")))))  # fmt: skip
    rows.append(Row((Cell("Known since"), short(short_date(pair.one.person.known_on)),
                     short(short_date(pair.other.person.known_on)), Cell(""))))  # fmt: skip
    return DataTable(
        "The two records",
        columns("What", "One record", "The other", "How they compare"),
        tuple(rows),
    )


def _held(record: RecordAtDesk) -> str:
    return f"{record.holder.organisation_name}, {record.holder.system_name}"


def _value(person: Fact, column: str, *, hide_names: bool) -> str:
    value = person[column]
    if value is None or value == "":
        return ""
    if hide_names and column in _NAMES:
        return "Hidden"
    return uk_date(value) if column == "birth_date" else str(value)


def _service(pair: PairAtDesk) -> DataTable:
    rows = [
        Row((Cell(which), Cell(each.employer or "Not known"), Cell(each.unit, note=each.rank),
             short(short_date(each.began)), short(short_date(each.ended))))
        for which, record in (("One", pair.one), ("The other", pair.other)) for each in record.service
    ]  # fmt: skip
    return DataTable(
        "Service", columns("Record", "Served", "Unit", "From", "To"), tuple(rows),
        empty="No service of either is on record.",
    )  # fmt: skip


def _picture(pair: PairAtDesk, parts: Iterable[Any], spec: LinkSpec) -> Waterfall:
    assert pair.weighed is not None  # noqa: S101 - drawn only where there is one
    prior = pair.weighed.weight - sum(part.weight for part in pair.weighed.parts)
    bars = [("Any two records at all", prior), *((part.words, part.weight) for part in parts)]
    lines = (
        (spec.desk, f"a person is asked from {spec.desk:g}"),
        (spec.automatic, f"joined with nobody asked from {spec.automatic:g}"),
    )
    return waterfall(bars, total="Together", lines=lines)


def _ways(pair: PairAtDesk, viewer: Viewer) -> tuple[Way, ...]:
    found = []
    if may(viewer, JUDGE):
        found.append(Way("Judge it", reverse("identity:judge", args=[pair.reference])))
        if pair.own["method"] == BY_HAND:
            found.append(
                Way("Take the judgement back", reverse("identity:take-back", args=[pair.reference]))
            )
    if may(viewer, CONTEST):
        found.append(Way("Contest it", reverse("identity:contest", args=[pair.reference])))
    return tuple(found)


def relied_table(decisions: Sequence[Fact]) -> DataTable:
    """Return the decisions that had a link before them."""
    rows = tuple(
        Row((
            Cell(_decision(fact), note="made here" if is_made_here(fact) else "reported"),
            short(short_date(fact.happened_from or fact.known_on)),
            Cell(public_reference("C", fact.case_lineage),
                 reverse("cases:case", args=[public_reference("C", fact.case_lineage)]))
            if fact.case_lineage else Cell("Of no case"),
        ))
        for fact in decisions
    )  # fmt: skip
    return DataTable(
        "Decisions that had this link before them",
        columns("Decision", "On", "Case"),
        rows,
        empty="No decision about this person was taken since the two records were linked.",
    )


def _decision(fact: Fact) -> str:
    if fact.kind == "clearance":
        return f"Vetting: {readable(fact['vetting_level'] or '')} {readable(fact['vetting_outcome'] or '')}"
    return readable(fact["decision_type"] or "decision")


def links_table(pairs: Sequence[PairAtDesk]) -> DataTable:
    """Return every pair of a person's records that was judged, and where it is explained."""
    rows = tuple(
        Row((
            Cell(pair.reference, reverse("identity:link", args=[pair.reference]), is_short=True),
            Cell(_held(pair.one), note=pair.one.person.source_ref or ""),
            Cell(_held(pair.other), note=pair.other.person.source_ref or ""),
            Cell(judged(pair.own), note=readable(pair.own["method"] or "")),
            short(short_date(pair.own.known_on)),
        ))
        for pair in pairs
    )  # fmt: skip
    return DataTable(
        "Links of this person",
        columns("Link", "One record", "The other", "Judgement", "On"),
        rows,
        empty="No judgement joins records of this person.",
    )
