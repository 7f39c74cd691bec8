"""Ways of getting something onto the record, off it, or out of it, that must all be refused.

Each is what somebody could do who has taken over the application, and so can run any
SQL as its database role: a title, the statements, and the SQLSTATEs that refuse them.
In the statements `{new}` is an event number just drawn, `{old}` one committed before,
`{theirs}` that of another transaction still open, `{batch}` an imported batch, `{undo}`
the undoing of another, `{holder}` a holder.
"""

from dataclasses import dataclass

from onrecord.project.roles import Role

FORBIDDEN = "42501"
BROKEN = "23514"


@dataclass(frozen=True)
class Attempt:
    """One attempt, and how the database refuses it."""

    title: str
    statements: tuple[str, ...]
    states: frozenset[str]
    role: Role = Role.APP


def fact(event: str = "{new}", more: str = "") -> str:
    """Return SQL that writes one withdrawal under `event`."""
    return f"insert into facts.withdrawal ({_COLUMNS}) values ({_row(event)}) {more}".strip()


def event(counts: str = '"withdrawal": 1', number: str = "{new}", root: str = "sha256('x')") -> str:
    """Return SQL that writes an event counting `counts`."""
    return (
        "insert into ledger.event (event_id, actor, actor_kind, action, object_kind, object_ref,"
        f" reason, stream, counts, merkle_root) values ({number}, 'a', 'person', 'x:y', 'x', 'x',"
        f" 'r', gen_random_uuid(), '{{{{{counts}}}}}', {root})"
    )


_COLUMNS = "event_id, lineage, change, known_on, known_basis, holder_id, salt, leaf"
_LEDGER = ("event", "consultation", "entry", "checkpoint", "batch_undo")
_HIDDEN = ("write_guard", "stream_head", "pending", "frontier")
_EVENT_COLUMNS = "actor, actor_kind, action, object_kind, object_ref, reason, stream"
_EVENT_ROW = "'a', 'person', 'x:y', 'x', 'x', 'r', gen_random_uuid()"
_LOOK_COLUMNS = "actor, actor_kind, action, object_kind, object_ref, page, reason"
_LOOK_ROW = "'a', 'person', 'x:y', 'x', 'x', 'p', 'r'"


def _row(event_number: str, change: str = "first", gone: str = "") -> str:
    salt, leaf = "decode(repeat('aa', 16), 'hex')", "decode(repeat('bb', 32), 'hex')"
    row = f"{event_number}, gen_random_uuid(), '{change}', '2020-01-01', 'stated', {{holder}}, {salt}, {leaf}"
    return f"{row}{gone}"


def _all(prefix: str, state: str, *titled: tuple[str, str], role: Role = Role.APP) -> list[Attempt]:
    return [
        Attempt(f"{prefix}: {title}", tuple(s for s in sql.split(";;") if s.strip()),
                frozenset(state.split()), role)
        for title, sql in titled
    ]  # fmt: skip


_EVIL = (
    "create function pg_temp.evil(n name) returns name language plpgsql as $$ begin"
    " execute 'grant all on all tables in schema facts, ledger to onrecord_app'; return n; end $$"
)

_STAGED = f"create temporary table mine as select {_COLUMNS} from facts.withdrawal with no data"

WITHOUT_AN_EVENT = _all(
    "a fact without its event", BROKEN,
    ("no event at all", fact()),
    ("no event, in a batch by way of a table of one's own",
     f"{_STAGED};;@copy mine;;insert into facts.withdrawal ({_COLUMNS}) select * from mine"),
    ("one of two rows has no event",
     f"{fact()};;{event()};;{fact('{new2}')}"),
    ("two rows in one statement, one under another number",
     f"insert into facts.withdrawal ({_COLUMNS}) values ({_row('{new}')}), ({_row('{new2}')});;{event()}"),
    ("the event counts fewer", f"{fact()};;{fact()};;{event()}"),
    ("the event counts more", f"{fact()};;{event('"withdrawal": 2')}"),
    ("the event counts what was never written", event('"withdrawal": 1')),
    ("the event counts another table besides", f"{fact()};;{event('"withdrawal": 1, "record": 3')}"),
    ("the event counts nothing", f"{fact()};;{event('')}"),
    ("the event counts another table", f"{fact()};;{event('"record": 1')}"),
    ("the event counts null", f"{fact()};;{event('"withdrawal": null')}"),
    ("the event has no root", f"{fact()};;{event(root='null')}"),
    ("an old event", fact("{old}")),
    ("somebody else's event, still open", fact("{theirs}")),
    ("an event number never drawn", f"{fact('999999999')};;{event(number='999999999')}"),
    ("a negative event number", f"{fact('-5')};;{event(number='-5')}"),
    ("event number nought", f"{fact('0')};;{event(number='0')}"),
    ("the event is rolled back to a savepoint",
     f"savepoint s;;{fact()};;savepoint e;;{event()};;rollback to savepoint e"),
    ("the check is made to run, and its subject is rolled back",
     f"{fact()};;savepoint e;;{event()};;set constraints all immediate;;rollback to savepoint e"),
    ("the check is made to run before there is an event",
     f"{fact()};;set constraints all immediate;;{event()}"),
    ("the check is made to run, and more is written",
     f"{fact()};;{event()};;set constraints all immediate;;{fact()}"),
    ("the named check is made to run, and put off again",
     f"{fact()};;{event()};;set constraints ledger.ledgered immediate;;set constraints all deferred;;{fact()}"),
    ("a position is taken first", f"{fact()};;{event()};;select ledger.sequence_pending();;{fact()}"),
    ("a position is taken before the check", f"{fact()};;{event()};;select ledger.sequence_pending()"),
    ("ON CONFLICT DO NOTHING", fact(more="on conflict do nothing")),
    ("a common table expression", f"with w as ({fact(more='returning fact_id')}) select * from w"),
    ("MERGE that inserts",
     (f"merge into facts.withdrawal w using (select 1) s on false when not matched then"
     f" insert ({_COLUMNS}) values ({_row('{new}')})")),
    ("a view over the table",
     f"create temp view w as select {_COLUMNS} from facts.withdrawal;;insert into w values ({_row('{new}')})"),
    ("a function that swallows errors",
     f"do $x$ begin begin {fact()}; exception when others then null; end; end $x$"),
    ("a temporary table called new_rows",
     f"create temp table new_rows (holder_id int, event_id bigint, change text);;{fact()}"),
    ("a temporary pg_class that names another table",
     ("create temp table pg_class as select oid, case relname when 'withdrawal' then 'record'::name"
     " else relname end as relname from pg_catalog.pg_class;;grant select on pg_temp.pg_class to public;;"
     f"{fact()};;{event('"record": 1')}")),
    ("a temporary write_guard",
     f"create temp table write_guard (xid xid8, tab regclass, event_id bigint, n bigint);;{fact()}"),
)  # fmt: skip

OTHERWISE_BROKEN = [
    *_all("a fact that is not one", BROKEN,
          ("it begins by being gone",
           f"insert into facts.withdrawal ({_COLUMNS}, gone) values ({_row('{new}', gone=', true')});;{event()}"),
          ("a mistake that corrects nothing",
           f"insert into facts.withdrawal ({_COLUMNS}) values ({_row('{new}', 'mistake')});;{event()}"),
          ("a salt too short",
           f"insert into facts.withdrawal ({_COLUMNS}) values ({_row('{new}').replace('16', '1')});;{event()}"),
          ("a leaf too short",
           f"insert into facts.withdrawal ({_COLUMNS}) values ({_row('{new}').replace('32', '1')});;{event()}"),
          ("known before the calendar began",
           (f"insert into facts.withdrawal ({_COLUMNS}) values"
           f" ({_row('{new}').replace('2020-01-01', '-infinity')});;{event()}"))),
    *_all("a fact that is not one", "23503",
          ("a holder that does not exist", fact().replace("{holder}", "2000000000"))),
    *_all("an event that is not one", BROKEN,
          ("without a reason", event().replace("'r'", "'  '")),
          ("without an actor", event().replace("'a'", "''")),
          ("by no known sort of actor", event().replace("'person'", "'god'")),
          ("an action that is none", event().replace("'x:y'", "'x'")),
          ("a number still to be drawn", event("", number="{new} + 1000"))),
    *_all("an event that is not one", "22P02", ("a count that is no number", event('"withdrawal": "x"'))),
    *_all("an event that is not one", "23505", ("a number already used", event("", number="{old}"))),
    *_all("an undoing", BROKEN,
          ("without an event of one's own",
           "insert into ledger.batch_undo values ({batch}, {new})"),
          ("that the event does not count",
           f"insert into ledger.batch_undo values ({{batch}}, {{new}});;{event('')}"),
          ("under the very event undone",
           "insert into ledger.batch_undo values ({batch}, {batch})"),
          ("of an act that was no import",
           f"insert into ledger.batch_undo values ({{old}}, {{new}});;{event('"batch_undo": 1')}"),
          ("of an undoing",
           f"insert into ledger.batch_undo values ({{undo}}, {{new}});;{event('"batch_undo": 1')}"),
          ("of what never was",
           f"insert into ledger.batch_undo values (999999, {{new}});;{event('"batch_undo": 1')}"),
          ("of one's own event",
           f"{event('"batch_undo": 1')};;insert into ledger.batch_undo values ({{new}}, {{new}})"),
          ("of somebody else's open event",
           f"insert into ledger.batch_undo values ({{theirs}}, {{new}});;{event('"batch_undo": 1')}")),
    *_all("two phases", f"{BROKEN} 55000", ("prepare a write for later", f"{fact()};;prepare transaction 'x'")),
    *_all("a kind of fact", "P0001",
          ("that is a piece of SQL", "select * from facts.latest_imported('record where true --', array[1])"),
          ("that is a table of the ledger", "select * from facts.latest_imported('event', array[1])")),
]  # fmt: skip

FORGED = _all(
    "a forged column", FORBIDDEN,
    ("the transaction number",
     f"insert into ledger.event ({_EVENT_COLUMNS}, xid) values ({_EVENT_ROW}, '99999')"),
    ("the time", f"insert into ledger.event ({_EVENT_COLUMNS}, at) values ({_EVENT_ROW}, '2001-01-01')"),
    ("the hash", f"insert into ledger.event ({_EVENT_COLUMNS}, event_hash) values ({_EVENT_ROW}, 'x')"),
    ("the previous hash",
     f"insert into ledger.event ({_EVENT_COLUMNS}, previous_hash) values ({_EVENT_ROW}, 'x')"),
    ("the time of a look",
     f"insert into ledger.consultation ({_LOOK_COLUMNS}, at) values ({_LOOK_ROW}, '2001-01-01')"),
    ("the hash of a look",
     f"insert into ledger.consultation ({_LOOK_COLUMNS}, consultation_hash) values ({_LOOK_ROW}, 'x')"),
    ("the number of a look",
     f"insert into ledger.consultation ({_LOOK_COLUMNS}, consultation_id) values ({_LOOK_ROW}, 1)"),
    ("the number of a fact",
     f"insert into facts.withdrawal ({_COLUMNS}, fact_id) values ({_row('{new}', gone=', 1')});;{event()}"),
    ("every column, by COPY", "copy ledger.event from stdin"),
    ("a position", "insert into ledger.entry values (99999, 'event', {old}, 'x')"),
    ("the edge of the tree", "insert into ledger.frontier values (true, 9, '{{}}')"),
    ("a checkpoint", "insert into ledger.checkpoint values (99999, 'x')"),
    ("the count of what was written",
     "insert into ledger.write_guard (tab, event_id, n) values ('facts.withdrawal', {new}, 0)"),
    ("the head of a stream", "insert into ledger.stream_head values (gen_random_uuid(), 1, 'x')"),
    ("the queue", "insert into ledger.pending values ('event', 99999, now(), 'x')"),
    ("the next event number", "select setval('ledger.event_id_seq', 1)"),
    ("the next fact number", "select setval('facts.fact_id_seq', 1)"),
    ("the sequence itself", "alter sequence ledger.event_id_seq restart"),
)  # fmt: skip

CHANGED = [
    *_all("something changed", FORBIDDEN,
          *((f"{verb} in ledger.{table}", sql.format(table=f"ledger.{table}"))
            for table in (*_LEDGER, *_HIDDEN)
            for verb, sql in (("delete", "delete from {table}"), ("truncate", "truncate {table}"))),
          *((f"update in ledger.{table}", f"update ledger.{table} set {column} = {column}")
            for table, column in (("event", "reason"), ("consultation", "reason"), ("entry", "leaf"),
                                  ("checkpoint", "root"), ("batch_undo", "event_id"),
                                  ("write_guard", "n"), ("stream_head", "event_hash"),
                                  ("pending", "at"), ("frontier", "size")))),
    *_all("something changed", FORBIDDEN,
          ("update of a fact", "update facts.withdrawal set known_on = '1999-01-01'"),
          ("update of a fact's number", "update facts.withdrawal set event_id = {old}"),
          ("delete of a fact", "delete from facts.withdrawal"),
          ("truncate of facts", "truncate facts.withdrawal"),
          ("truncate that cascades", "truncate organisations_holder cascade"),
          ("ON CONFLICT DO UPDATE",
           fact(more="on conflict (fact_id) do update set known_on = '1999-01-01'")),
          ("ON CONFLICT DO UPDATE of an event",
           event("").replace("values (", "values (") + " on conflict (event_id) do update set reason = 'x'"),
          ("MERGE that updates",
           "merge into facts.withdrawal w using (select 1) s on true when matched then update set gone = true"),
          ("MERGE that deletes",
           "merge into facts.withdrawal w using (select 1) s on true when matched then delete"),
          ("a lock on a fact", "select * from facts.withdrawal for update"),
          ("a lock on a whole table", "lock table facts.withdrawal in access exclusive mode"),
          ("a lock on the edge of the tree", "select * from ledger.frontier for share"),
          ("what a holder's number means",
           "update organisations_holder set system = 'OTHER' where id = {holder}"),
          ("which organisation a holder is of", "update organisations_holder set organisation_id = 1"),
          ("what an organisation is called by", "update organisations_organisation set code = 'XXX'"),
          ("a holder removed", "delete from organisations_holder where id = {holder}")),
]  # fmt: skip

GUARDS = _all(
    "a guard taken away", FORBIDDEN,
    ("triggers disabled", "alter table facts.withdrawal disable trigger all"),
    ("triggers disabled on the guard", "alter table ledger.write_guard disable trigger user"),
    ("a trigger dropped", "drop trigger note on facts.withdrawal"),
    ("a trigger added",
     ("create trigger t before insert on facts.withdrawal for each row execute function"
     " pg_catalog.suppress_redundant_updates_trigger()")),
    ("a rule added", "create rule r as on insert to facts.withdrawal do instead nothing"),
    ("replication role", "set session_replication_role = replica"),
    ("replication role, for this transaction", "set local session_replication_role = replica"),
    ("replication role, by function", "select set_config('session_replication_role', 'replica', true)"),
    ("a guard function replaced",
     ("create or replace function ledger.must_be_ledgered() returns trigger language plpgsql as"
     " $$ begin return null; end $$")),
    ("a guard function's search path", "alter function ledger.must_be_ledgered() reset search_path"),
    ("a guard function dropped", "drop function ledger.must_be_ledgered() cascade"),
    ("a guard function used for one's own table",
     ("create temp table t (holder_id int, event_id bigint, change text);;create trigger t after insert on t"
     " referencing new table as new_rows for each statement execute function facts.note_write()")),
    ("a guard function called", "select ledger.note_write()"),
    ("a constraint dropped", "alter table facts.withdrawal drop constraint withdrawal_check"),
    ("the table renamed", "alter table facts.withdrawal rename to w"),
    ("the table dropped", "drop table facts.withdrawal"),
    ("the schema dropped", "drop schema facts cascade"),
    ("a child table", "create temp table child () inherits (facts.withdrawal)"),
    ("an index with a function in it", "create index on facts.withdrawal ((1 / 0))"),
    ("row security", "alter table facts.withdrawal enable row level security"),
    ("a comment", "comment on table facts.withdrawal is 'x'"),
    ("an event trigger",
     "create event trigger e on ddl_command_start execute function pg_catalog.pg_event_trigger_ddl_commands()"),
    ("a table of one's own among the facts", "create table facts.mine (i int)"),
    ("a function of one's own in the ledger", "create function ledger.mine() returns int language sql as 'select 1'"),
    ("a function of one's own in public", "create function public.mine() returns int language sql as 'select 1'"),
    ("a schema of one's own", "create schema mine"),
    ("the owner's role", "set role onrecord_migrations"),
    ("the compartment's role", "set role onrecord_compartment"),
    ("the owner's session", "set session authorization onrecord_migrations"),
    ("membership of the owner", "grant onrecord_migrations to onrecord_app"),
    ("the owner's password", "alter role onrecord_migrations password 'x'"),
    ("one's own powers", "alter role onrecord_app superuser"),
    ("a role of one's own", "create role mine login superuser"),
    ("what the owner gives by default",
     "alter default privileges for role onrecord_migrations grant all on tables to onrecord_app"),
    ("what the owner owns", "reassign owned by onrecord_migrations to onrecord_app"),
    ("what the owner owns, dropped", "drop owned by onrecord_migrations"),
    ("the database's settings", "alter database onrecord_template set session_replication_role = replica"),
    ("the server's settings", "select pg_reload_conf()"),
)  # fmt: skip

ESCAPED = [
    *_all("out of the database", FORBIDDEN,
          ("a file read", "select pg_read_file('/etc/hostname')"),
          ("a folder listed", "select pg_ls_dir('.')"),
          ("a file copied in", "copy (select 1) to '/tmp/onrecord-escaped'"),
          ("a program run", "copy (select 1) to program 'true'"),
          ("a file made a large object", "select lo_import('/etc/hostname')"),
          ("a library loaded", "load '/tmp/x.so'"),
          ("another session ended", "select pg_terminate_backend({owner_backend})"),
          ("a replication slot", "select pg_create_logical_replication_slot('x', 'pgoutput')"),
          ("a publication of everything", "create publication p for all tables"),
          ("a subscription", "create subscription s connection 'host=x' publication p with (connect = false)")),
    *_all("out of the database", f"{FORBIDDEN} 0A000 58P01",
          ("dblink", "create extension dblink"),
          ("foreign files", "create extension file_fdw"),
          ("an untrusted language", "create extension plpython3u")),
    *_all("the owner's rights through one's own temporary things", FORBIDDEN,
          ("a view called pg_class, when a fact is written",
           (f"{_EVIL};;create temp view pg_class as select oid, pg_temp.evil(relname) as relname from"
           f" pg_catalog.pg_class;;grant all on pg_temp.pg_class to public;;{fact()};;{event()};;"
           "set constraints all immediate;;select * from facts.intelligence_report")),
          ("a view called pg_class, when leaves are listed",
           (f"{_EVIL};;create temp view pg_class as select pg_temp.evil(relname) as relname, oid,"
           " relnamespace, relkind from pg_catalog.pg_class;;grant all on pg_temp.pg_class to public;;"
           "select * from facts.leaves_of({old});;select * from facts.intelligence_report")),
          ("a type called text, when an event is written",
           (f"{_EVIL};;create domain pg_temp.text as pg_catalog.text check (pg_temp.evil('x') is not null);;"
           "grant all on domain pg_temp.text to public;;"
           f"{fact()};;{event()};;select * from facts.intelligence_report")),
          ("a type called bytea, when positions are given",
           (f"{_EVIL};;create domain pg_temp.bytea as pg_catalog.bytea check (pg_temp.evil('x') is not null);;"
           "grant all on domain pg_temp.bytea to public;;"
           "select ledger.sequence_pending();;select * from facts.intelligence_report")),
          ("a table called jsonb_each_text, when an event is counted",
           (f"{_EVIL};;create function pg_temp.jsonb_each_text(j jsonb) returns table (key text, value text)"
           " language sql as $$ select pg_temp.evil('x')::text, '0' $$;;set search_path = pg_temp, pg_catalog;;"
           f"{fact()};;{event()};;set constraints all immediate;;select * from facts.intelligence_report"))),
]  # fmt: skip

SEALED = [
    *(a for role in (Role.APP, Role.READER, Role.SEQUENCER, Role.COMPARTMENT) for a in _all(
        f"{role} looks at intelligence", FORBIDDEN,
        ("the rows", "select * from facts.intelligence_report"),
        ("how many", "select count(*) from facts.intelligence_report"),
        ("whether any", "select exists (select from facts.intelligence_report)"),
        ("a copy", "copy facts.intelligence_report to stdout"), role=role)),
    *(a for role in (Role.APP, Role.READER, Role.SEQUENCER) for a in _all(
        f"{role} looks at victims", FORBIDDEN,
        ("the rows", "select * from compartment.party_identity"),
        ("a copy", "copy compartment.party_identity to stdout"), role=role)),
    *_all("intelligence read back while it is written", FORBIDDEN,
          ("RETURNING", fact(more="returning *").replace("withdrawal", "intelligence_report"))),
    *(a for role in (Role.READER, Role.SEQUENCER, Role.COMPARTMENT) for a in _all(
        f"{role} writes", FORBIDDEN,
        ("a fact", fact()),
        ("an event", event("")),
        ("an undoing", "insert into ledger.batch_undo values ({batch}, {new})"),
        ("a look", f"insert into ledger.consultation ({_LOOK_COLUMNS}) values ({_LOOK_ROW})"), role=role)),
    *_all("the reader gives positions", FORBIDDEN,
          ("sequencing", "select ledger.sequence_pending()"), role=Role.READER),
]  # fmt: skip

CORPUS = [
    *WITHOUT_AN_EVENT, *OTHERWISE_BROKEN, *FORGED, *CHANGED, *GUARDS, *ESCAPED, *SEALED,
]  # fmt: skip
