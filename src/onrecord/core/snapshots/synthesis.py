"""Invented snapshots of any size, for measuring how snapshots and cohorts grow.

Not the demonstration world: nothing here is calibrated to anything but volume
and shape (allegations a person, cases an allegation, versions a lineage).
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

from onrecord.core.snapshots.manifests import HolderRow, Manifest
from onrecord.core.snapshots.writing import write_snapshot

HOLDERS = (HolderRow(1, "FORCE1", "complaints"), HolderRow(2, "FORCE2", "complaints"))
_ROWS = 100_000
_EPOCH = date(2000, 1, 1).isoformat()

_KEY = "md5('{kind}' || {number})::uuid"
_HEADER = """
{serial} as fact_id, 1 as event_id, {lineage} as lineage, 'first' as change, false as gone,
date '{epoch}' + ({number} % 5800)::int as known_on, 'stated' as known_basis,
1 + ({number} % 2) as holder_id
"""


def write_synthetic_snapshot(root: Path, *, allegations: int) -> Manifest:
    """Write an invented snapshot with about so many allegations, and return its manifest."""
    with duckdb.connect(config={"threads": 2, "memory_limit": "1GB"}) as con:
        con.execute("set arrow_lossless_conversion = true").fetchall()
        queries = _queries(allegations)
        batches = {kind: _batches(con, sql) for kind, sql in queries.items()}
        return write_snapshot(root, batches, through=2, holders=HOLDERS)


def _batches(con: duckdb.DuckDBPyConnection, sql: str) -> Iterator[pa.RecordBatch]:
    with con.cursor() as cursor:
        cursor.execute("set arrow_lossless_conversion = true").fetchall()
        yield from cursor.sql(sql).to_arrow_reader(_ROWS)


def _queries(allegations: int) -> dict[str, str]:
    cases, people = max(1, allegations * 3 // 4), max(1, allegations // 8)
    rows = (
        _about_people(people) | _about_cases(cases) | _about_allegations(allegations, cases, people)
    )
    return {
        kind: _numbered(kind, count, columns, place)
        for place, (kind, (count, columns)) in enumerate(rows.items())
    }


type _Rows = dict[str, tuple[int, str]]


def _about_people(people: int) -> _Rows:
    record = f"{_key('person', 'i')} as record_lineage"
    service = "'FORCE' || (1 + i % 2) as employer, true as is_service"
    ending = "case i % 20 when 0 then 'left_dismissed' else 'left_resigned' end as spell_ending"
    ended = "date '2005-01-01' + (i % 5000)::int as ended_on"
    spell = f"{_key('service_spell', 'i')} as spell"
    pair = f"{_key('person', '(2 * i)')} as record_a, {_key('person', '(2 * i + 1)')} as record_b"
    return {
        "person_record": (people, "'officer' as person_type"),
        "service_spell": (people, f"{record}, {service}, date '1995-01-01' as happened_from"),
        "spell_end": (people // 2, f"{record}, {spell}, {ended}, {ending}"),
        "identity_judgement": (people // 50, f"{pair}, 'same' as judgement"),
    }


def _about_cases(cases: int) -> _Rows:
    case = f"{_key('case', 'i')} as case_lineage"
    day = f"date '{_EPOCH}' + (i % 5800)::int"
    told = f"'complaint' as case_type, {day} as reported_on, {_key('incident', 'i')} as incident"
    return {
        "case_reported": (cases, f"{case}, {told}"),
        "case_finalised": (cases, f"{case}, {day} + 200 as finalised_on"),
    }


def _about_allegations(allegations: int, cases: int, people: int) -> _Rows:
    case = f"{_key('case', f'(i % {cases})')} as case_lineage"
    record = f"{_key('person', f'(hash(i) % {people})')} as record_lineage"
    code = "'C' || (hash(i) % 300) as category_code"
    factors = "case hash(i, 7) % 40 when 0 then 'sexual' when 1 then 'domestic' end as factors"
    ended = "'unresolved' as disposition_class, 'W' || (i % 12) as wording"
    outcome = "case i % 500 when 0 then 'Dismissed' end as outcome"
    which = f"{_key('allegation', 'i')} as allegation"
    return {
        "allegation": (allegations, f"{case}, {record}, {code}, {factors}"),
        "disposition": (allegations, f"{case}, {record}, {which}, {ended}, {outcome}"),
    }


def _numbered(kind: str, count: int, columns: str, place: int) -> str:
    """Return SQL for `count` first versions, and for a second version of one in fifty."""
    name = {"case_reported": "case", "person_record": "person"}.get(kind, kind)
    first = _HEADER.format(
        serial=f"{place} * 100000000 + i",
        lineage=_key(name, "i"),
        number="i",
        epoch=_EPOCH,
    )
    second = _HEADER.format(
        serial=f"{place} * 100000000 + 50000000 + i",
        lineage=_key(name, "i"),
        number="(i + 30)",
        epoch=_EPOCH,
    ).replace("'first' as change", "'later' as change")
    return (
        f"select {first}, {columns} from range({count}) t(i) union all by name "
        f"select {second}, {columns} from range({count}) t(i) where i % 50 = 0"
    )


def _key(kind: str, number: str) -> str:
    return _KEY.format(kind=kind, number=number)
