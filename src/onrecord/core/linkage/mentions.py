"""Person records of a snapshot as mentions, and what was judged of them.

Nothing derived from a case is in a mention: nobody is linked because of what is alleged.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from onrecord.core.kernel.errors import UsageError
from onrecord.core.linkage.keys import keys_sql
from onrecord.core.linkage.linking import Judged
from onrecord.core.linkage.specs import LinkSpec
from onrecord.core.linkage.standardising import prepare, standardised_sql
from onrecord.core.linkage.standing import OnRecord, on_record
from onrecord.core.snapshots.columns import Destination
from onrecord.core.snapshots.reading import Snapshot
from onrecord.core.snapshots.sidecars import sidecar_files

_KINDS = ("person_record", "service_spell", "identity_judgement")
GIVEN = (
    "mention", "source", "key", "family", "given", "middle", "suffix", "birth_date", "birth_year",
    "sex", "ethnicity", "appointed", "number", "warrant",
)  # fmt: skip
"""What is given of a mention that is a person record."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """What linkage reads of a snapshot.

    Attributes:
        judged: what people and sources judged; no model outvotes it.
        stands: everything that was judged, of models too.
    """

    path: Path
    count: int
    judged: Judged
    stands: OnRecord


def write_mentions(snapshot: Snapshot, out: Path) -> Mentions:
    """Write the person records of a snapshot to a Parquet file, in one shape.

    Raises:
        UsageError: there are none.
    """
    sidecars = sidecar_files(
        snapshot.folder, snapshot.manifest, "person_record", Destination.LINKAGE
    )
    if not sidecars:
        raise UsageError("There are no person records to link.", next_step="Import a source first.")
    with snapshot.reading(kinds=_KINDS) as record:
        prepare(record.con)
        files = ", ".join(f"'{path}'" for path in sidecars)
        beside = f"read_parquet([{files}], union_by_name = true)"
        record.con.execute(f"create temp table given as {mentions_sql(beside)}").fetchall()
        record.con.execute(
            f"copy ({standardised_sql('given', GIVEN)}) to '{out}' (format parquet)"
        ).fetchall()
        count = int(record.con.execute("select count(*) from given").fetchall()[0][0])
        return _with_judgements(record.con, out, count)


def mentions_in(path: Path, groups: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """Return the mentions of a file that are in one of some groups, by column and values."""
    found: set[str] = set()
    with duckdb.connect() as connection:
        for column, values in groups.items():
            rows = connection.execute(
                f"select mention from read_parquet('{path}') where list_contains(?, {column})",
                [list(values)],
            ).fetchall()
            found |= {row[0] for row in rows}
    return frozenset(found)


def keyed_sql(relation: str, spec: LinkSpec) -> str:
    """Return what selects, of mentions in one shape, each with its keys and its shape as JSON."""
    return (
        f"select mention, {keys_sql(spec.blocking)} as keys, to_json(m) as shaped from {relation} m"
    )


def shaped_records(
    persons: pa.Table, beside: pa.Table, spells: pa.Table, spec: LinkSpec
) -> list[tuple[str, list[int], str]]:
    """Return person records each with its keys and its shape as JSON, as `keyed_sql` does.

    The three tables are those of `mentions_sql`.
    """
    with duckdb.connect() as connection:
        prepare(connection)
        for name, table in (("persons", persons), ("beside", beside), ("spells", spells)):
            connection.register(name, table)
        raw = mentions_sql("beside", persons="persons", spells="spells")
        shaped = standardised_sql(f"({raw})", GIVEN)
        return connection.execute(keyed_sql(f"({shaped})", spec)).fetchall()


def mentions_sql(
    beside: str, *, persons: str = "person_record", spells: str = "service_spell"
) -> str:
    """Return the SQL that makes mentions, not yet in one shape, of person records and their service.

    `persons` and `spells` name the facts as a view has them, `beside` the columns of person records
    that snapshots keep in a file of their own, by `fact_id`.
    """
    return f"""
    select cast(p.lineage as varchar) as mention, cast(p.holder_id as varchar) as source, l.source_ref as key,
           l.family_name as family, split_part(told(name_of(letters_of(l.given_names))), ' ', 1) as given,
           coalesce(nullif(l.middle_names, ''),
                    nullif(split_part(told(name_of(letters_of(l.given_names))), ' ', 2), '')) as middle,
           l.suffix, strftime(l.birth_date, '%Y%m%d') as birth_date,
           coalesce(p.birth_year, year(p.known_on) - p.age_stated) as birth_year,
           p.recorded_sex as sex, p.recorded_ethnicity as ethnicity, s.appointed,
           l.service_number as number, l.warrant_number as warrant
      from {persons} p left join {beside} l using (fact_id)
      left join (select record_lineage, min(happened_from) as appointed from {spells}
                  where is_service group by 1) s on s.record_lineage = p.lineage"""


def _with_judgements(connection: duckdb.DuckDBPyConnection, out: Path, count: int) -> Mentions:
    found = on_record(connection, "identity_judgement", "record_a", "record_b")
    return Mentions(
        path=out, count=count, judged=Judged(same=list(found.same), different=list(found.different)),
        stands=found,
    )  # fmt: skip
