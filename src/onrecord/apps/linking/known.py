"""Keep person records in the shape in which they are compared, to be found by keys in common.

A projection: it is made of facts, and made anew whenever they change. A record is due from the
moment something of it changed until it is brought into shape.
"""

import uuid
from collections.abc import Collection, Iterable, Sequence
from itertools import batched
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from django.db import connection, transaction

from onrecord.apps.audit.selectors import current_position
from onrecord.apps.facts.reading import facts_by
from onrecord.apps.facts.seeing import THE_WHOLE_RECORD, seeing
from onrecord.core.kernel.facts import Fact
from onrecord.core.linkage.mentions import keyed_sql, shaped_records
from onrecord.core.linkage.specs import LinkSpec
from onrecord.core.linkage.weighing import frequencies_sql
from onrecord.core.timekeeping.views import View

AT_ONCE = 5_000
ONE_ALONE = ""
"""Under this value stands the share of a value that one mention alone has."""

type Keyed = tuple[str, Sequence[int], str]
"""A record, its keys, and its shape as JSON."""

_PERSONS = {
    "lineage": pa.string(), "fact_id": pa.int64(), "holder_id": pa.int32(), "known_on": pa.date32(),
    "birth_year": pa.int32(), "age_stated": pa.int32(), "recorded_sex": pa.string(),
    "recorded_ethnicity": pa.string(),
}  # fmt: skip
_BESIDE = {
    "fact_id": pa.int64(), "source_ref": pa.string(), "family_name": pa.string(),
    "given_names": pa.string(), "middle_names": pa.string(), "suffix": pa.string(),
    "birth_date": pa.date32(), "service_number": pa.string(), "warrant_number": pa.string(),
}  # fmt: skip
_SPELLS = {"record_lineage": pa.string(), "happened_from": pa.date32(), "is_service": pa.bool_()}


def bring_into_shape(
    spec: LinkSpec, *, most: int | None = None, only: Collection[uuid.UUID] | None = None
) -> None:
    """Bring the records that are due into shape, or `most` of them.

    Where `only` some records matter, the others wait.
    """
    _require_same(spec)
    due = _due(most, only)
    for some in batched(due, AT_ONCE):
        with transaction.atomic():
            _keep(_shaped(some, spec))


def is_in_shape(spec: LinkSpec) -> bool:
    """Tell whether every record is in the shape, and has the keys, of this specification."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select exists (select from projection.mention_spec where name = %s)"
            " and not exists (select from projection.mention where shaped is null)",
            [_name(spec)],
        )
        return bool(cursor.fetchone()[0])


def take_shapes(path: Path, spec: LinkSpec) -> None:
    """Take over, for records that are due, the shapes that a run of linkage wrote to a file."""
    _require_same(spec)
    with duckdb.connect() as file, transaction.atomic():
        due = pa.table({"mention": [str(record) for record in _due(None)]})
        file.register("due", due)
        found = file.execute(
            keyed_sql(f"(select * from read_parquet('{path}') semi join due using (mention))", spec)
        )
        while some := found.fetchmany(AT_ONCE):
            _keep(some, is_linked=True)
        _note_linked(file, path)


def not_linked() -> list[str]:
    """Return the records that no run has looked at since they came or changed."""
    with connection.cursor() as cursor:
        cursor.execute("select record_lineage from projection.mention where not is_linked")
        return [str(row[0]) for row in cursor.fetchall()]


def _note_linked(file: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Note as linked what had its shape before, because somebody asked about it."""
    file.register("open", pa.table({"mention": pa.array(not_linked(), pa.string())}))
    linked = file.execute(
        f"select mention from read_parquet('{path}') semi join open using (mention)"
    ).fetchall()
    with connection.cursor() as cursor:
        cursor.execute(
            "update projection.mention set is_linked = true where record_lineage = any(%s)",
            [[uuid.UUID(row[0]) for row in linked]],
        )


def count_values(path: Path, columns: Iterable[str]) -> None:
    """Work out what share of all mentions has each value of these columns."""
    with duckdb.connect() as file, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("delete from projection.mention_value")
        for column in columns:
            shares = frequencies_sql(f"read_parquet('{path}')", column)
            told = file.execute(
                f"select {column}, tf_{column} from ({shares})"
                f" where tf_{column} > (select min(tf_{column}) from ({shares}))"
                f" union all select '{ONE_ALONE}', min(tf_{column}) from ({shares})"
                f" having min(tf_{column}) is not null"
            ).fetchall()
            with cursor.copy(
                "copy projection.mention_value (column_name, value, share) from stdin"
            ) as copy:
                for value, share in told:
                    copy.write_row((column, value, share))


def _require_same(spec: LinkSpec) -> None:
    """Have every record brought into shape anew where the specification is another than it was."""
    name = _name(spec)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select name from projection.mention_spec")
        if cursor.fetchall() != [(name,)]:
            cursor.execute("delete from projection.mention_spec")
            cursor.execute("insert into projection.mention_spec values (%s)", [name])
            cursor.execute(
                "update projection.mention set keys = null, shaped = null where shaped is not null"
            )


def _name(spec: LinkSpec) -> str:
    return f"{spec.name}-{spec.version}"


def _due(most: int | None, only: Collection[uuid.UUID] | None = None) -> list[uuid.UUID]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select record_lineage from projection.mention where shaped is null"
            " and (%(only)s::uuid[] is null or record_lineage = any(%(only)s)) limit %(most)s",
            {"most": most, "only": None if only is None else list(only)},
        )
        return [row[0] for row in cursor.fetchall()]


@seeing(THE_WHOLE_RECORD)
def _shaped(records: Collection[uuid.UUID], spec: LinkSpec) -> Sequence[Keyed]:
    view = View.of_the_record(current_position())
    persons = facts_by(view, "person_record", "lineage", records)
    spells = facts_by(view, "service_spell", "record_lineage", records)
    return shaped_records(
        _table(_PERSONS, persons), _table(_BESIDE, persons), _table(_SPELLS, spells), spec
    )


def _table(columns: dict[str, pa.DataType], facts: Sequence[Fact]) -> pa.Table:
    return pa.table(
        {name: pa.array([_value(fact, name) for fact in facts], kind) for name, kind in columns.items()}
    )  # fmt: skip


def _value(fact: Fact, name: str) -> Any:
    if name == "happened_from":
        return fact.happened_from
    value = getattr(fact, name) if hasattr(fact, name) else fact[name]
    return str(value) if isinstance(value, uuid.UUID) else value


def _keep(shaped: Iterable[Keyed], *, is_linked: bool = False) -> None:
    many = list(shaped)
    with connection.cursor() as cursor:
        cursor.execute(
            "update projection.mention m set shaped = g.shaped::jsonb, keys = g.keys::bigint[],"
            "       is_linked = m.is_linked or %s"
            "  from unnest(%s::uuid[], %s::text[], %s::text[]) g(record, keys, shaped)"
            " where m.record_lineage = g.record and m.shaped is null",
            [
                is_linked,
                [record for record, *_ in many],
                ["{" + ",".join(map(str, keys)) + "}" for _, keys, _ in many],
                [shape for *_, shape in many],
            ],
        )
