"""A national world: 43 invented forces and about three million allegations.

Written directly as a snapshot, because that is what cohorts, patterns and
published tables read; names, parties and narratives are left to the share that
goes through the store. Rows are drawn by hashing their number with the seed, so
that they come out the same whatever the number of threads.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from onrecord.core.snapshots.manifests import HolderRow
from onrecord.core.snapshots.writing import write_snapshot
from onrecord.core.world.scales import EXTRACTED_ON

FORCES = 43
ALLEGATIONS = 3_000_000

_FIRST_DAY = "2006-01-01"
_DAYS = 7_450
_ROWS = 100_000
_LEFT = 33
_OPEN = 4

_FORCE_OF_PERSON = "(1 + floor({forces} * pow(((i * 1.0) / {people}), 1.6)))::int"
"""Forces are of very different sizes; people of one force have neighbouring numbers."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much there is of what, in proportion to the allegations."""

    allegations: int

    @property
    def people(self) -> int:
        """Return how many people."""
        return max(1, self.allegations * 14 // 100)

    @property
    def cases(self) -> int:
        """Return how many cases."""
        return max(1, self.allegations * 62 // 100)


def write_national(seed: int, root: Path, *, allegations: int = ALLEGATIONS) -> Path:
    """Write the national snapshot of this seed under `root`; return the folder."""
    sizes = Sizes(allegations)
    hr = [HolderRow(n, f"F{n:02d}", "HR") for n in range(1, FORCES + 1)]
    psd = [HolderRow(n + FORCES, f"F{n:02d}", "PSD") for n in range(1, FORCES + 1)]
    with duckdb.connect(config={"threads": 2, "memory_limit": "1500MB"}) as con:
        con.execute("set arrow_lossless_conversion = true").fetchall()
        con.execute(_draws(seed, sizes)).fetchall()
        batches = {kind: _batches(con, sql) for kind, sql in _queries(sizes).items()}
        write_snapshot(root, batches, through=2, holders=[*hr, *psd])
    return root


def _draws(seed: int, sizes: Sizes) -> str:
    """Return SQL of the drawing: a number from 0 to n - 1, and a lineage, for a named thing."""
    return f"""
    create macro draw(what, i, n) as (hash({seed}, what, i) % n)::int;
    create macro name_of(what, i) as md5(what || '{seed}' || i)::uuid;
    create macro force_of(i) as {_FORCE_OF_PERSON.format(forces=FORCES, people=sizes.people)};
    create macro day_of(what, i) as date '{_FIRST_DAY}' + draw(what, i, {_DAYS});
    create macro subject_of(c) as draw('subject', c, {sizes.people});
    create macro reported_on(c) as day_of('reported', c);
    create macro finalised_on(c) as reported_on(c) + 3 + draw('days', c, 800);
    create macro is_final(c) as
      draw('open', c, 100) >= {_OPEN} and finalised_on(c) <= date '{EXTRACTED_ON}';
    """


def _batches(con: duckdb.DuckDBPyConnection, sql: str) -> Iterator[pa.RecordBatch]:
    with con.cursor() as cursor:
        cursor.execute("set arrow_lossless_conversion = true").fetchall()
        yield from cursor.sql(sql).to_arrow_reader(_ROWS)


def _queries(sizes: Sizes) -> dict[str, str]:
    """Return SQL for the facts of each kind."""
    case = f"i % {sizes.cases}"
    subject = f"least(subject_of({case}) + if(i < {sizes.cases}, 0, draw('second', i, 3)), {sizes.people - 1})"
    of_case = (
        f"name_of('case', {case}) as case_lineage, name_of('person', {subject}) as record_lineage"
    )
    return {
        "person_record": _facts(
            1, sizes.people, "name_of('person', i)", "day_of('joined', i)", "force_of(i)",
            "if(draw('type', i, 100) < 70, 'officer', 'staff') as person_type",
        ),
        "service_spell": _facts(
            2, sizes.people, "name_of('spell', i)", "day_of('joined', i)", "force_of(i)",
            "name_of('person', i) as record_lineage, 'F' || lpad(force_of(i)::varchar, 2, '0') as employer, "
            "true as is_service, day_of('joined', i) as happened_from",
        ),
        "spell_end": _facts(
            3, sizes.people, "name_of('end', i)", "day_of('joined', i) + 900", "force_of(i)",
            "name_of('person', i) as record_lineage, name_of('spell', i) as spell, "
            "day_of('joined', i) + 900 as ended_on, "
            "if(draw('why', i, 60) = 0, 'left_dismissed', 'left_resigned') as spell_ending",
            f"draw('left', i, 100) < {_LEFT} and day_of('joined', i) + 900 <= date '{EXTRACTED_ON}'",
        ),
        "case_reported": _facts(
            4, sizes.cases, "name_of('case', i)", "reported_on(i)", f"{FORCES} + force_of(subject_of(i))",
            "name_of('case', i) as case_lineage, if(draw('kind', i, 10) < 7, 'complaint', 'conduct_matter') "
            "as case_type, reported_on(i) as reported_on",
        ),
        "case_finalised": _facts(
            5, sizes.cases, "name_of('case', i)", "finalised_on(i)", f"{FORCES} + force_of(subject_of(i))",
            "name_of('case', i) as case_lineage, finalised_on(i) as finalised_on", "is_final(i)",
        ),
        "allegation": _facts(
            6, sizes.allegations, "name_of('allegation', i)", f"reported_on({case})",
            f"{FORCES} + force_of(subject_of({case}))",
            f"{of_case}, 'C' || draw('category', i, 60) as category_code, "
            "case when draw('about', i, 1000) < 21 then 'sexual' when draw('about', i, 1000) < 55 "
            "then 'domestic' end as factors",
        ),
        "disposition": _facts(
            7, sizes.allegations, "name_of('disposition', i)", f"finalised_on({case})",
            f"{FORCES} + force_of(subject_of({case}))",
            f"{of_case}, name_of('allegation', i) as allegation, 'W' || draw('ending', i, 12) as wording, "
            "if(draw('ending', i, 12) = 0, 'proven', 'unresolved') as disposition_class, "
            f"if(draw('ending', i, 600) = 0, 'Dismissed', null) as outcome, finalised_on({case}) as finalised_on",
            f"is_final({case})",
        ),
    }  # fmt: skip


def _facts(  # noqa: PLR0917 - one for each part of a fact
    place: int, count: int, lineage: str, known: str, holder: str, columns: str, when: str = "true"
) -> str:
    return (
        f"select {place} * 10000000 + i as fact_id, 1 as event_id, {lineage} as lineage, "
        f"'first' as change, false as gone, {known} as known_on, 'stated' as known_basis, "
        f"{holder} as holder_id, {columns} from range({count}) t(i) where {when}"
    )
