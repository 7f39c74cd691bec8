"""The net under the reads: the database itself hands out nothing that is walled."""

import threading

import pytest
from django.db import DatabaseError, connection, connections, transaction
from tests.integration.sealing.desk import account, opened, owner, sees
from tests.worlds.building import adair

from onrecord.apps.access.roles import Role
from onrecord.apps.facts import reading
from onrecord.apps.facts.seeing import THE_WHOLE_RECORD, seeing
from onrecord.apps.people.selectors import person_page
from onrecord.apps.sealing import services
from onrecord.core.kernel.kinds import KINDS

READABLE = [kind for kind in KINDS.values() if kind.is_readable]


@pytest.fixture
def made(store):
    made = adair()
    account("rita", Role.REVIEW_LEAD)
    made["owner"] = owner()
    made["seal"] = opened(made["owner"])
    services.seal_thing(
        viewer=made["owner"], number=made["seal"].pk, thing_kind="case", lineage=made["report"]
    )
    return made


def rows(made, using="default"):
    """Count what a read that forgot everything is handed of the sealed case, over every kind."""
    parts = " union all ".join(
        f"select '{kind.name}' from {kind.table} where case_lineage = %(case)s or lineage = %(case)s"
        for kind in READABLE
    )
    with connections[using].cursor() as cursor:
        cursor.execute(f"select count(*) from ({parts}) f", {"case": made["report"]})
        return cursor.fetchone()[0]


def test_every_kind_that_can_be_read_has_the_net(store):
    with connection.cursor() as cursor:
        cursor.execute(
            "select n.nspname || '.' || c.relname, p.polcmd, p.polroles::regrole[]::text[]"
            " from pg_class c join pg_policy p on p.polrelid = c.oid"
            " join pg_namespace n on n.oid = c.relnamespace where c.relrowsecurity"
        )
        found = {(table, command.decode() if isinstance(command, bytes) else command): set(roles)
                 for table, command, roles in cursor.fetchall()}  # fmt: skip
    for kind in READABLE:
        assert found[(kind.table, "r")] == {"onrecord_app", "onrecord_reader"}, kind.name
        assert found[(kind.table, "a")] == {"onrecord_app"}, kind.name


def test_a_read_that_forgot_the_walls_is_handed_nothing_walled(made):
    assert rows(made) == 0
    with seeing("rita"):
        assert rows(made) == 0
    with seeing(made["owner"].eyes):
        of_the_owner = rows(made)
    with seeing(THE_WHOLE_RECORD):
        assert rows(made) == of_the_owner > 0
    assert rows(made) == 0


def test_a_connection_of_a_reader_starts_with_nobodys_eyes(made):
    assert rows(made, using="reader") == 0


def test_the_page_hides_what_is_sealed_even_if_its_own_reading_does_not(made, monkeypatch):
    monkeypatch.setattr(reading, "seen_sql", lambda *_, **__: "")
    view = made["world"].view()
    assert made["report"] not in {
        fact.case_lineage for fact in person_page(sees("rita"), view, "NSP:HR:4471").facts
    }
    assert made["report"] in {
        fact.case_lineage for fact in person_page(made["owner"], view, "NSP:HR:4471").facts
    }


def test_eyes_come_back_after_a_block_within_a_block_and_after_a_failure(made):
    with seeing(made["owner"].eyes):
        with seeing("rita"):
            assert rows(made) == 0
        assert rows(made) > 0
        with pytest.raises(DatabaseError), transaction.atomic(), seeing(THE_WHOLE_RECORD):
            connection.cursor().execute("select 1 / 0")
        assert rows(made) > 0
    assert rows(made) == 0


def test_another_thread_does_not_look_with_these_eyes(made):
    seen = []

    def look():
        seen.append(rows(made))
        connection.close()

    with seeing(THE_WHOLE_RECORD):
        beside = threading.Thread(target=look)
        beside.start()
        beside.join()
    assert seen == [0]
