"""Invented records of a few people and cases, written straight into a snapshot."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

from onrecord.core.cohorts.definition import Definition
from onrecord.core.cohorts.loading import parse_definition
from onrecord.core.cohorts.results import CohortResult, find_cohort
from onrecord.core.kernel.ids import lineage_of
from onrecord.core.snapshots.manifests import HolderRow
from onrecord.core.snapshots.reading import Snapshot, open_snapshot
from onrecord.core.snapshots.writing import write_snapshot
from onrecord.core.timekeeping.views import View
from unit.core.snapshots.histories import batch_of

HOLDERS = {"NSP:HR": 1, "NSP:PSD": 2, "WMP:CRIME": 3}
KNOWN = date(2010, 1, 1)

DOMESTIC = """
name: domestic
version: 1
title: Domestic allegations
select: {allegations: [{factors: [domestic]}]}
dates: {date_basis: finalised, from: 2010-01-01, to: 2019-12-31}
completed_only: true
"""
SERVING = "serving_on: {date: 2020-06-30, organisations: [NSP]}\n"


class SmallWorld:
    """Collects facts; `cohort` writes them as a snapshot and evaluates a definition."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self._number: Iterator[int] = count(1)

    def add(self, kind: str, holder: str = "NSP:PSD", **values: Any) -> UUID:
        number = next(self._number)
        row = {
            "fact_id": number, "event_id": 1, "position": 1, "change": "first", "gone": False,
            "lineage": lineage_of(holder, kind, str(number)), "known_on": KNOWN,
            "known_basis": "stated", "holder_id": HOLDERS[holder],
        } | values  # fmt: skip
        self.rows[kind].append(row)
        return row["lineage"]

    def person(self, *, serves: str | None = "NSP", left: date | None = None, ending: str = "left_resigned",
               joined: date = date(2000, 1, 1), person_type: str = "officer",
               holder: str = "NSP:HR") -> UUID:  # fmt: skip
        record = self.add("person_record", holder, person_type=person_type)
        if serves:
            spell = self.add(
                "service_spell", holder, record_lineage=record, employer=serves, is_service=True,
                happened_from=joined, person_type=person_type,
            )  # fmt: skip
            if left:
                self.add(
                    "spell_end", holder, record_lineage=record, spell=spell, ended_on=left,
                    spell_ending=ending,
                )  # fmt: skip
        return record

    def case(self, *, finalised: date | None = date(2015, 1, 1), holder: str = "NSP:PSD",
             case_type: str = "complaint", **values: Any) -> UUID:  # fmt: skip
        case = self.add("case_reported", holder, case_type=case_type, **values)
        self.rows["case_reported"][-1]["case_lineage"] = case
        if finalised:
            self.add("case_finalised", holder, case_lineage=case, finalised_on=finalised)
        return case

    def allegation(self, case: UUID, record: UUID | None, *, factors: str | None = "domestic",
                   outcome: str | None = None, disposition_class: str | None = None,
                   **values: Any) -> UUID:  # fmt: skip
        allegation = self.add(
            "allegation", case_lineage=case, record_lineage=record, factors=factors, **values
        )
        if outcome or disposition_class:
            self.add(
                "disposition", case_lineage=case, record_lineage=record, allegation=allegation,
                outcome=outcome, disposition_class=disposition_class or "unresolved",
            )  # fmt: skip
        return allegation

    def same_person(self, a: UUID, b: UUID) -> None:
        low, high = sorted((a, b))
        self.add("identity_judgement", record_a=low, record_b=high, judgement="same")

    def same_incident(self, a: UUID, b: UUID) -> None:
        low, high = sorted((a, b))
        self.add("incident_judgement", case_a=low, case_b=high, judgement="same")

    def snapshot(self) -> Snapshot:
        batches = {kind: [batch_of(kind, rows)] for kind, rows in self.rows.items()}
        holders = [HolderRow(n, *code.split(":")) for code, n in HOLDERS.items()]
        manifest = write_snapshot(self.root, batches, through=1, holders=holders)
        return open_snapshot(self.root, manifest.snapshot_id)

    def cohort(self, yaml: str, view: View | None = None) -> CohortResult:
        return find_cohort(self.snapshot(), parse_definition(yaml), view)


def reasons(result: CohortResult) -> dict[str, tuple[int, int]]:
    """Return people and cases left out, by first reason."""
    return {e.reason.value: (e.people, e.cases) for e in result.excluded}


def counted(result: CohortResult) -> tuple[int, int, int, int, int]:
    """Return people, incidents, cases, allegations, items."""
    c = result.counts
    return c.people, c.incidents, c.cases, c.allegations, c.items


def definition(yaml: str) -> Definition:
    return parse_definition(yaml)
