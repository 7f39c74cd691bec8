"""Everything that a rule counts, of everybody, as columns: whose it is, when it happened, while it counts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from onrecord.core.cohorts.conditions import contains_one_of
from onrecord.core.patterns.rules import Rule
from onrecord.core.patterns.sources import COLUMNS, counted_sql

type Numbers = npt.NDArray[np.int64]
type Span = tuple[int, int]

FOREVER = 2932896
"""The day number of 31 December 9999: until when what is known today is known."""
EXONERATED = ("exonerat", "unfounded")
"""What the wording of an ending says where a source holds that it did not happen, or was right."""


@dataclass(frozen=True, slots=True)
class Marks:
    """Things that a rule counts, in order of whose they are and when they happened.

    Days are numbers since 1970. A row counts from `known_from` until the day before `known_until`.

    Attributes:
        group: number of the person, and of what things must share to be counted together.
        groups: for each of those numbers, the person and what is shared.
        fellow: a further key by which things are one, such as one complainant; negative for none.
        source: for each row, the row of `table` that it is of.
    """

    group: Numbers
    groups: pa.Table
    thing: Numbers
    episode: Numbers
    organisation: Numbers
    fellow: Numbers
    level: Numbers
    day: Numbers
    known_from: Numbers
    known_until: Numbers
    source: Numbers
    table: pa.Table

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.group)


def marks_of(
    con: duckdb.DuckDBPyConnection, rule: Rule, *, leaves_out_exonerated: bool = False,
    has_same_reports: bool = False, only_enough: bool = False,
) -> Marks:  # fmt: skip
    """Return what a rule counts, of everybody on record.

    Nothing counts while it is positively disproved, nor what rests on such a thing. Where
    `leaves_out_exonerated`, neither does what a source calls exonerated or unfounded: results are
    always told that second way too. Where it `has_same_reports`, `same_report(case_lineage, known_as)`
    says which cases are by one complainant, or of one wave of publicity: whoever knows makes it.
    Whoever has too few things ever to meet the rule is left out where `only_enough` is asked for.
    """
    table = con.sql(ordered_sql(rule, only_enough=only_enough)).to_arrow_table()
    gone = disproved(con, leaves_out_exonerated=leaves_out_exonerated)
    return marks_from(table, gone, same_reports(con, table) if has_same_reports else None)


def marks_from(
    table: pa.Table, gone: Mapping[str, list[Span]], same: Numbers | None = None
) -> Marks:
    """Return what a rule counts, of what its SQL gave: while none of it is `gone`, and what is the `same` report."""
    spans, source = _spans(table, gone)
    nobody = np.full(table.num_rows, -1, dtype=np.int64)
    return _marks(table, spans, source, nobody if same is None else same)


_DAYS = frozenset({"day", "known_from", "known_until"})


def columns_of(rule: Rule) -> dict[str, pa.DataType]:
    """Return the columns of what a rule's SQL gives."""
    names = [*COLUMNS, *(["given_thing", "given_allegation"] if rule.given else [])]
    return {name: pa.int64() if name in {*_DAYS, "level"} else pa.string() for name in names}


def ordered_sql(rule: Rule, *, only_enough: bool = False) -> str:
    """Return the SQL of what a rule counts, in the order in which it is counted."""
    chosen = ", ".join(
        f"date_diff('day', date '1970-01-01', {name})::bigint as {name}" if name in _DAYS
        else name if name in {"sort", "organisation", "level"}
        else f"cast({name} as varchar) as {name}"
        for name in columns_of(rule)
    )  # fmt: skip
    last = ", given_thing" if rule.given else ""  # the same row first, every time it is asked
    least = max(rule.at_least.values())
    enough = f" qualify count(*) over (partition by person, sort) >= {least}" if only_enough else ""
    return (
        f"select {chosen} from ({counted_sql(rule)}) w where known_from < known_until{enough}"
        f" order by person, sort, day, thing, known_from{last}"
    )


def disproved(
    con: duckdb.DuckDBPyConnection, *, leaves_out_exonerated: bool = False
) -> Mapping[str, list[Span]]:
    """Return while each allegation was positively disproved."""
    worded = f" or {contains_one_of('wording', EXONERATED)}" if leaves_out_exonerated else ""
    rows = con.execute(f"""
      select cast(allegation as varchar), date_diff('day', date '1970-01-01', known_from),
             date_diff('day', date '1970-01-01', known_until)
        from known_disposition
       where allegation is not null and (disposition_class = 'positively_disproved'{worded})""").fetchall()
    found: dict[str, list[Span]] = defaultdict(list)
    for allegation, start, end in rows:
        found[allegation].append((start, end))
    return found


def _spans(
    table: pa.Table, gone: Mapping[str, list[Span]]
) -> tuple[tuple[Numbers, Numbers], Numbers]:
    """Return while each row counts; a row that is disproved for a time comes to several, or none."""
    start, end = (_numbers(table[name]) for name in ("known_from", "known_until"))
    whole = np.arange(table.num_rows, dtype=np.int64)
    touched = _touched(table, gone)
    if not touched:
        return (start, end), whole
    pieces = [
        (row, *piece)
        for row, holes in touched.items()
        for piece in _without((int(start[row]), int(end[row])), holes)
    ]
    keep = np.ones(table.num_rows, dtype=bool)
    keep[list(touched)] = False
    extra = np.array(pieces, dtype=np.int64).reshape(-1, 3)
    source = np.concatenate([whole[keep], extra[:, 0]])
    starts = np.concatenate([start[keep], extra[:, 1]])
    ends = np.concatenate([end[keep], extra[:, 2]])
    order = np.argsort(source, kind="stable")
    return (starts[order], ends[order]), source[order]


def _touched(table: pa.Table, gone: Mapping[str, list[Span]]) -> dict[int, list[Span]]:
    if not gone:
        return {}
    names = pa.array(list(gone), pa.string())
    found: dict[int, list[Span]] = defaultdict(list)
    for column in ("allegation", "given_allegation"):
        if column in table.column_names:
            values = table[column].combine_chunks()
            rows = np.flatnonzero(pc.is_in(values, value_set=names).to_numpy(zero_copy_only=False))
            for row in rows:
                found[int(row)] += gone[values[int(row)].as_py()]
    return found


def _without(span: Span, holes: Iterable[Span]) -> Iterator[Span]:
    """Yield what is left of a span of days once some holes are taken out of it."""
    at, end = span
    for start, stop in sorted(holes):
        if start > at:
            yield at, min(start, end)
        at = max(at, stop)
        if at >= end:
            return
    yield at, end


def same_reports(con: duckdb.DuckDBPyConnection, table: pa.Table) -> Numbers:
    """Return by what rows are the same report; -1 for nothing."""
    con.register("asked_marks", table.select(["case_lineage"]).append_column(
        "place", pa.array(range(table.num_rows), pa.int64())
    ))  # fmt: skip
    rows = con.execute(
        "select a.place, min(s.known_as) from asked_marks a"
        " left join same_report s on cast(s.case_lineage as varchar) = a.case_lineage group by 1 order by 1"
    ).fetchall()
    con.unregister("asked_marks")
    return _coded(pa.array([row[1] for row in rows], pa.string()))


def _marks(
    table: pa.Table, spans: tuple[Numbers, Numbers], source: Numbers, fellow: Numbers
) -> Marks:
    person, sort = (_coded(table[name]) for name in ("person", "sort"))
    starts = np.ones(table.num_rows, dtype=bool)
    starts[1:] = (person[1:] != person[:-1]) | (sort[1:] != sort[:-1])
    group = np.cumsum(starts) - 1
    taken: dict[str, Any] = {
        name: _coded(table[name])[source] for name in ("thing", "episode", "organisation")
    }
    return Marks(
        group=group[source], groups=table.select(["person", "sort"]).filter(pa.array(starts)),
        fellow=fellow[source], level=_numbers(table["level"])[source], day=_numbers(table["day"])[source],
        known_from=spans[0], known_until=spans[1], source=source, table=table, **taken,
    )  # fmt: skip


def _numbers(column: pa.ChunkedArray) -> Numbers:
    return np.asarray(column.cast(pa.int64()).to_numpy())


def _coded(column: pa.ChunkedArray | pa.Array) -> Numbers:
    """Return a number for each value, the same for the same; -1 for none."""
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    codes = pc.fill_null(whole.dictionary_encode().indices, -1)
    return np.asarray(codes.cast(pa.int64()).to_numpy(zero_copy_only=False))
