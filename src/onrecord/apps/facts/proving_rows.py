"""A record of any size with nothing real in it, on which the promises of views are proved."""

import hashlib
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from onrecord.core.kernel.kinds import KINDS, Kind
from onrecord.core.sources.canonical_sql import (
    SQL_TYPES,
    content_text_sql,
    content_types,
    version_text_sql,
)

BATCHES = 4
"""In the first everything is new; in the others some of it changes."""
SHOWN_ALLEGATIONS = 50
_CHANGED_PERCENT = 12
_ROWS_IN_A_BATCH = 50_000
_SHARES = {
    "person_record": 5, "case_reported": 14, "allegation": 33, "disposition": 28,
    "party_role": 6, "withdrawal": 4, "holding": 10,
}  # fmt: skip
"""Of a hundred rows, how many are of each kind."""

_COLUMNS: Mapping[str, Mapping[str, str]] = {
    "person_record": {"source_ref": "'K' || i", "family_name": "'Name' || (h % 997)"},
    "case_reported": {"source_ref": "'C' || i", "case_type": "'complaint'", "category": "'c' || v || '-' || h % 31"},
    "allegation": {
        "case_lineage": "thing('case_reported', h % things_case_reported)",
        "record_lineage": "thing('person_record', whose(i, h, v))",
        "category": "'a' || v || '-' || h % 31",
    },
    "disposition": {
        "case_lineage": "thing('case_reported', h % things_case_reported)",
        "record_lineage": "thing('person_record', whose(i, h, v))",
        "allegation": "thing('allegation', i % things_allegation)",
        "wording": "'w' || v || '-' || h % 31", "disposition_class": "'unresolved'",
    },
    "party_role": {
        "case_lineage": "thing('case_reported', h % things_case_reported)",
        "record_lineage": "thing('person_record', whose(i, h, v))", "role": "'subject'",
    },
    "withdrawal": {
        "case_lineage": "thing('case_reported', h % things_case_reported)",
        "allegation": "thing('allegation', h % things_allegation)",
    },
    "holding": {"held_lineage": "thing('allegation', h % things_allegation)"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filling:
    """What to fill a store with: how many rows, from which seed, held by whom."""

    seed: int
    rows: int
    holders: Sequence[tuple[int, str]]
    shown: int

    def things(self, kind: str) -> int:
        """Return how many things of a kind there are, before any of them changes."""
        per_thing = 1 + (BATCHES - 1) * _CHANGED_PERCENT / 100
        return max(1, round(self.rows * _SHARES[kind] / 100 / per_thing))

    def batches_of(self, kind: str, number: int) -> Iterator[pa.RecordBatch]:
        """Give the rows of one kind in batch `number`, as the copier takes them."""
        with duckdb.connect() as connection:
            self._prepare(connection)
            reader = connection.sql(self._sql(KINDS[kind], number))
            yield from reader.to_arrow_reader(_ROWS_IN_A_BATCH)

    def lineage_of(self, kind: str, number: int) -> uuid.UUID:
        """Return the lineage of the thing of that number, as the macro `thing` makes it."""
        text = f"{self.seed}|{kind}|{number}"
        return uuid.UUID(hashlib.md5(text.encode(), usedforsecurity=False).hexdigest())

    def _prepare(self, connection: duckdb.DuckDBPyConnection) -> None:
        people = self.things("person_record")
        connection.execute("create table holder (place int, holder_id int, holder varchar)")
        connection.executemany(
            "insert into holder values (?, ?, ?)",
            [(place, number, code) for place, (number, code) in enumerate(self.holders)],
        )
        connection.execute(
            f"create macro thing(kind, i) as cast(md5({self.seed} || '|' || kind || '|' || i) as uuid)"
        )
        # The first few people have fifty allegations each; one version in thirty moves to another.
        connection.execute(
            f"create macro whose(i, h, v) as case when v > 1 and h % 30 = 0 then h % {people}"
            f" when i < {self.shown * SHOWN_ALLEGATIONS} then i % {max(1, self.shown)}"
            f" else hash(i, {self.seed}) % {people} end"
        )

    def _sql(self, kind: Kind, number: int) -> str:
        given = _COLUMNS[kind.name]
        content = ", ".join(
            f"cast({given.get(name, 'null')} as {SQL_TYPES[type_]}) as {name}"
            for name, type_ in content_types(kind).items()
            if name not in {"lineage", "holder"}
        )
        for other in _SHARES:
            content = content.replace(f"things_{other}", str(self.things(other)))
        return f"""
          with drawn as (
            select i, {number} as v, hash(i, '{kind.name}', {number}, {self.seed}) as h,
                   hash(i, '{kind.name}', {self.seed}) as h0
              from range({self.things(kind.name)}) r(i)),
          made as (
            select thing('{kind.name}', i) as lineage, {content}, h0 % {len(self.holders)} as place,
                   {_change_sql(number)} as change, {number} > 1 and h % 5 = 4 as gone,
                   date '2000-01-01' + cast(h0 % 5000 + {_delay_sql(number)} as int) as known_on,
                   'stated' as known_basis, cast(null as varchar) as known_rule
              from drawn where {number} = 1 or h % 100 < {_CHANGED_PERCENT}),
          told as (select made.* exclude (place), holder.holder, holder.holder_id
                     from made join holder using (place))
          select *, {content_text_sql(kind)} as content_text, {version_text_sql()} as version_text
            from told"""


def _change_sql(number: int) -> str:
    return "'first'" if number == 1 else "case when h % 3 = 0 then 'mistake' else 'later' end"


def _delay_sql(number: int) -> str:
    """A mistake keeps the known date of what it puts right: that of the first version."""
    return "0" if number == 1 else "case when h % 3 = 0 then 0 else h % 2000 + 1 end"


def kinds() -> Sequence[str]:
    """Return the kinds that a filling holds."""
    return tuple(_SHARES)
