"""The doctor says what is wrong and what to type; health says it to whatever watches the service."""

import psycopg
import pytest

from onrecord.apps.audit.services import record_consultation, sequence_pending
from worlds.building import REVIEWER
from worlds.commands import answered, typed
from worlds.tampering import as_superuser, populated


@pytest.fixture
def world(store):
    return populated()


def finding(capsys, name):
    """Ask the doctor; return its exit code and the finding called `name`."""
    code, told = answered(capsys, "doctor")
    return code, next(one for one in told["findings"] if one["name"] == name)


def test_a_well_store_is_found_well_with_every_line_ok_or_a_thing_to_type(store, world, capsys):
    code, told = answered(capsys, "doctor")
    assert code == 0
    levels = {one["name"]: one["level"] for one in told["findings"]}
    assert {"server", "roles", "guards", "log", "projections", "snapshot", "backup", "disk"} <= set(
        levels
    )
    assert {name for name, level in levels.items() if level == "fail"} == set()
    assert all("Type:" in one["says"] or "apt-get" in one["says"]
               for one in told["findings"] if one["level"] == "warn")  # fmt: skip
    assert "  ok  guards:" in typed(capsys, "doctor")[1]


def test_a_look_that_waits_too_long_is_a_warning_and_makes_the_service_not_ready(
    store, world, capsys, client
):
    assert client.get("/health/ready").json()["status"] == "ready"
    record_consultation(REVIEWER, "person:read", object_kind="person", object_ref="P-9")
    assert finding(capsys, "log")[1]["level"] == "ok"
    with as_superuser(store) as connection:
        connection.execute("update ledger.pending set at = at - interval '2 minutes'")
    code, found = finding(capsys, "log")
    assert (code, found["level"]) == (0, "warn")
    assert "Is the sequencer running?" in found["says"]
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json() == {
        "status": "not ready",
        "database": "ok",
        "tables": "ok",
        "sequencer": "behind",
    }
    sequence_pending()
    assert client.get("/health/ready").status_code == 200


def test_tables_of_another_version_make_the_service_not_ready(store, client):
    with psycopg.connect(store.admin.dsn()) as connection:
        connection.execute(
            "delete from django_migrations where app = 'audit' and name ="
            " (select max(name) from django_migrations where app = 'audit')"
        )
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["tables"]) == (503, "out of date")
    assert client.get("/health/live").status_code == 200


def test_a_server_that_is_gone_makes_the_service_not_ready_and_still_alive(store, client):
    from django.db import connections

    connections["default"].close()
    with psycopg.connect(store.admin.dsn(), autocommit=True) as connection:
        connection.execute("alter role onrecord_app nologin")
    try:
        answer = client.get("/health/ready")
        assert (answer.status_code, answer.json()["database"]) == (503, "unreachable")
        assert client.get("/health/live").status_code == 200
    finally:
        with psycopg.connect(store.admin.dsn(), autocommit=True) as connection:
            connection.execute("alter role onrecord_app login")


def test_a_guard_that_was_switched_off_is_a_failure(store, world, capsys):
    with as_superuser(store) as connection:
        connection.execute("alter table facts.allegation disable trigger no_change")
    code, found = finding(capsys, "guards")
    assert (code, found["level"]) == (1, "fail")
    assert "facts.allegation" in found["says"]


def test_a_projection_that_is_behind_is_a_warning(store, world, capsys):
    with as_superuser(store) as connection:
        connection.execute("delete from projection.person")
    code, found = finding(capsys, "projections")
    assert (code, found["level"]) == (0, "warn")
    assert "onrecord rebuild" in found["says"]


def test_the_doctor_remembers_the_last_backup(store, world, capsys, tmp_path):
    assert finding(capsys, "backup")[1]["level"] == "warn"
    typed(capsys, "backup", "--out", tmp_path / "monday.tar")
    assert finding(capsys, "backup")[1]["says"] == "0 days ago"
