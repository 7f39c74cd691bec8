"""What a taken-over application could try, as the real roles with any SQL they like."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
import pytest
from django.db import connection

from integration.audit.bypasses import BROKEN, CORPUS, FORBIDDEN, event, fact
from integration.facts.desk import TESTER, Desk, allegation, as_role, fresh
from onrecord.project.roles import Role

TABLES = """
  select oid::regclass::text from pg_class where relkind = 'r' and relnamespace in
    ('facts'::regnamespace, 'compartment'::regnamespace, 'ledger'::regnamespace)
"""
GUARDS = """
  select 'trigger ' || tgrelid::regclass || tgname, tgenabled::text from pg_trigger where not tgisinternal
  union all select 'rights on ' || oid::regclass, relacl::text || relowner from pg_class
     where relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
       and not pg_is_other_temp_schema(relnamespace)
  union all select 'function ' || oid::regprocedure,
       md5(prosrc) || coalesce(proconfig::text, '') || coalesce(proacl::text, '')
     from pg_proc where pronamespace in ('facts'::regnamespace, 'ledger'::regnamespace)
  union all select 'role ' || rolname, rolsuper::text || rolcreaterole || rolcanlogin from pg_roles
  union all select 'holder ' || id, system || organisation_id from public.organisations_holder
"""


@dataclass
class Attacked:
    """A store with something on record, a transaction of somebody else's, and its owner."""

    store: object
    numbers: dict[str, int]
    admin: psycopg.Connection
    theirs: psycopg.Connection

    def record(self) -> dict[str, str]:
        """Return the whole state of the record and of what guards it, as its owner sees it."""
        rows = " union all ".join(
            f"select 'rows of {table}', count(*) || coalesce(md5(string_agg(t::text, ',' order by t::text)), '')"
            f" from {table} t"
            for (table,) in self.admin.execute(TABLES).fetchall()
        )
        return dict(self.admin.execute(f"{rows} union all {GUARDS}").fetchall())

    def draw(self) -> int:
        """Draw an event number."""
        with as_role(self.store, Role.APP) as app:
            return app.execute("select nextval('ledger.event_id_seq')").fetchone()[0]

    def run(self, attempt) -> None:
        """Do what the attempt says, and commit."""
        with contextlib.closing(as_role(self.store, attempt.role)) as attacker:
            numbers = self.numbers | {"new": self.draw(), "new2": self.draw()}
            attacker.execute("set lock_timeout = '10s'")
            for statement in attempt.statements:
                _run(attacker, statement.format(**numbers), numbers)
            attacker.commit()


def _run(attacker, statement: str, numbers: dict[str, int]) -> None:
    if not statement.startswith("@copy"):
        attacker.execute(statement)
        return
    row = f"{numbers['new']},{fresh()},first,2020-01-01,stated,{numbers['holder']},\\x{'aa' * 16},\\x{'bb' * 32}\n"
    copying = f"copy {statement.removeprefix('@copy ')} from stdin (format csv)"
    with attacker.cursor() as cursor, cursor.copy(copying) as copy:
        copy.write(row)


@pytest.fixture(scope="module")
def attacked(request, django_test_environment, django_db_blocker) -> Iterator[Attacked]:
    """One store for all attempts: nothing that is refused leaves anything to clean up."""
    from onrecord.cli.session import using
    from stores import django_at

    with contextlib.ExitStack() as opened:
        opened.enter_context(django_db_blocker.unblock())
        store = opened.enter_context(request.getfixturevalue("cluster").copy())
        opened.enter_context(django_at(store))
        opened.enter_context(using(store))
        admin = psycopg.connect(store.admin.dsn(), autocommit=True)
        theirs = as_role(store, Role.APP)
        with admin, theirs:
            yield Attacked(
                store, _something_on_record(theirs) | {"owner_backend": _pid(admin)}, admin, theirs
            )


def _pid(opened) -> int:
    return opened.execute("select pg_backend_pid()").fetchone()[0]


def _something_on_record(theirs) -> dict[str, int]:
    from onrecord.apps.audit.services import recording
    from onrecord.apps.facts.writing import append_fact

    desk, one, subject = Desk(), fresh(), fresh()
    batch = desk.write(
        allegation(one, "assault", 1), ("withdrawal", {"lineage": fresh(), "known": 1})
    )
    undo = desk.undo(desk.write(allegation(fresh(), "theft", 1)))
    desk.write(
        (
            "intelligence_report",
            {"lineage": one, "known": 1, "record_lineage": subject, "body": "x"},
        ),
        ("party_identity", {"lineage": one, "known": 1, "case_lineage": subject, "name": "x"}),
    )
    with recording(TESTER, "fact:add", object_kind="x", object_ref="x", reason="by hand") as rec:
        append_fact(rec, "withdrawal", desk.row({"known": 1}))
    number = theirs.execute("select nextval('ledger.event_id_seq')").fetchone()[0]
    holder = desk.holders[0]
    for statement in (fact("{theirs}"), event(number="{theirs}")):
        # In another table: some statements lock a table before they ask whether they may.
        theirs.execute(
            statement.replace("withdrawal", "referral").format(theirs=number, holder=holder)
        )
    return {"old": rec.event_id, "batch": batch.event_id, "undo": undo.event_id, "theirs": number,
            "holder": holder}  # fmt: skip


@pytest.mark.parametrize("attempt", CORPUS, ids=lambda attempt: attempt.title.replace(" ", "_"))
def test_an_attempt_to_get_past_the_ledger_is_refused(attacked, attempt):
    before = attacked.record()
    with pytest.raises(psycopg.Error) as refused:
        attacked.run(attempt)
    assert refused.value.sqlstate in attempt.states, refused.value
    assert attacked.record() == before


def test_attempts_through_temporary_things_succeed_where_the_search_path_lets_them(attacked):
    """They are real: with the path as it first was, the application became the owner."""
    through = [a for a in CORPUS if a.title.startswith("the owner's rights through")]
    functions = [row[0] for row in attacked.admin.execute(
        "select oid::regprocedure::text from pg_proc where prosecdef and pronamespace in"
        " ('facts'::regnamespace, 'ledger'::regnamespace)").fetchall()]  # fmt: skip
    took_over = []
    for path in ("pg_catalog", "pg_catalog, pg_temp"):
        for function in functions:
            attacked.admin.execute(f"alter function {function} set search_path = {path}")
        if path == "pg_catalog":
            took_over = [attempt.title for attempt in through if _takes_over(attacked, attempt)]
    assert len(took_over) >= 3


def _takes_over(attacked, attempt) -> bool:
    """Try it and take it back: nothing is committed."""
    with contextlib.closing(as_role(attacked.store, attempt.role)) as attacker:
        numbers = attacked.numbers | {"new": attacked.draw()}
        try:
            for statement in attempt.statements:
                attacker.execute(statement.format(**numbers))
        except psycopg.Error:
            return False
        finally:
            attacker.rollback()
        return True


def test_there_are_many_attempts_and_no_two_are_the_same():
    assert len({attempt.title for attempt in CORPUS}) == len(CORPUS)
    assert len({(attempt.statements, attempt.role) for attempt in CORPUS}) == len(CORPUS) >= 40


@pytest.mark.parametrize(
    "statements",
    [
        [fact(), event()],
        [event(), fact()],
        [fact(), "savepoint s", fact(), "rollback to savepoint s", event()],
        [fact(), "savepoint s", event(), "release savepoint s"],
        [fact(), event(), "set constraints all immediate"],
        [fact(), fact(), event('"withdrawal": 2')],
        [event("")],
    ],
)
def test_a_write_that_its_event_counts_is_accepted(attacked, statements):
    with contextlib.closing(as_role(attacked.store, Role.APP)) as app:
        numbers = attacked.numbers | {"new": attacked.draw()}
        for statement in statements:
            app.execute(statement.format(**numbers))
        app.commit()
        app.execute("select ledger.sequence_pending()")
        app.commit()
        kept = app.execute(
            "select count(*) from facts.withdrawal where event_id = %s", [numbers["new"]]
        )
        event_row = app.execute(
            "select counts from ledger.event where event_id = %s", [numbers["new"]]
        )
        assert kept.fetchone()[0] == event_row.fetchone()[0].get("withdrawal", 0)


@pytest.mark.parametrize(
    "statement",
    [
        "select pg_advisory_lock(7001), pg_advisory_lock(7002)",
        "select lo_create(0)",
        "create temp table anything (i int)",
        "alter role onrecord_app set work_mem = '4MB'",
        "analyze facts.withdrawal",
        "vacuum facts.withdrawal",
        "grant update on ledger.frontier to onrecord_app",
        "select reltuples from pg_class where relname = 'intelligence_report'",
    ],
)
def test_what_cannot_be_forbidden_changes_nothing_on_record(attacked, statement):
    """PostgreSQL lets every role do these. They can be a nuisance; they cannot be a lie."""
    before = attacked.record()
    with contextlib.closing(as_role(attacked.store, Role.APP, autocommit=True)) as attacker:
        attacker.execute(statement)
        with contextlib.closing(as_role(attacked.store, Role.SEQUENCER)) as sequencer:
            sequencer.execute("set local statement_timeout = '5s'")
            sequencer.execute("select ledger.sequence_pending()")
            sequencer.commit()
        assert attacked.record() == before
    attacked.admin.execute("alter role onrecord_app reset work_mem")


def test_an_event_whose_transaction_number_comes_round_again_takes_no_new_fact(attacked):
    """After a restore into a new server, transaction numbers start from the bottom."""
    with contextlib.closing(as_role(attacked.store, Role.APP)) as app:
        number = app.execute("select pg_current_xact_id()::text").fetchone()[0]
        with attacked.admin.transaction():
            attacked.admin.execute("set local session_replication_role = replica")
            attacked.admin.execute(
                "update ledger.event set xid = %s::xid8 where event_id = %s",
                [number, attacked.numbers["old"]],
            )
        app.execute(fact("{old}").format(**attacked.numbers))
        with pytest.raises(psycopg.errors.CheckViolation):
            app.commit()


def test_two_first_events_of_one_stream_do_not_both_say_that_they_are_first(attacked):
    import threading

    stream = fresh()
    in_stream = event("").replace("gen_random_uuid()", f"'{stream}'")
    with (
        contextlib.closing(as_role(attacked.store, Role.APP)) as one,
        contextlib.closing(as_role(attacked.store, Role.APP)) as other,
    ):
        one.execute(in_stream.format(new=attacked.draw()))
        second = in_stream.format(new=attacked.draw())
        waiting = threading.Thread(target=lambda: (other.execute(second), other.commit()))
        waiting.start()
        one.commit()
        waiting.join()
        rows = one.execute(
            "select event_hash, previous_hash from ledger.event where stream = %s", [stream]
        ).fetchall()
    firsts = [row for row in rows if row[1] is None]
    assert len(rows) == 2
    assert len(firsts) == 1
    assert {row[1] for row in rows} == {None, firsts[0][0]}


def test_of_sealed_rows_a_re_import_is_told_commitments_and_not_whom_they_are_about(attacked):
    with contextlib.closing(as_role(attacked.store, Role.APP)) as app:
        rows = app.execute(
            "select case_lineage, record_lineage, length(salt), length(leaf) from facts.latest_imported("
            "'intelligence_report', array(select event_id from ledger.event))"
        ).fetchall()
    assert rows == [(None, None, 16, 32)]


def test_statistics_show_no_role_a_value_of_a_sealed_table(attacked):
    attacked.admin.execute("analyze facts.intelligence_report; analyze compartment.party_identity")
    for role in (Role.APP, Role.READER, Role.SEQUENCER):
        with contextlib.closing(as_role(attacked.store, role)) as looking:
            seen = looking.execute(
                "select count(*) from pg_stats where tablename in ('intelligence_report', 'party_identity')"
            )
            assert seen.fetchone()[0] == 0


def test_a_refusal_names_no_value_of_the_row_it_stands_before(attacked):
    with contextlib.closing(as_role(attacked.store, Role.APP)) as app:
        with pytest.raises(psycopg.Error) as refused:
            app.execute("update facts.intelligence_report set body = body")
        assert refused.value.sqlstate == FORBIDDEN
        assert refused.value.diag.message_detail is None
    assert BROKEN != FORBIDDEN


def test_the_ledger_counts_what_the_application_wrote_and_nothing_else(attacked):
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from facts.withdrawal w where not exists"
            " (select from ledger.event e where e.event_id = w.event_id)"
        )
        assert cursor.fetchone()[0] == 0
