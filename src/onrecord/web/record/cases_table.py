"""Cases and what each alleges, one line an allegation."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse

from onrecord.core.kernel.facts import Fact
from onrecord.core.kernel.ids import public_reference
from onrecord.web.components.data_table.component import Cell, Column, Row, columns, short
from onrecord.web.components.tag.component import Tag
from onrecord.web.record.endings import Ending, Endings
from onrecord.web.record.sheet import FactSheet, day_of
from onrecord.web.wording.codes import CASE_TYPE, joined, readable, worded
from onrecord.web.wording.dates import happened, short_date

CASE_COLUMNS: tuple[Column, ...] = columns(
    "Case", "What is alleged", "Happened", "Known", "How it ended"
)


@dataclass(frozen=True, slots=True)
class CaseOnRecord:
    """One case as a view shows it: any part of it may not be known yet."""

    lineage: uuid.UUID
    reported: Fact | None
    finalised: Fact | None
    allegations: tuple[Fact, ...]

    @property
    def reference(self) -> str:
        """Return the public reference."""
        return public_reference("C", self.lineage)

    @property
    def any_fact(self) -> Fact:
        """Return a fact that says who holds the case."""
        found = self.reported or self.finalised or next(iter(self.allegations), None)
        if found is None:
            raise ValueError("a case without a fact")
        return found

    @property
    def type_words(self) -> str:
        """Return what sort of case it is."""
        return worded(
            CASE_TYPE, self.reported["case_type"] if self.reported else None, absent="Case"
        )

    @property
    def is_complaint(self) -> bool:
        """Tell whether somebody complained, rather than the force noticing."""
        return bool(self.reported and str(self.reported["case_type"]).startswith("complaint"))


def cases_on(sheet: FactSheet) -> list[CaseOnRecord]:
    """Return every case that the sheet shows anything of, newest first."""
    reported = {fact.lineage: fact for fact in sheet.of("case_reported")}
    finalised = sheet.in_cases("case_finalised")
    allegations = sheet.in_cases("allegation")
    lineages = {*reported, *(case for case in (*finalised, *allegations) if case)}
    found = [
        CaseOnRecord(
            lineage,
            reported.get(lineage),
            next(iter(finalised.get(lineage, ())), None),
            allegations.get(lineage, ()),
        )
        for lineage in lineages
    ]
    return sorted(found, key=lambda case: (day_of(case.any_fact), str(case.lineage)), reverse=True)


def case_rows(cases: Sequence[CaseOnRecord], sheet: FactSheet, *, query: str) -> tuple[Row, ...]:
    """Return the lines of a table of cases; `query` keeps the view when one is opened."""
    endings = Endings(sheet)
    return tuple(row for case in cases for row in _rows(case, sheet, endings, query))


def _rows(case: CaseOnRecord, sheet: FactSheet, endings: Endings, query: str) -> Iterator[Row]:
    first = _case_cell(case, sheet, query)
    if not case.allegations:
        yield Row((first, Cell("No allegation"), *_dates(case.any_fact), _finalised(case)))
    for number, allegation in enumerate(case.allegations):
        cell = first if number == 0 else Cell("", note="same case")
        ending = _ending_cell(endings.of(allegation))
        yield Row((cell, allegation_cell(allegation), *_dates(allegation), ending))


def _case_cell(case: CaseOnRecord, sheet: FactSheet, query: str) -> Cell:
    held = case.any_fact
    reference = case.reported["reference"] if case.reported else None
    return Cell(
        text=reference or case.reference,
        href=reverse("cases:case", args=[case.reference]) + query,
        note=joined(case.type_words, sheet.organisation(held), sheet.system(held)),
    )


def allegation_cell(allegation: Fact) -> Cell:
    """Return what an allegation says, in the source's own words, with its factors."""
    factors = joined(*(readable(code) for code in allegation["factors"] or ()))
    words = allegation["category"] or allegation["category_code"] or "Not categorised"
    group = allegation["category_group"]
    return Cell(
        text=words,
        note=group if group and group != words else "",
        tag=Tag(factors, "blue") if factors else None,
    )


def _dates(fact: Fact) -> tuple[Cell, Cell]:
    when = happened(fact.happened_from, fact.happened_to)
    return Cell(when, is_short=" to " not in when), short(
        short_date(fact.known_on), note=_basis(fact)
    )


def _basis(fact: Fact) -> str:
    return {"derived": "worked out", "extract": "when released"}.get(fact.known_basis, "")


def _ending_cell(ending: Ending) -> Cell:
    return Cell(ending.words, note=ending.note, tag=ending.tag)


def _finalised(case: CaseOnRecord) -> Cell:
    if case.finalised is None:
        return Cell("Not finalised")
    done = case.finalised["finalised_on"] or case.finalised.known_on
    return Cell(case.finalised["result"] or "Finalised", note=f"Finalised {short_date(done)}")
