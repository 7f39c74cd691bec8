"""The tables as they live: what the register says they are, guarded, and open to nobody else."""

import psycopg
import pytest

from onrecord.apps.facts.ddl import _SQL_TYPES
from onrecord.apps.searching.selectors import WORD_COLUMNS
from onrecord.core.kernel.fact_columns import HEADER_COLUMNS
from onrecord.core.kernel.kinds import KINDS
from onrecord.core.kernel.table_classes import TABLES, TableClass
from onrecord.project.roles import Role

STORED_ONLY = {"salt": "bytea", "leaf": "bytea"}
ROOTS = {"organisation_id": "integer", "wall": "smallint"}
HEADER_TYPES = {"integer": "bigint", "code": "text", "bool": "boolean"}
NARROWER = {"holder_id": "integer"}
RIGHTS = ("select", "insert", "update", "delete", "truncate", "references", "trigger")
LIVING = (Role.APP, Role.READER, Role.SEQUENCER, Role.COMPARTMENT)

LEDGER_RIGHTS = {
    Role.APP: {
        "select": {
            "event",
            "consultation",
            "entry",
            "checkpoint",
            "batch_undo",
            "frontier",
            "pending",
            "stream_head",
        },
        "insert": {"event", "consultation", "batch_undo", "searched"},
    },
    Role.SEQUENCER: {
        "select": {
            "event",
            "consultation",
            "entry",
            "checkpoint",
            "batch_undo",
            "frontier",
            "pending",
            "stream_head",
        },
    },
    Role.READER: {
        "select": {"event", "consultation", "entry", "checkpoint", "batch_undo", "frontier"},
    },
    Role.COMPARTMENT: {"select": {"entry", "batch_undo", "frontier"}},
}


@pytest.fixture
def owner(store):
    with psycopg.connect(store.admin.dsn()) as opened:
        yield opened


def _live_tables(owner):
    rows = owner.execute(
        "select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
        " where c.relkind in ('r', 'p', 'm', 'f') and n.nspname not in ('pg_catalog', 'information_schema',"
        " 'pg_toast')"
    )
    return {name for (name,) in rows.fetchall()}


def _may(owner, role, table, right):
    """Whether the role has the right on the table or on any column of it."""
    by_column = right in {"select", "insert", "update", "references"}
    asked = "has_any_column_privilege" if by_column else "has_table_privilege"
    return owner.execute(f"select {asked}(%s, %s, %s)", [str(role), table, right]).fetchone()[0]


def _header_types():
    lines = (line.split()[:2] for line in HEADER_COLUMNS.strip().splitlines())
    return {name: NARROWER.get(name, HEADER_TYPES.get(told, told)) for name, told in lines}


def test_every_fact_table_has_the_columns_that_the_register_says_and_no_others(owner):
    for kind in KINDS.values():
        live = dict(owner.execute(
            "select attname, format_type(atttypid, atttypmod) from pg_attribute"
            " where attrelid = %s::regclass and attnum > 0 and not attisdropped", [kind.table],
        ).fetchall())  # fmt: skip
        told = _header_types() | STORED_ONLY | (ROOTS if kind.is_root else {})
        told |= {column.name: _SQL_TYPES[column.type] for column in kind.columns}
        assert live == told, kind.name


def test_closed_vocabularies_are_closed_in_the_database_too(owner):
    for kind in KINDS.values():
        checks = " ".join(row[0] for row in owner.execute(
            "select pg_get_constraintdef(oid) from pg_constraint where conrelid = %s::regclass"
            " and contype = 'c'", [kind.table],
        ).fetchall())  # fmt: skip
        for column in kind.columns:
            for choice in column.choices or ():
                assert f"'{choice}'" in checks, (kind.name, column.name)


def test_every_table_is_a_fact_a_projection_an_account_or_the_ledger(owner):
    live = _live_tables(owner)
    assert live - set(TABLES) == set(), "class these in core/kernel/table_classes.py"
    assert set(TABLES) - live == set(), "these are classed and do not exist"


def test_every_table_is_in_the_schema_of_its_class(owner):
    schemas = {
        TableClass.FACT: {"facts", "compartment"},
        TableClass.LEDGER: {"ledger"},
        TableClass.PROJECTION: {"projection"},
        TableClass.ACCOUNT: {"public", "compartment"},
    }
    for name, table in TABLES.items():
        assert name.partition(".")[0] in schemas[table.table_class], name


def test_every_table_says_how_long_it_keeps_what_is_in_it():
    assert all(table.retention.strip() for table in TABLES.values())


def test_every_projection_names_the_command_that_rebuilds_it_and_nothing_else_does():
    for name, table in TABLES.items():
        is_projection = table.table_class is TableClass.PROJECTION
        assert table.rebuilt_by.startswith("onrecord ") == is_projection, name


def test_every_fact_table_counts_what_is_written_and_refuses_to_be_changed(owner):
    for kind in KINDS.values():
        live = {
            (name, function, enabled)
            for name, function, enabled in owner.execute(
                "select t.tgname, t.tgfoid::regproc::text, t.tgenabled from pg_trigger t"
                " where t.tgrelid = %s::regclass and not t.tgisinternal",
                [kind.table],
            )
        }
        wanted = {("no_change", "ledger.refuse", "O"), ("note", "facts.note_write", "O")}
        if kind.name in WORD_COLUMNS:  # what is found by its words follows what is written
            wanted |= {("words", "projection.keep_words", "O")}
        assert live == wanted, kind.name


def test_what_is_written_is_checked_against_its_event_both_ways_at_commit(owner):
    checks = owner.execute(
        "select tgrelid::regclass::text, tgname, tgdeferrable and tginitdeferred and tgenabled = 'O'"
        " from pg_trigger where tgconstraint <> 0 and not tgisinternal"
        " and tgrelid in ('ledger.write_guard'::regclass, 'ledger.event'::regclass)"
    ).fetchall()
    assert sorted(checks) == [
        ("ledger.event", "counted", True),
        ("ledger.write_guard", "ledgered", True),
    ]


@pytest.mark.parametrize("role", LIVING)
def test_no_living_role_may_change_a_fact_or_see_what_is_not_its_business(owner, role):
    for kind in KINDS.values():
        rights = {right for right in RIGHTS if _may(owner, role, kind.table, right)}
        wanted = {"insert"} if role is Role.APP else set()
        if kind.is_readable and role in {Role.APP, Role.READER}:
            wanted |= {"select"}
        if kind.is_compartmented and role is Role.COMPARTMENT:
            wanted |= {"select"}
        assert rights == wanted, kind.name


@pytest.mark.parametrize("role", LIVING)
def test_no_living_role_may_do_more_to_the_ledger_than_its_duty(owner, role):
    for name in (n for n, t in TABLES.items() if t.table_class is TableClass.LEDGER):
        short = name.removeprefix("ledger.")
        rights = {right for right in RIGHTS if _may(owner, role, name, right)}
        wanted = {right for right, tables in LEDGER_RIGHTS[role].items() if short in tables}
        assert rights == wanted, name


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("ledger.event", "at"), ("ledger.event", "xid"), ("ledger.event", "event_hash"),
        ("ledger.event", "previous_hash"), ("ledger.consultation", "at"),
        ("ledger.consultation", "consultation_id"), ("ledger.consultation", "consultation_hash"),
        *((kind.table, "fact_id") for kind in KINDS.values()),
    ],
)  # fmt: skip
def test_the_application_chooses_no_number_time_or_hash(owner, table, column):
    asked = "select has_column_privilege(%s, %s, %s, 'insert')"
    assert owner.execute(asked, [str(Role.APP), table, column]).fetchone() == (False,)


def test_what_a_holders_number_means_is_not_the_applications_to_change(owner):
    for table, open_columns in (
        ("public.organisations_holder", {"name"}),
        ("public.organisations_organisation", {"name", "kind"}),
    ):
        columns = owner.execute(
            "select attname from pg_attribute where attrelid = %s::regclass and attnum > 0", [table]
        ).fetchall()
        asked = "select has_column_privilege(%s, %s, %s, 'update')"
        may = {
            c for (c,) in columns if owner.execute(asked, [str(Role.APP), table, c]).fetchone()[0]
        }
        assert may == open_columns
        assert not _may(owner, Role.APP, table, "delete")


def test_no_living_role_owns_anything_or_is_more_than_it_seems(owner):
    owned = owner.execute(
        "select c.oid::regclass from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = any(%s)",
        [list(map(str, LIVING))],
    ).fetchall()
    assert owned == []
    powers = owner.execute(
        "select rolname from pg_roles where rolname = any(%s) and (rolsuper or rolcreaterole or rolcreatedb"
        " or rolreplication or rolbypassrls or exists (select from pg_auth_members m where m.member = oid))",
        [list(map(str, LIVING))],
    ).fetchall()
    assert powers == []


def test_no_function_that_runs_as_its_owner_can_be_led_astray(owner):
    """Without pg_temp at the end of its path, a temporary table of the caller's comes first."""
    functions = owner.execute(
        "select oid::regprocedure::text, proconfig, has_function_privilege('public', oid, 'execute')"
        " from pg_proc where prosecdef and pronamespace not in ('pg_catalog'::regnamespace)"
    ).fetchall()
    assert functions
    for name, settings, is_public in functions:
        assert settings is not None, name
        path = next(s for s in settings if s.startswith("search_path=")).removeprefix(
            "search_path="
        )
        assert path == "pg_catalog, pg_temp", name
        assert not is_public, name
