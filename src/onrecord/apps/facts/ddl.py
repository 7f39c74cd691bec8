"""Write the SQL of a fact table from the register of kinds.

Migrations hold frozen SQL, so that what ran is what is in the repository. When a
kind is added, run `python -m onrecord.apps.facts.ddl KIND` and commit what it
prints as the next migration; a guard test compares the live tables with the
register.
"""

import sys

from onrecord.core.kernel.fact_columns import CHANGES, HAPPENED_BASES, KNOWN_BASES
from onrecord.core.kernel.kinds import KINDS, Column, ColumnType, Kind, naming_columns

_SQL_TYPES = {
    ColumnType.TEXT: "text",
    ColumnType.CODES: "text",
    ColumnType.DATE: "date",
    ColumnType.BOOL: "boolean",
    ColumnType.INTEGER: "integer",
    ColumnType.MONEY: "numeric(14,2)",
    ColumnType.LINEAGE: "uuid",
}

_HEADER = """  fact_id bigint primary key default nextval('facts.fact_id_seq'),
  event_id bigint not null,
  lineage uuid not null,
  change text not null check (change in {changes}),
  gone boolean not null default false,
  happened_from date,
  happened_to date,
  happened_basis text check (happened_basis in {happened}),
  known_on date not null,
  known_basis text not null check (known_basis in {known}),
  known_rule text,
  holder_id integer not null,
  source_ref text,
  case_lineage uuid,
  record_lineage uuid,
  salt bytea not null check (length(salt) = 16),
  leaf bytea not null check (length(leaf) = 32)"""

_HEADER_CHECKS = """  check (happened_to >= happened_from),
  check (known_on between '0001-01-01' and '9999-12-31'),
  check (happened_from between '0001-01-01' and '9999-12-31'),
  check (happened_to between '0001-01-01' and '9999-12-31'),
  check ((known_basis = 'derived') = (known_rule is not null)),
  check (change <> 'first' or not gone)"""

_READERS = "onrecord_app, onrecord_reader"


def _in(values: tuple[str, ...] | list[str]) -> str:
    return "(" + ", ".join(f"'{value}'" for value in values) + ")"


def _column_sql(column: Column) -> str:
    check = f" check ({column.name} in {_in(sorted(column.choices))})" if column.choices else ""
    if column.type is ColumnType.DATE:
        # Append-only: a date that no program can read back would make a page unreadable for ever.
        check = f" check ({column.name} between '0001-01-01' and '9999-12-31')"
    return f"  {column.name} {_SQL_TYPES[column.type]}{check}"


def table_sql(kind: Kind) -> str:
    """Return the `create table` of one kind, with its indexes, guards and grants."""
    header = _HEADER.format(
        changes=_in(CHANGES), happened=_in(HAPPENED_BASES), known=_in(KNOWN_BASES)
    )
    root = ["  organisation_id integer not null", "  wall smallint not null default 0"]
    parts = [
        header,
        *(root if kind.is_root else []),
        *map(_column_sql, kind.columns),
        _HEADER_CHECKS,
    ]
    return "\n".join(
        (
            f"-- {kind.meaning}",
            f"create table {kind.table} (",
            ",\n".join(parts),
            ");",
            *_indexes(kind),
            *_guards(kind),
            *_grants(kind),
            *row_security(kind),
            "",
        )
    )


def _indexes(kind: Kind) -> list[str]:
    made = [
        f"create index on {kind.table} (lineage);",
        f"create index on {kind.table} using brin (event_id);",
    ]
    if kind.name != "person_record":
        made.append(
            f"create index on {kind.table} (record_lineage) where record_lineage is not null;"
        )
        made.append(f"create index on {kind.table} (case_lineage) where case_lineage is not null;")
    made += [
        f"create index on {kind.table} ({name});" for name in _EXTRA_INDEXES.get(kind.name, ())
    ]
    return made


_EXTRA_INDEXES = {
    "person_record": ("source_ref",),
    "case_reported": ("incident", "reference"),
    "identity_judgement": ("record_a", "record_b"),
    "incident_judgement": ("case_a", "case_b"),
    "holding": ("held_lineage",),
    "clearance_check": ("clearance",),
}


def _guards(kind: Kind) -> list[str]:
    return [
        (
            f"create trigger no_change before update or delete or truncate on {kind.table}"
            " for each statement execute function ledger.refuse();"
        ),
        (
            f"create trigger note after insert on {kind.table} referencing new table as new_rows"
            " for each statement execute function facts.note_write();"
        ),
    ]


def _grants(kind: Kind) -> list[str]:
    columns = [
        "event_id",
        *CONTENT_HEADER,
        "change",
        "gone",
        "known_on",
        "known_basis",
        "known_rule",
    ]
    columns += ["salt", "leaf", *(["organisation_id", "wall"] if kind.is_root else [])]
    columns += [column.name for column in kind.columns]
    grants = [f"grant insert ({', '.join(columns)}) on {kind.table} to onrecord_app;"]
    if kind.is_compartmented:
        grants.append(f"grant select on {kind.table} to onrecord_compartment;")
    elif not kind.is_sealed:
        grants.append(f"grant select on {kind.table} to {_READERS};")
    return grants


def row_security(kind: Kind) -> list[str]:
    """Return the net under the reads: what is walled is not handed out, whoever forgot to ask.

    Only for kinds that the application may read at all. Nobody's eyes are the default; see
    `facts.seeing`.
    """
    if not kind.is_readable:
        return []
    named = ", ".join(naming_columns(kind))
    seen = (
        f"not (array[{named}] && (select public.hidden_now()))"
        " and holder_id <> all ((select public.holders_hidden_now())::integer[])"
    )
    return [
        f"alter table {kind.table} enable row level security;",
        f"create policy seen on {kind.table} for select to {_READERS} using ({seen});",
        f"create policy added on {kind.table} for insert to onrecord_app with check (true);",
    ]


CONTENT_HEADER = (
    "lineage",
    "happened_from",
    "happened_to",
    "happened_basis",
    "holder_id",
    "source_ref",
    "case_lineage",
    "record_lineage",
)
"""Header columns that are part of what a fact says; the rest say which version it is."""


def schema_sql() -> str:
    """Return the SQL of every fact table."""
    return "\n".join(table_sql(kind) for kind in KINDS.values())


if __name__ == "__main__":
    chosen = [KINDS[name] for name in sys.argv[1:]] or list(KINDS.values())
    sys.stdout.write("\n".join(map(table_sql, chosen)))
