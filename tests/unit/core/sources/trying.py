"""Try a description on files made for the test, without a store."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.core.kernel.kinds import KINDS
from onrecord.core.sources.joining import make_joins, needed_columns
from onrecord.core.sources.judging import judge
from onrecord.core.sources.loading import load
from onrecord.core.sources.rejecting import Reject, refuse_too_many, rejects
from onrecord.core.sources.staging import Staged, files_of, stage
from onrecord.core.sources.workbench import Workbench, open_workbench

SMALL = """
onrecord: 1
name: small
title: A small register
holder: SMALL:COMPLAINTS
extract_date: 2016-03-31
reject_limit: 100%
dates: {formats: ['%d/%m/%Y']}
tables:
  rows: {file: rows.csv}
people:
  officer: {key: [officer]}
facts:
  - kind: case_reported
    from: rows
    case: [ref]
    happened: day
    known: received
    columns: {reference: ref, case_type: {value: complaint}, reported_on: received}
  - kind: allegation
    from: rows
    key: [ref, officer, what]
    case: [ref]
    record: officer
    known: received
    columns: {category: what}
"""
HEADINGS = ("ref", "officer", "what", "day", "received")


def small(*changes: tuple[str, str]) -> str:
    """Return the small description with some of its words changed."""
    text = SMALL
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text


def row(ref="C1", officer="7", what="Rudeness", day="2015-01-01", received="2015-01-02"):
    """Return one good row of the small register."""
    return (ref, officer, what, day, received)


def write(folder: Path, *rows, headings=HEADINGS, name="rows.csv", encoding="utf-8", **how) -> Path:
    """Write rows as CSV."""
    with (folder / name).open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, **how)
        writer.writerow(headings)
        writer.writerows(rows)
    return folder


@dataclass(slots=True)
class Tried:
    """What became of the rows."""

    bench: Workbench
    staged: dict[str, Staged]

    def facts(self, kind: str, *columns: str) -> list[tuple[Any, ...]]:
        """Return columns of the facts that stand, in order."""
        listed = ", ".join(columns or [column.name for column in KINDS[kind].columns])
        return self.bench.run(f"select {listed} from facts_{kind} order by all")

    def rejects(self) -> list[Reject]:
        """Return what is wrong, row by row."""
        return list(rejects(self.bench, self.staged))

    def rejected(self) -> list[tuple[int, str]]:
        """Return the line and the column of each reject."""
        return sorted({(one.row, one.column) for one in self.rejects() if one.result == "rejected"})


@contextmanager
def trying(text: str, folder: Path, *, pepper: str = "a test's") -> Iterator[Tried]:
    """Judge the files in `folder` by the description `text`."""
    description = load(text)
    assert description.extract_date is not None
    bench = open_workbench(description, description.extract_date, folder, pepper=pepper)
    try:
        needed = needed_columns(description)
        staged = stage(bench, files_of(description, folder), needed)
        make_joins(bench, needed)
        judge(bench, staged)
        refuse_too_many(bench, staged)
        yield Tried(bench, staged)
    finally:
        bench.close()
