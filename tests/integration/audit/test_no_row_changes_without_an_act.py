"""R7: as the application's own role, no row of any table of ours changes without an act for it."""

import psycopg
import pytest

from onrecord.apps.access.roles import Role as Duty
from onrecord.apps.access.services import create_user
from onrecord.apps.audit.act_proof import guarded_tables
from onrecord.core.kernel.table_classes import TABLES, Changes
from onrecord.core.ledger.actors import LOCAL_OPERATOR
from onrecord.project.roles import Role

EVENT = (
    "insert into ledger.event (event_id, actor, actor_kind, action, object_kind, object_ref, reason,"
    " stream, counts, body) values ({number}, 'a', 'person', 'account:change', 'account', 'x', 'r',"
    " gen_random_uuid(), '{counts}', '{body}')"
)
RAISE = "update access_user set role = 'senior_officer' where username = 'r.okafor'"
DRAWN = "select nextval('ledger.event_id_seq')"
UNDER = "select set_config('onrecord.event', '{number}', true)"


@pytest.fixture
def app(store):
    """A connection as the application's role, with one account on record."""
    create_user(
        actor=LOCAL_OPERATOR, reason="a test", username="r.okafor", display_name="R. Okafor",
        organisation_code="NSP", role=Duty.REVIEWER, password=None,
    )  # fmt: skip
    with psycopg.connect(store.dsn(Role.APP), autocommit=False) as connection:
        yield connection


def drawn(app):
    return app.execute(DRAWN).fetchone()[0]


def outside(app):
    app.execute(RAISE)


def under_no_event(app):
    app.execute(UNDER.format(number=drawn(app)))
    app.execute(RAISE)


def under_an_old_event(app):
    (old,) = app.execute("select max(event_id) from ledger.event").fetchone()
    app.execute(UNDER.format(number=old))
    app.execute(RAISE)


def under_an_event_that_counts_nothing(app):
    number = drawn(app)
    app.execute(UNDER.format(number=number))
    app.execute(RAISE)
    app.execute(EVENT.format(number=number, counts="{}", body=""))


def under_an_event_that_counts_more(app):
    number = drawn(app)
    app.execute(UNDER.format(number=number))
    app.execute(RAISE)
    app.execute(EVENT.format(number=number, counts='{"access_user": 2}', body=""))


def under_an_event_without_the_digest(app):
    number = drawn(app)
    app.execute(UNDER.format(number=number))
    app.execute(RAISE)
    app.execute(EVENT.format(number=number, counts='{"access_user": 1}', body=""))


def under_an_event_with_another_digest(app):
    number = drawn(app)
    app.execute(UNDER.format(number=number))
    app.execute(RAISE)
    body = '{"rows":"' + "0" * 64 + '"}'
    app.execute(EVENT.format(number=number, counts='{"access_user": 1}', body=body))


def after_the_digest_was_taken(app):
    number = drawn(app)
    app.execute(UNDER.format(number=number))
    app.execute(RAISE)
    (digest,) = app.execute("select digest from ledger.acts_so_far(%s)", [number]).fetchone()
    body = '{"rows":"' + digest + '"}'
    app.execute(EVENT.format(number=number, counts='{"access_user": 1}', body=body))
    app.execute("update access_user set display_name = 'Another' where username = 'r.okafor'")


def with_the_setting_left_from_before(app):
    number = drawn(app)
    app.execute(f"select set_config('onrecord.event', '{number}', false)")
    app.execute(EVENT.format(number=number, counts="{}", body=""))
    app.commit()
    app.execute(RAISE)


def by_copy(app):
    with (
        app.cursor() as cursor,
        cursor.copy("copy access_team (code, name, is_open) from stdin") as copy,
    ):
        copy.write_row(("T", "T", True))


def on_conflict(app):
    app.execute(
        "insert into access_team (code, name, is_open) values ('T', 'T', true)"
        " on conflict (code) do update set name = 'U'"
    )


def by_merge(app):
    app.execute(
        "merge into access_user u using (select 'r.okafor' as n) s on u.username = s.n"
        " when matched then update set role = 'administrator'"
    )


def in_a_common_table_expression(app):
    app.execute(f"with x as ({RAISE} returning id) select * from x")


def in_a_savepoint(app):
    app.execute("savepoint s")
    app.execute(RAISE)


def by_deleting(app):
    app.execute("delete from access_user")


def by_truncating(app):
    app.execute("truncate access_user cascade")


def by_switching_the_trigger_off(app):
    app.execute("alter table access_user disable trigger all")


def by_replication_role(app):
    app.execute("set session_replication_role = replica")


def by_writing_the_act_row(app):
    app.execute(
        "insert into ledger.act_row values (1, 'public.access_user', '1', 'update', null, sha256('x'))"
    )


def by_changing_the_act_row(app):
    app.execute("update ledger.act_row set digest = sha256('x')")


def by_the_guard_function(app):
    app.execute("select ledger.guard_acts('public.django_session', 'session_key', false)")


def by_a_trigger_of_ones_own(app):
    app.execute(
        "create trigger t before update on access_user for each row execute function ledger.refuse()"
    )


def by_constraints_immediate_first(app):
    app.execute("set constraints all immediate")
    app.execute(UNDER.format(number=drawn(app)))
    app.execute(RAISE)


WAYS = [
    outside, under_no_event, under_an_old_event, under_an_event_that_counts_nothing,
    under_an_event_that_counts_more, under_an_event_without_the_digest,
    under_an_event_with_another_digest, after_the_digest_was_taken,
    with_the_setting_left_from_before, by_copy, on_conflict, by_merge,
    in_a_common_table_expression, in_a_savepoint, by_deleting, by_truncating,
    by_switching_the_trigger_off, by_replication_role, by_writing_the_act_row,
    by_changing_the_act_row, by_the_guard_function, by_a_trigger_of_ones_own,
    by_constraints_immediate_first,
]  # fmt: skip


def attempted(app, way):
    way(app)
    app.commit()


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_there_is_no_way_round(app, way):
    before = app.execute("select role, display_name from access_user").fetchall()
    app.commit()
    with pytest.raises(psycopg.Error):
        attempted(app, way)
    app.rollback()

    assert app.execute("select role, display_name from access_user").fetchall() == before


def test_a_change_that_an_act_accounts_for_is_let_through(app):
    number = drawn(app)
    app.execute(UNDER.format(number=number))
    app.execute(RAISE)
    (digest,) = app.execute("select digest from ledger.acts_so_far(%s)", [number]).fetchone()
    body = '{"rows":"' + digest + '"}'
    app.execute(EVENT.format(number=number, counts='{"access_user": 1}', body=body))
    app.commit()

    assert app.execute("select role from access_user").fetchone() == ("senior_officer",)


def test_every_table_of_ours_has_all_its_guards(store):
    with psycopg.connect(store.admin.dsn()) as owner:
        for table in guarded_tables():
            live = {
                name
                for (name,) in owner.execute(
                    "select tgname::text from pg_trigger where tgrelid = %s::regclass"
                    " and not tgisinternal and tgenabled = 'O'",
                    [table],
                )
            }
            wanted = {"note", "note_update", "note_delete"}
            wanted |= {"no_change"} if TABLES[table].changes is Changes.NEVER else set()
            assert wanted <= live, table


def test_what_is_kept_for_good_cannot_be_changed_by_the_application(store):
    with psycopg.connect(store.admin.dsn()) as owner:
        for table in guarded_tables():
            for right in ("update", "delete", "truncate"):
                asked = "select has_table_privilege(%s, %s, %s)"
                may = owner.execute(asked, [str(Role.APP), table, right]).fetchone()[0]
                if TABLES[table].changes is Changes.NEVER or right == "truncate":
                    assert not may, (table, right)
